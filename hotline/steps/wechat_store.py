"""来信入库: a message of WeChat is stored sealed, known again, before anything is made of it."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows, transaction
from hotline.errors import NotFound
from hotline.records import WechatMessage, new_id
from hotline.records.sealing import Envelope, blind_index, new_envelope, open_envelope
from hotline.rules.report import Delivery
from hotline.rules.talk import Said, held_said, said_of
from hotline.steps.hold import hold
from hotline.steps.intake_rows import body_hash

KEPT: Final = timedelta(days=7)
ANSWER_KEPT: Final = timedelta(minutes=10)  # the platform repeats within seconds
NONCE_KEPT: Final = timedelta(minutes=15)  # longer than a signature is good
IDLE: Final = timedelta(minutes=1)

SEEN: Final = """
INSERT INTO wechat_nonce (id, tenant_id, account, nonce, message_key, seen_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, account, nonce) DO NOTHING RETURNING id
"""
FIRST: Final = """
SELECT message_key FROM wechat_nonce WHERE tenant_id = $1 AND account = $2 AND nonce = $3
"""
STORE: Final = """
INSERT INTO wechat_message (id, tenant_id, account, message_key, body_hash, kek_id, wrapped_key,
  body, media, attempts, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)
ON CONFLICT (tenant_id, account, message_key) DO NOTHING RETURNING id
"""
UNANSWERED: Final = """
SELECT tenant_id, id, account FROM wechat_message
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
    same: bool = True


class Replayed(NotFound):
    """A signature that was good for another message."""


async def store(where: tuple[str, str], name: str, said: Said, nonce: str, now: datetime) -> Heard:
    """`where` is tenant and account, `name` how the platform knows the message. Replayed."""
    tenant_id, account = where
    key = blind_index(tenant_id, f"wechat message:{account}", name)
    body = json.dumps(held_said(said), ensure_ascii=False, sort_keys=True).encode()
    message_id = new_id()
    envelope = new_envelope(tenant_id, message_id)
    async with transaction():
        await _check_nonce(where, nonce, key, now)
        media = "waiting" if said.media_id else "none"
        stored = await row(
            STORE, message_id, tenant_id, account, key, body_hash(tenant_id, body),
            envelope.kek_id, envelope.wrapped_key, envelope.seal("body", body), media, now,
        )  # fmt: skip
    if stored:
        return Heard(tenant_id, message_id, account)
    return await _known(where, key, body, now)


async def unanswered(now: datetime) -> list[Heard]:
    """Stored and then left: the process ended before it made anything of them."""
    found = await rows(UNANSWERED, now - KEPT, now - IDLE)
    return [Heard(one["tenant_id"], one["id"], one["account"]) for one in found]


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


async def _check_nonce(where: tuple[str, str], nonce: str, key: bytes, now: datetime) -> None:
    mark = blind_index(where[0], "wechat nonce", nonce)
    if await row(SEEN, new_id(), *where, mark, key, now):
        return
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
    return Heard(tenant_id, found.id, account, same)
