"""发送: the heads of threads are leased, opened only for the moment of sending, and marked.

At least once: a worker that dies between handing over and marking sends again, under the same
reference, so that the receiver can tell. A thread keeps its order: only its lowest unsent message
is ever leased. A message that failed for good is `dead` (a person sees it) and blocks nobody.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.database import row, rows
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import Message, ServiceRequest, Vault, WorkOrder
from hotline.records.sealing import Envelope, UnreadableError, blind_index, open_envelope
from hotline.rules.message import Failed, Later, Outcome, Outgoing, Sent, Unreachable
from hotline.rules.normalise import phone_digits
from hotline.settings import settings

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 9  # over some eight hours
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=4)
NO_TERM: Final = "—"

# MATERIALIZED: on wrong counts a planner runs a joined query anew for each message
HEADS: Final = """
WITH c AS MATERIALIZED (
  SELECT tenant_id, id FROM message h WHERE state = 'queued' AND available_at <= $3
    AND (leased_until IS NULL OR leased_until < $3)
    AND NOT EXISTS (SELECT FROM message e WHERE e.tenant_id = h.tenant_id AND e.thread = h.thread
      AND e.seq < h.seq AND e.state = 'queued')
  ORDER BY available_at LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE message m SET leased_until = $2, attempts = attempts + 1 FROM c
WHERE m.tenant_id = c.tenant_id AND m.id = c.id AND m.state = 'queued'
RETURNING m.tenant_id, m.id, m.attempts
"""
BY_WECHAT: Final = """
SELECT substr(channel, 8) AS account FROM delivery
WHERE tenant_id = $1 AND request_id = $2 AND channel LIKE 'wechat:%'
"""


@dataclass(frozen=True, slots=True)
class Leased:
    """One message held by this worker."""

    tenant_id: str
    id: UUID
    attempts: int


async def lease(limit: int, now: datetime) -> list[Leased]:
    """Due heads of threads that nobody else holds."""
    found = await rows(HEADS, limit, now + LEASE, now)
    return [Leased(one["tenant_id"], one["id"], one["attempts"]) for one in found]


async def prepare(leased: Leased) -> Outgoing | Unreachable:
    """Everything the wording needs, and the address, unsealed in memory for this one sending."""
    message = await Message.get(tenant_id=leased.tenant_id, id=leased.id)
    if message.recipient == "department":
        return await _for_department(message)
    try:
        return await _for_reporter(message)
    except UnreadableError:
        return Unreachable("erased")


async def settle(leased: Leased, outcome: Outcome, now: datetime) -> None:
    """Mark what became of it; what was sealed for the message is wiped once it has gone."""
    held = Message.filter(tenant_id=leased.tenant_id, id=leased.id, state="queued")
    match outcome:
        case Sent(route, version):
            await held.update(
                state="sent", sent_at=now, route=route, template_version=version, error=None,
                sealed_fill=None, leased_until=None,
            )  # fmt: skip
        case Unreachable(error):
            await held.update(state="unreachable", error=error, sealed_fill=None, leased_until=None)
        case Later(until):  # no try was made
            await held.update(
                available_at=until, leased_until=None, attempts=max(leased.attempts - 1, 0)
            )
        case Failed(error, permanent):
            over = permanent or leased.attempts >= MOST_ATTEMPTS
            await held.update(
                state="dead" if over else "queued", error=error[:160], leased_until=None,
                available_at=now + pause_after(leased.attempts),
            )  # fmt: skip


def pause_after(attempts: int) -> timedelta:
    """Growing pauses: half a minute, a minute, two … four hours at most."""
    doubled: int = 1 << min(max(attempts, 1) - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


async def _for_reporter(message: Message) -> Outgoing:
    request = await ServiceRequest.get(tenant_id=message.tenant_id, id=message.request_id)
    vault = await Vault.get(tenant_id=message.tenant_id, id=message.request_id)
    envelope = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
    contact = _contact(envelope, vault)
    pack = (await packs()).pack(request.jurisdiction)
    values = {
        **_common(request.number, pack),
        "hotline": pack.hotline,
        "progress_url": f"{settings().public_url}/progress",
        **_told(message, request, pack),
    }
    if message.sealed_fill:
        values["code"] = envelope.unseal("message", message.sealed_fill).decode()
    return Outgoing(
        reference=_reference(message),
        template=message.template,
        recipient="reporter",
        values=values,
        email=contact.get("email", ""),
        phone=phone_digits(contact.get("phone", "")) or "",
        openid=contact.get("openid", ""),
        account=await _account(message) if contact.get("openid") else "",
    )


async def _account(message: Message) -> str:
    """An openid means something to the account it was given by, and to no other."""
    found = await row(BY_WECHAT, message.tenant_id, message.request_id)
    return str(found["account"]) if found else ""


async def _for_department(message: Message) -> Outgoing:
    order = await WorkOrder.get(tenant_id=message.tenant_id, id=message.order_id)
    pack = (await packs()).pack(order.jurisdiction)
    due = order.next_due_at
    values = {
        **_common(order.number, pack),
        "department": pack.department(message.department or "").name,
        "due_on": due.astimezone(SHANGHAI).date().isoformat() if due else NO_TERM,
        "desk_url": f"{settings().public_url}/desk",
    }
    return Outgoing(_reference(message), message.template, "department", values)


def _common(number: str, pack: Pack) -> dict[str, str]:
    return {"number": number, "authority": pack.name}


def _told(message: Message, request: ServiceRequest, pack: Pack) -> dict[str, str]:
    """What the step said in short facts, in the pack's words."""
    fill, told = message.fill, {}
    if "reason" in fill:
        reason = pack.acceptance.reason(fill["reason"])
        told = {"reason": reason.text, "refer_to": request.refer_to or reason.refer_to}
    if "interim" in fill:
        told["closing"] = "interim" if fill["interim"] else "final"
    return told


def _contact(envelope: Envelope, vault: Vault) -> dict[str, str]:
    found: dict[str, str] = {}
    if vault.contact:
        found = json.loads(envelope.unseal("contact", vault.contact))
    return found


def _reference(message: Message) -> str:
    """Tells a repeat without telling our id, which carries a time."""
    return blind_index(message.tenant_id, "message", str(message.id)).hex()
