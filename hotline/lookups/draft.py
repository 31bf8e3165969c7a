"""草稿: what its writer has answered so far."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from hotline.batching import Batched
from hotline.database import planned_rows
from hotline.records.sealing import Envelope, open_envelope, token_hash

OPEN: Final = """
SELECT i.place, d.* FROM unnest($1::text[], $2::text[], $3::bytea[], $4::timestamptz[])
  WITH ORDINALITY AS i(tenant_id, kind, owner, now, place),
LATERAL (
  SELECT id, kek_id, wrapped_key, sealed, updated_at, expires_at, request_id FROM draft
  WHERE tenant_id = i.tenant_id AND kind = i.kind AND owner = i.owner AND expires_at > i.now
    AND wrapped_key IS NOT NULL ORDER BY id DESC LIMIT 1) d
"""

Asked = tuple[str, str, bytes, datetime]  # tenant, kind, owner, now


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft laid open for its writer; once sent it holds the receipt alone."""

    id: UUID
    plain: bytes = field(repr=False)  # the answers as they lay under the seal
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
    one = await _open.put((tenant_id, kind, token_hash(token), now))
    if one is None:
        return None
    envelope = open_envelope(tenant_id, one["id"], one["kek_id"], one["wrapped_key"])
    plain = envelope.unseal("draft", one["sealed"])
    return DraftView(
        id=one["id"],
        plain=plain,
        answers=json.loads(plain),
        updated_at=one["updated_at"],
        expires_at=one["expires_at"],
        request_id=one["request_id"],
        envelope=envelope,
    )


async def _read(asked: Sequence[Asked]) -> list[asyncpg.Record | None]:
    """One look for all that are opened at once."""
    found = await planned_rows(OPEN, *(list(column) for column in zip(*asked, strict=True)))
    by_place = {one["place"]: one for one in found}
    return [by_place.get(place) for place in range(1, len(asked) + 1)]


_open: Batched[Asked, asyncpg.Record | None] = Batched(_read)
