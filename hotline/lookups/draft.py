"""草稿: what its writer has answered so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import planned_rows
from hotline.records.sealing import Envelope, open_envelope, token_hash

OPEN: Final = """
SELECT id, kek_id, wrapped_key, sealed, updated_at, expires_at, request_id FROM draft
WHERE tenant_id = $1 AND kind = $2 AND owner = $3 AND expires_at > $4 AND wrapped_key IS NOT NULL
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft laid open for its writer; once sent it holds the receipt alone."""

    id: UUID
    answers: Mapping[str, Any] = field(repr=False)
    updated_at: datetime
    expires_at: datetime
    request_id: UUID | None
    envelope: Envelope = field(repr=False)  # what its receipt is sealed with

    @property
    def is_sent(self) -> bool:
        """Nothing can be changed any more."""
        return self.request_id is not None


async def draft(tenant_id: str, kind: str, token: str, now: datetime) -> DraftView | None:
    """The draft of a token, or None when there is none or its time is over."""
    found = await planned_rows(OPEN, tenant_id, kind, token_hash(token), now)
    if not found:
        return None
    one = found[0]
    envelope = open_envelope(tenant_id, one["id"], one["kek_id"], one["wrapped_key"])
    return DraftView(
        id=one["id"],
        answers=json.loads(envelope.unseal("draft", one["sealed"])),
        updated_at=one["updated_at"],
        expires_at=one["expires_at"],
        request_id=one["request_id"],
        envelope=envelope,
    )
