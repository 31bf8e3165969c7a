"""来信入库: a message of WeChat is stored sealed, known again, before anything is made of it."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from hotline.batching import Batched
from hotline.database import raw_pool, row, rows
from hotline.errors import NotFound
from hotline.records import WechatMessage, new_id
from hotline.records.sealing import Envelope, blind_index, new_envelope, open_envelope
from hotline.rules.report import Delivery
from hotline.rules.talk import Said, held_said, said_of
from hotline.steps.hold import hold
from hotline.steps.intake_rows import body_hash
from hotline.steps.talk_draft import owner_of

KEPT: Final = timedelta(days=7)
ANSWER_KEPT: Final = timedelta(minutes=10)  # the platform repeats within seconds
NONCE_KEPT: Final = timedelta(minutes=15)  # longer than a signature is good
IDLE: Final = timedelta(minutes=1)
_SORTED: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True)  # a repeat is the same bytes

FIRST: Final = """
SELECT message_key FROM wechat_nonce WHERE tenant_id = $1 AND account = $2 AND nonce = $3
"""
COLUMNS: Final = {
    "id": "uuid", "tenant_id": "text", "account": "text", "message_key": "bytea",
    "body_hash": "bytea", "kek_id": "text", "wrapped_key": "bytea", "body": "bytea",
    "media": "text", "received_at": "timestamptz", "nonce_id": "uuid", "nonce": "bytea",
}  # fmt: skip
GIVEN: Final = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(COLUMNS.values(), start=1))
# A signature is spent together with its message; whichever was there before is looked at apart.
STORE: Final = f"""
WITH input AS (SELECT * FROM unnest({GIVEN}) AS t({", ".join(COLUMNS)})),
seen AS (
  INSERT INTO wechat_nonce (id, tenant_id, account, nonce, message_key, seen_at)
  SELECT nonce_id, tenant_id, account, nonce, message_key, received_at FROM input
  ON CONFLICT (tenant_id, account, nonce) DO NOTHING RETURNING id)
INSERT INTO wechat_message (id, tenant_id, account, message_key, body_hash, kek_id, wrapped_key,
  body, media, attempts, received_at)
SELECT i.id, tenant_id, account, message_key, body_hash, kek_id, wrapped_key, body, media, 0,
  received_at FROM input i JOIN seen s ON s.id = i.nonce_id
ON CONFLICT (tenant_id, account, message_key) DO NOTHING RETURNING id
"""  # noqa: S608
UNANSWERED: Final = """
SELECT tenant_id, id, account, kek_id, wrapped_key, body FROM wechat_message
WHERE answer IS NULL AND body IS NOT NULL AND media <> 'failed' AND received_at BETWEEN $1 AND $2
ORDER BY received_at LIMIT 100
"""
# the answer may hold a code, the words are in the draft by now: neither is needed any longer
WIPE: Final = """
UPDATE wechat_message SET answer = '', body = CASE WHEN media = 'waiting' THEN body END
WHERE received_at < $1 AND answer IS NOT NULL AND answer <> ''
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One stored message. `same`: no other message came under its name before."""

    tenant_id: str
    id: UUID
    account: str
    owner: bytes = field(repr=False)  # whose talk it belongs to
    same: bool = True
    # of one that was stored just now
    said: Said | None = field(default=None, repr=False)
    envelope: Envelope | None = field(default=None, repr=False)


@dataclass(slots=True)
class Message:
    """A stored message laid open, as its turn needs it."""

    id: UUID
    tenant_id: str
    account: str
    said: Said = field(repr=False)
    envelope: Envelope = field(repr=False)
    draft_id: UUID | None = None


class Replayed(NotFound):
    """A signature that was good for another message."""


async def store(where: tuple[str, str], name: str, said: Said, nonce: str, now: datetime) -> Heard:
    """`where` is tenant and account, `name` how the platform knows the message. Replayed."""
    tenant_id, account = where
    key = blind_index(tenant_id, f"wechat message:{account}", name)
    body = _SORTED.encode(held_said(said)).encode()
    message_id, mark = new_id(), blind_index(tenant_id, "wechat nonce", nonce)
    envelope = new_envelope(tenant_id, message_id)
    stored = await _stored.put((
        message_id, tenant_id, account, key, body_hash(tenant_id, body), envelope.kek_id,
        envelope.wrapped_key, envelope.seal("body", body),
        "waiting" if said.media_id else "none", now, new_id(), mark,
    ))  # fmt: skip
    if stored:
        owner = owner_of(account, said.openid)
        return Heard(tenant_id, message_id, account, owner, said=said, envelope=envelope)
    await _check_nonce(where, mark, key)
    return await _known(where, key, body, now)


async def unanswered(now: datetime) -> list[Heard]:
    """Stored and then left: the process ended before it made anything of them."""
    found = [WechatMessage(**one) for one in await rows(UNANSWERED, now - KEPT, now - IDLE)]
    return [
        Heard(one.tenant_id, one.id, one.account, owner_of(one.account, opened(one).openid))
        for one in found
    ]


async def sweep_messages(now: datetime) -> None:
    """Seals are destroyed as soon as nothing needs them; what failed stays for a person."""
    await rows(WIPE, now - ANSWER_KEPT)
    await rows("DELETE FROM wechat_nonce WHERE seen_at < $1", now - NONCE_KEPT)
    await rows(
        "DELETE FROM wechat_message WHERE received_at < $1 AND answer IS NOT NULL"
        " AND media IN ('none', 'fetched')",
        now - KEPT,
    )


def envelope_of(message: WechatMessage) -> Envelope:
    """Its data key."""
    return open_envelope(message.tenant_id, message.id, message.kek_id, message.wrapped_key)


def opened(message: WechatMessage) -> Said:
    """What was said."""
    held: dict[str, Any] = json.loads(envelope_of(message).unseal("body", message.body or b""))
    return said_of(held)


async def _store(batch: Sequence[tuple[Any, ...]]) -> list[bool]:
    """Whether each is stored by now; in one order for all, so that no two processes wait for each
    other."""
    columns = [list(column) for column in zip(*sorted(batch, key=itemgetter(11)), strict=True)]
    new = {one["id"] for one in await raw_pool().fetch(STORE, *columns)}
    return [one[0] in new for one in batch]


async def _check_nonce(where: tuple[str, str], mark: bytes, key: bytes) -> None:
    first = await row(FIRST, *where, mark)
    if first is None or not hmac.compare_digest(first["message_key"], key):
        raise Replayed("nonce")


async def _known(where: tuple[str, str], key: bytes, body: bytes, now: datetime) -> Heard:
    tenant_id, account = where
    found = await WechatMessage.get(tenant_id=tenant_id, account=account, message_key=key)
    same = hmac.compare_digest(found.body_hash, body_hash(tenant_id, body))
    if not same:
        delivery = Delivery(f"wechat:{account}"[:64], key.hex(), body)
        await hold(tenant_id, delivery, "delivery.other_body", now)
    openid = said_of(json.loads(body)).openid
    return Heard(tenant_id, found.id, account, owner_of(account, openid), same)


_stored: Batched[tuple[Any, ...], bool] = Batched(_store)
