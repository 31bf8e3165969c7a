"""草稿: what its writer has answered so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.records import Draft
from hotline.records.sealing import open_envelope, token_hash


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft laid open for its writer; once sent it holds the receipt alone."""

    id: UUID
    answers: Mapping[str, Any] = field(repr=False)
    updated_at: datetime
    expires_at: datetime
    request_id: UUID | None

    @property
    def is_sent(self) -> bool:
        """Nothing can be changed any more."""
        return self.request_id is not None


async def draft(tenant_id: str, kind: str, token: str, now: datetime) -> DraftView | None:
    """The draft of a token, or None when there is none or its time is over."""
    found = (
        await Draft.filter(
            tenant_id=tenant_id,
            kind=kind,
            owner=token_hash(token),
            expires_at__gt=now,
            wrapped_key__isnull=False,
        )
        .order_by("-id")
        .first()
    )
    if found is None:
        return None
    envelope = open_envelope(tenant_id, found.id, found.kek_id, found.wrapped_key)
    answers = json.loads(envelope.unseal("draft", found.sealed))
    return DraftView(found.id, answers, found.updated_at, found.expires_at, found.request_id)
