"""草稿: a report being written, kept sealed; only whoever holds its token finds it again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from hotline.batching import Batched
from hotline.database import raw_pool, transaction
from hotline.records import Draft, new_id
from hotline.records.sealing import Envelope, new_envelope, open_envelope, token_hash
from hotline.rules.plain_json import encoded

LIFE: Final = timedelta(hours=72)  # shared phones: a draft does not lie about for long
RECEIPT_LIFE: Final = timedelta(days=7)
FINISH: Final = """
UPDATE draft d SET sealed = i.sealed, request_id = i.request_id, updated_at = i.updated_at,
  expires_at = i.expires_at, version = d.version + 1
FROM unnest($1::text[], $2::uuid[], $3::bytea[], $4::bytea[], $5::uuid[], $6::timestamptz[],
  $7::timestamptz[])
  AS i(tenant_id, id, wrapped_key, sealed, request_id, updated_at, expires_at)
WHERE d.tenant_id = i.tenant_id AND d.id = i.id AND d.wrapped_key = i.wrapped_key
"""


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft: a browser's token, or an account with the call it writes about."""

    tenant_id: str
    kind: str  # citizen | agent | media
    token: str = field(repr=False)


async def keep_draft(key: DraftKey, changes: Mapping[str, Any], now: datetime) -> UUID:
    """Lay these answers over what the draft holds; the draft is made if there is none."""
    async with transaction():
        draft = await _locked(key)
        if draft is None or draft.expires_at <= now:
            return await _new(key, changes, now)
        if draft.request_id is not None:
            return draft.id  # sent meanwhile, from another tab: nothing stays but the receipt
        envelope = _envelope(draft)
        held = json.loads(envelope.unseal("draft", draft.sealed))
        await _write(draft, sealed_draft(envelope, {**held, **changes}), now)
        return draft.id


async def finish_draft(
    envelope: Envelope, receipt: Mapping[str, Any], request_id: UUID, now: datetime
) -> None:
    """Sent: nothing stays but the receipt, to be seen again on this device for some days.

    The draft's own envelope, as its reader opened it; one that was discarded meanwhile stays so.
    """
    named = (envelope.tenant_id, envelope.subject, envelope.wrapped_key)
    closed = sealed_draft(envelope, receipt)
    await _finished.put((*named, closed, request_id, now, now + RECEIPT_LIFE))


async def _finish(batch: Sequence[tuple[Any, ...]]) -> Sequence[None]:
    columns = [list(column) for column in zip(*sorted(batch, key=itemgetter(1)), strict=True)]
    await raw_pool().fetch(FINISH, *columns)
    return [None] * len(batch)


async def discard_draft(key: DraftKey, now: datetime) -> None:
    """The writer wants it gone: its key is destroyed at once, row and files are swept after."""
    await Draft.filter(**_where(key)).update(expires_at=now, wrapped_key=None)


def _where(key: DraftKey) -> dict[str, Any]:
    return {"tenant_id": key.tenant_id, "kind": key.kind, "owner": token_hash(key.token)}


async def _locked(key: DraftKey) -> Draft | None:
    found = Draft.filter(**_where(key), wrapped_key__isnull=False)
    return await found.order_by("-id").select_for_update().first()


async def _new(key: DraftKey, content: Mapping[str, Any], now: datetime) -> UUID:
    draft_id = new_id()
    envelope = new_envelope(key.tenant_id, draft_id)
    await Draft.create(
        id=draft_id,
        **_where(key),
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        sealed=sealed_draft(envelope, content),
        created_at=now,
        updated_at=now,
        expires_at=now + LIFE,
    )
    return draft_id


async def _write(draft: Draft, sealed: bytes, now: datetime) -> None:
    await Draft.filter(tenant_id=draft.tenant_id, id=draft.id).update(
        sealed=sealed,
        version=draft.version + 1,
        updated_at=now,
        expires_at=now + LIFE,
    )


def _envelope(draft: Draft) -> Envelope:
    return open_envelope(draft.tenant_id, draft.id, draft.kek_id, draft.wrapped_key)


def sealed_draft(envelope: Envelope, content: Mapping[str, Any]) -> bytes:
    """As the draft holds it."""
    return envelope.seal("draft", encoded(dict(content)).encode())


_finished: Batched[tuple[Any, ...], None] = Batched(_finish)
