"""微信草稿: one person's talk, kept sealed; found again by a keyed hash of the openid alone."""

import json
import secrets
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.records import Draft, new_id
from hotline.records.sealing import Envelope, new_envelope, open_envelope, token_hash
from hotline.rules.plain_json import encoded
from hotline.rules.talk import WINDOW, Talk, held_talk, talk_of
from hotline.steps.draft import LIFE, RECEIPT_LIFE

KIND: Final = "wechat"
DUE: Final = """
SELECT tenant_id, id FROM draft WHERE kind = 'wechat' AND request_id IS NULL
  AND wrapped_key IS NOT NULL AND updated_at <= $1 AND expires_at > $2
ORDER BY updated_at LIMIT 200
"""


@dataclass(slots=True)
class TalkRow:
    """The columns of a talk's draft."""

    id: UUID
    tenant_id: str
    owner: bytes = field(repr=False)
    kek_id: str
    wrapped_key: bytes | None = field(repr=False)
    sealed: bytes = field(repr=False)
    version: int
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    request_id: UUID | None = None


COLUMNS: Final = tuple(one.name for one in fields(TalkRow))
_OF_ROW: Final = attrgetter(*COLUMNS)


@dataclass(slots=True)
class TalkDraft:
    """A talk with the row that holds it."""

    row: TalkRow
    envelope: Envelope = field(repr=False)
    held: dict[str, Any] = field(repr=False)

    @property
    def talk(self) -> Talk:
        """What was told."""
        return talk_of(self.held.get("talk", {}))

    @property
    def is_sent(self) -> bool:
        """A 来件 by now; nothing is left but the receipt."""
        return self.row.request_id is not None

    def is_open(self, now: datetime) -> bool:
        """It may still be added to."""
        is_closed = self.is_sent or bool(self.held.get("confirmed_by"))
        return not is_closed and self.row.updated_at > now - WINDOW


def owner_of(account: str, openid: str) -> bytes:
    """Keyed; the openid itself stands in no column."""
    return token_hash(f"wechat:{account}:{openid}")


async def draft_by_id(tenant_id: str, draft_id: UUID, *, lock: bool = False) -> TalkDraft | None:
    """A talk by its id; None when it is gone."""
    found = Draft.filter(tenant_id=tenant_id, id=draft_id, kind=KIND, wrapped_key__isnull=False)
    row = await (found.select_for_update().first() if lock else found.first())
    return laid_open(TalkRow(*_OF_ROW(row))) if row else None


async def due_talks(now: datetime) -> list[tuple[str, UUID]]:
    """Talks that nobody has added to for a while."""
    return [(one["tenant_id"], one["id"]) for one in await rows(DUE, now - WINDOW, now)]


def begin(tenant_id: str, owner: bytes, held: dict[str, Any], now: datetime) -> TalkDraft:
    """A new talk, not written yet."""
    draft_id = new_id()
    envelope = new_envelope(tenant_id, draft_id)
    row = TalkRow(
        id=draft_id,
        tenant_id=tenant_id,
        owner=owner,
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        sealed=b"",
        version=0,
        created_at=now,
        updated_at=now,
        expires_at=now + LIFE,
    )
    return TalkDraft(row, envelope, held)


def lay(draft: TalkDraft, talk: Talk, now: datetime, confirmed_by: str = "") -> None:
    """What was told by now; written by whoever holds the talk."""
    draft.held = {**draft.held, "talk": held_talk(talk), "confirmed_by": confirmed_by}
    draft.row.updated_at, draft.row.expires_at = now, now + LIFE


def tell(draft: TalkDraft) -> None:
    """Number and code were said; the code is not kept here any longer."""
    draft.held = {**draft.held, "told": True, "code": ""}


def drop(draft: TalkDraft, now: datetime) -> None:
    """The writer wants it gone."""
    draft.row.expires_at, draft.row.wrapped_key = now, None


def laid_open(row: TalkRow) -> TalkDraft:
    """A row as it was read."""
    envelope = open_envelope(row.tenant_id, row.id, row.kek_id, row.wrapped_key)
    return TalkDraft(row, envelope, json.loads(envelope.unseal("draft", row.sealed)))


def sealed_talk(draft: TalkDraft) -> bytes:
    """What the row is to hold; of a dropped one nothing new."""
    if draft.row.wrapped_key is None:
        return draft.row.sealed
    return draft.envelope.seal("draft", encoded(draft.held).encode())


async def keep(draft: TalkDraft, talk: Talk, now: datetime, confirmed_by: str = "") -> None:
    """What was told by now, written at once."""
    lay(draft, talk, now, confirmed_by)
    await _write(draft, updated_at=now, expires_at=now + LIFE)


async def close(draft: TalkDraft, receipt: dict[str, Any], request_id: UUID, now: datetime) -> None:
    """Sent: the receipt alone is left; after an anonymous report nothing leads to it any more."""
    draft.held, draft.row.request_id = receipt, request_id
    owner = token_hash(secrets.token_hex(16)) if receipt["anonymous"] else draft.row.owner
    await _write(
        draft, updated_at=now, expires_at=now + RECEIPT_LIFE, request_id=request_id, owner=owner
    )


async def mark_told(draft: TalkDraft) -> None:
    """Number and code were said; written at once."""
    tell(draft)
    await _write(draft)


async def _write(draft: TalkDraft, **columns: Any) -> None:
    row = draft.row
    await Draft.filter(tenant_id=row.tenant_id, id=row.id).update(
        sealed=sealed_talk(draft), version=row.version + 1, **columns
    )
