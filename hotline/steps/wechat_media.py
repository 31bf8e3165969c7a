"""微信附件: what a person sent by WeChat is fetched later, and again, until a person must look."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.records import WechatMessage
from hotline.rules.canonical import canonical_json
from hotline.rules.report import Delivery
from hotline.rules.talk import Kind
from hotline.steps.attach import Holder, attach
from hotline.steps.hold import hold
from hotline.steps.send import pause_after
from hotline.steps.talk_draft import draft_by_id
from hotline.steps.wechat_store import opened

LEASE: Final = timedelta(minutes=3)
MOST_ATTEMPTS: Final = 24  # over three days: no longer does the platform keep it
FAILED: Final = "wechat.media_failed"

WAITING: Final = """
WITH c AS MATERIALIZED (
  SELECT tenant_id, id FROM wechat_message WHERE media = 'waiting' AND draft_id IS NOT NULL
    AND (available_at IS NULL OR available_at <= $2)
  ORDER BY available_at NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE wechat_message m SET available_at = $3, attempts = attempts + 1 FROM c
WHERE m.tenant_id = c.tenant_id AND m.id = c.id AND m.media = 'waiting'
RETURNING m.tenant_id, m.id, m.account, m.attempts
"""
SENT_AS: Final = """
SELECT request_id FROM delivery WHERE tenant_id = $1 AND channel = $2 AND delivery_id = $3
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One medium held by this worker."""

    tenant_id: str
    id: UUID
    account: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Medium:
    """Where it is to be fetched, and what it belongs to."""

    kind: Kind
    media_id: str = field(repr=False)
    holder: Holder


async def lease_media(limit: int, now: datetime) -> list[Waiting]:
    """What is due and held by nobody else."""
    return [Waiting(**one) for one in await rows(WAITING, limit, now, now + LEASE)]


async def medium(one: Waiting) -> Medium | None:
    """None when it belongs to nothing any more: the talk was cancelled, or its time is over."""
    message = await _message(one)
    holder = await _holder(message)
    if holder is None or message.body is None:
        return None
    said = opened(message)
    return Medium(said.kind, said.media_id, holder)


async def keep_medium(found: Medium, content: bytes, now: datetime) -> None:
    """StepRefused names what is wrong with the file."""
    await attach(found.holder, content, found.kind.value, now)


async def media_done(one: Waiting) -> None:
    """Fetched, or wanted by nobody: its address is forgotten."""
    await _update(one, media="fetched", body=None, error=None)


async def media_failed(one: Waiting, error: str, now: datetime, *, permanent: bool) -> bool:
    """Later again; True when it is a person's now, who finds it among the held deliveries."""
    over = permanent or one.attempts >= MOST_ATTEMPTS
    due = now + pause_after(one.attempts)
    if not over:
        await _update(one, error=error[:80], available_at=due)
        return False
    message = await _message(one)
    said = opened(message)
    what = canonical_json({"media_id": said.media_id, "kind": said.kind.value})  # and not from whom
    delivery = Delivery(f"wechat:{one.account}", message.message_key.hex(), what)
    await hold(one.tenant_id, delivery, FAILED, now)
    await _update(one, media="failed", body=None, error=error[:80])
    return True


async def _holder(message: WechatMessage) -> Holder | None:
    """The report once there is one, the talk before."""
    tenant_id, draft_id = message.tenant_id, message.draft_id
    if draft_id is None:
        return None
    sent = await row(SENT_AS, tenant_id, f"wechat:{message.account}", str(draft_id))
    if sent:
        return Holder(tenant_id, request_id=sent["request_id"])
    draft = await draft_by_id(tenant_id, draft_id)
    return Holder(tenant_id, draft_id=draft_id) if draft else None


async def _message(one: Waiting) -> WechatMessage:
    return await WechatMessage.get(tenant_id=one.tenant_id, id=one.id)


async def _update(one: Waiting, **columns: object) -> None:
    await WechatMessage.filter(tenant_id=one.tenant_id, id=one.id).update(**columns)
