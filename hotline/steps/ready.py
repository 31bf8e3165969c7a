"""备发: everything one message needs, unsealed in memory for this one sending."""

import json
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline.database import row
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.policy.wordings import DEFAULT, LANGUAGES
from hotline.records import DutyWatch, Message, ServiceRequest, Vault, Wording, WorkOrder
from hotline.records.handed import handings
from hotline.records.sealing import (
    Envelope,
    UnreadableError,
    blind_index,
    kek_envelope,
    open_envelope,
)
from hotline.rules.message import DEPARTMENT, DUTY, Outgoing, Unreachable
from hotline.rules.normalise import phone_digits
from hotline.rules.wordings import Template
from hotline.settings import settings
from hotline.steps.send_partner import extension_told, for_partner

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NO_TERM: Final = "—"
BY_WECHAT: Final = """
SELECT substr(channel, 8) AS account FROM delivery
WHERE tenant_id = $1 AND request_id = $2 AND channel LIKE 'wechat:%'
"""


async def ready(message: Message) -> Outgoing | Unreachable:
    """What the wording needs, and the address."""
    try:
        match message.recipient:
            case "department":
                return await _for_department(message)
            case "duty":
                return await _for_duty(message)
            case "partner":
                return await for_partner(message)
        return await _for_reporter(message)
    except UnreadableError:
        return Unreachable("erased")


def contact_in(envelope: Envelope, vault: Vault) -> dict[str, str]:
    """What the reporter left, with what was put right since."""
    found: dict[str, str] = {}
    if vault.contact:
        found = json.loads(envelope.unseal("contact", vault.contact))
    return {**found, **corrected_in(envelope, vault)}


def corrected_in(envelope: Envelope, vault: Vault) -> dict[str, str]:
    """What was put right of the address, alone."""
    found: dict[str, str] = {}
    if vault.corrected:
        found = json.loads(envelope.unseal("corrected", vault.corrected))
    return found


async def wording_of(tenant_id: str, key: str, language: str) -> Template | None:
    """The house's own wording in force; None for the one that was shipped."""
    found = await Wording.get_or_none(
        tenant_id=tenant_id, key=key, language=language, state="in_force"
    )
    if found is None:
        return None
    return Template(found.key, found.version, found.subject, found.body, found.short)


async def _for_reporter(message: Message) -> Outgoing:
    request = await ServiceRequest.get(tenant_id=message.tenant_id, id=message.request_id)
    vault = await Vault.get(tenant_id=message.tenant_id, id=message.request_id)
    envelope = open_envelope(request.tenant_id, request.id, vault.kek_id, vault.wrapped_key)
    contact = contact_in(envelope, vault)
    pack = (await packs()).pack(request.jurisdiction)
    values = {
        **_common(request.number, pack),
        "hotline": pack.hotline,
        **_body(request, pack),
        "progress_url": f"{settings().public_url}/progress",
        **_told(message, request, pack),
        **await extension_told(message),
        **await _handed(message),
    }
    if message.sealed_fill:
        values["code"] = envelope.unseal("message", message.sealed_fill).decode()
    return Outgoing(
        recipient="reporter",
        values=values,
        email=contact.get("email", ""),
        phone=phone_digits(contact.get("phone", "")) or "",
        openid=contact.get("openid", ""),
        account=await _account(message) if contact.get("openid") else "",
        **await _manner(message, _language(contact)),
    )


async def _account(message: Message) -> str:
    """An openid means something to the account it was given by, and to no other."""
    found = await row(BY_WECHAT, message.tenant_id, message.request_id)
    return str(found["account"]) if found else ""


async def _for_department(message: Message) -> Outgoing:
    order = await WorkOrder.get(tenant_id=message.tenant_id, id=message.order_id)
    pack = (await packs()).pack(order.jurisdiction)
    values = {
        **_common(order.number, pack),
        "department": pack.department(message.department or "").name,
        "due_on": _day(order.next_due_at),
        "desk_url": f"{settings().public_url}/desk",
    }
    return Outgoing(recipient=DEPARTMENT, values=values, **await _manner(message, DEFAULT))


async def _for_duty(message: Message) -> Outgoing:
    order = await WorkOrder.get_or_none(tenant_id=message.tenant_id, id=message.order_id)
    number, of = (order.number, order.jurisdiction) if order else _beside(message)
    values = {
        **_common(number, (await packs()).pack(of)),
        "desk_url": f"{settings().public_url}/notices",
    }
    return Outgoing(
        recipient=DUTY,
        values=values,
        phone=await _watch_phone(message),
        **await _manner(message, DEFAULT),
    )


def _beside(message: Message) -> tuple[str, str]:
    """About no order: the number of a 督办移送 or of a report, and whose it is."""
    fill = message.fill
    return fill["referral"] if "referral" in fill else fill["report"], fill["jurisdiction"]


async def _watch_phone(message: Message) -> str:
    """Of whoever is on duty, while they are; a list taken down since has none."""
    asked = message.fill.get("watch")
    found = await DutyWatch.get_or_none(tenant_id=message.tenant_id, id=asked) if asked else None
    if found is None or found.phone is None:
        return ""
    envelope = kek_envelope(found.tenant_id, found.id, found.kek_id)
    return phone_digits(envelope.unseal("phone", found.phone).decode()) or ""


async def _manner(message: Message, language: str) -> dict[str, Any]:
    """What every message has, whoever gets it."""
    return {
        "reference": _reference(message),
        "template": message.template,
        "language": language,
        "wording": await wording_of(message.tenant_id, message.template, language),
        "tried": frozenset(message.tried),
        "way": message.way or "",
        "attempts": message.attempts,
    }


def _common(number: str, pack: Pack) -> dict[str, str]:
    return {"number": number, "authority": pack.authority}


def _body(request: ServiceRequest, pack: Pack) -> dict[str, str]:
    """分别受理: the body that took it signs, and says how to reach itself."""
    body = pack.accepting.get(request.body or "")
    if body is None:
        return {}
    return {"authority": pack.department(body.code).name, "hotline": body.contact or pack.hotline}


async def _handed(message: Message) -> dict[str, str]:
    """移交受理: why it is with another body now."""
    if "handed" not in message.fill or message.request_id is None:
        return {}
    found = await handings(message.tenant_id, message.request_id)
    return {"reason": found[-1]["reason"]} if found else {}


def _told(message: Message, request: ServiceRequest, pack: Pack) -> dict[str, str]:
    """What the step said in short facts, in the pack's words."""
    fill, told = message.fill, {}
    if "reason" in fill:
        reason = pack.acceptance.reason(fill["reason"])
        told = {"reason": reason.text, "refer_to": request.refer_to or reason.refer_to}
    if "interim" in fill:
        told["closing"] = "interim" if fill["interim"] else "final"
    return told


def _language(contact: dict[str, str]) -> str:
    asked = contact.get("language", "")
    return asked if asked in LANGUAGES else DEFAULT


def _day(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).date().isoformat() if at else NO_TERM


def _reference(message: Message) -> str:
    """Tells a repeat without telling our id, which carries a time."""
    return blind_index(message.tenant_id, "message", str(message.id)).hex()
