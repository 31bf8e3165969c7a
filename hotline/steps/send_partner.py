"""回调备发: everything one call to a platform may say, unsealed in memory for this one sending."""

import base64
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import (
    Forwarding,
    HookChannel,
    Message,
    OrderText,
    ServiceRequest,
    TermExtension,
    Vault,
    WorkOrder,
)
from hotline.records.sealing import blind_index, kek_envelope, open_envelope
from hotline.rules.forwarding import way_there
from hotline.rules.message import PARTNER, Outgoing, Unreachable
from hotline.rules.partner import Calls
from hotline.rules.partner_call import Call
from hotline.rules.partner_profile import CALLED, profile
from hotline.rules.partner_proof import time_said
from hotline.rules.terms import TextKind

NO_CALL: Final = "partner.no_call"
DELIVERED: Final = """
SELECT delivery_id FROM delivery WHERE tenant_id = $1 AND request_id = $2 AND channel = $3
"""
ORDER: Final = """
SELECT order_id FROM membership WHERE tenant_id = $1 AND request_id = $2 AND to_at IS NULL
"""
# 环办〔2009〕101号: as they were approved, never a draft
APPROVED: Final = """
SELECT DISTINCT ON (kind) kind, text FROM order_text
WHERE tenant_id = $1 AND order_id = $2 AND approved_at IS NOT NULL ORDER BY kind, version DESC
"""


async def for_partner(message: Message) -> Outgoing | Unreachable:
    """Unreachable when the platform was shut off, or wants to hear of this no longer."""
    channel = await HookChannel.filter(
        tenant_id=message.tenant_id, name=message.partner, active=True
    ).first()
    calls = profile(channel.profile).calls if channel and channel.profile else None
    step = message.template.removeprefix("partner.")
    if channel is None or calls is None or step not in calls.steps:
        return Unreachable(NO_CALL)
    return Outgoing(
        reference=blind_index(message.tenant_id, "message", str(message.id)).hex(),
        template=message.template,
        recipient=PARTNER,
        values=await _values(message, calls, step),
        partner=channel.name,
        call=Call(calls, calls.steps[step], _secret(channel)),
    )


def _secret(channel: HookChannel) -> bytes:
    """Of its own for what we send, where the platform gave one."""
    envelope = kek_envelope(channel.tenant_id, channel.id, channel.kek_id)
    if channel.call_secret:
        return envelope.unseal("call_secret", channel.call_secret)
    return envelope.unseal("secret", channel.secret)


async def _values(message: Message, calls: Calls, step: str) -> dict[str, str]:
    request = await ServiceRequest.get(tenant_id=message.tenant_id, id=message.request_id)
    pack = (await packs()).pack(request.jurisdiction)
    values: dict[str, str] = dict.fromkeys(CALLED, "")
    values |= {
        "number": request.number,
        "foreign_number": request.foreign_number or "",
        "id": await _their_id(message),
        "step": step,
        "at": time_said(message.created_at, calls.time_form),
        "account": calls.proof.account,
        **_told(message.fill, request, pack),
        **await extension_told(message),
        **await _matter(message, request, pack),
    }
    for name, codes in calls.codes.items():
        values[name] = codes.get(values.get(name, ""), values.get(name, ""))
    return values


async def _their_id(message: Message) -> str:
    found = await row(
        DELIVERED, message.tenant_id, message.request_id, f"partner:{message.partner}"
    )
    return str(found["delivery_id"]).partition("#")[0] if found else ""


async def extension_told(message: Message) -> dict[str, str]:
    """延期: the reason as reporters read it, and the new last day."""
    if one := await forwarding_told(message):
        return one
    if not (asked := message.fill.get("extension")):
        return {}
    found = await TermExtension.get(tenant_id=message.tenant_id, id=asked)
    return {"reason": found.told, "extended_to": str(found.due_on)}


async def forwarding_told(message: Message) -> dict[str, str]:
    """转送: why, where to, and under which number it is there."""
    if not (asked := message.fill.get("forwarding")):
        return {}
    one = await Forwarding.get(tenant_id=message.tenant_id, id=asked)
    return {"reason": one.reason, "refer_to": way_there(one.body, one.contact, one.their_number)}


def _told(fill: dict[str, Any], request: ServiceRequest, pack: Pack) -> dict[str, str]:
    """What the step said in short facts, in the pack's words."""
    told: dict[str, str] = {}
    if "reason" in fill:
        reason = pack.acceptance.reason(fill["reason"])
        told = {
            "reason": reason.text,
            "reason_code": reason.code,
            "refer_to": request.refer_to or reason.refer_to,
        }
    if "interim" in fill:
        told["closing"] = "interim" if fill["interim"] else "final"
    return told


async def _matter(message: Message, request: ServiceRequest, pack: Pack) -> dict[str, str]:
    """Finding, department and the three texts, once a person has approved them."""
    if message.fill["told"] == "request.answered_on_spot":
        return {"reply": await _told_at_once(request)}
    order_id = await _order_of(message)
    if order_id is None:
        return {}
    order = await WorkOrder.get(tenant_id=message.tenant_id, id=order_id)
    lead = {one.code: one.name for one in pack.departments}.get(order.lead or "", "")
    found: dict[str, str] = {"department": lead}
    if message.template in ("partner.answer", "partner.close"):
        found |= {"finding": order.finding or "", **await _texts(message.tenant_id, order_id)}
    return found


async def _order_of(message: Message) -> UUID | None:
    """Of the answer itself where one was given: a report may have moved since."""
    if text_id := message.fill.get("text"):
        text = await OrderText.get(tenant_id=message.tenant_id, id=UUID(text_id))
        return UUID(str(text.order_id))
    found = await row(ORDER, message.tenant_id, message.request_id)
    return found["order_id"] if found else None


async def _texts(tenant_id: str, order_id: UUID) -> dict[str, str]:
    found = {one["kind"]: one["text"] for one in await rows(APPROVED, tenant_id, order_id)}
    letter = found.get(TextKind.LETTER, "")
    return {
        "letter": letter,
        "letter_base64": base64.b64encode(letter.encode()).decode(),
        "result": found.get(TextKind.RESULT, ""),
        "reply": found.get(TextKind.REPLY, ""),
    }


async def _told_at_once(request: ServiceRequest) -> str:
    """即时答复, sealed with the report it answers. UnreadableError once erased."""
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    envelope = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
    return envelope.unseal("answer", vault.answer).decode() if vault.answer else ""
