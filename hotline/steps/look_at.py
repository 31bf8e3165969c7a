"""A failed message as it would be sent, to whom: the address masked, nothing of it kept."""

from dataclasses import dataclass, field

from hotline.errors import NotFound
from hotline.policy.compose import brief, compose
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.masking import masked_email, masked_phone
from hotline.rules.message import PARTNER, Outgoing, Unreachable
from hotline.rules.wordings import Parts, parts
from hotline.steps.messages import Handled, message_at
from hotline.steps.own import in_sight
from hotline.steps.ready import ready

HIDDEN = "••••"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a person sees. `addresses`: way → masked; a query code is never shown."""

    addresses: dict[str, str]
    language: str
    subject: str = field(repr=False, default="")
    body: str = field(repr=False, default="")
    short: str = field(repr=False, default="")
    parts: Parts | None = None
    unreadable: bool = False


async def look_at(one: Handled) -> Looked:
    """NotFound beyond sight."""
    message = await message_at(one)
    holder = (
        await ServiceRequest.get(tenant_id=message.tenant_id, id=message.request_id)
        if message.request_id
        else await WorkOrder.get(tenant_id=message.tenant_id, id=message.order_id)
    )
    await _check_sight(holder, one.by)
    outgoing = await ready(message)
    if isinstance(outgoing, Unreachable):
        return Looked({}, "zh", unreadable=True)
    return _looked(outgoing)


async def _check_sight(holder: ServiceRequest | WorkOrder, by: Actor) -> None:
    if not await in_sight(holder, by):
        raise NotFound("message")


def _looked(outgoing: Outgoing) -> Looked:
    addresses = {
        "wechat": outgoing.account,
        "mail": masked_email(outgoing.email) if outgoing.email else "",
        "short": masked_phone(outgoing.phone) if outgoing.phone else "",
    }
    given = {way: address for way, address in addresses.items() if address}
    if outgoing.recipient == PARTNER:
        return Looked({PARTNER: outgoing.partner}, outgoing.language)
    safe = _without_code(outgoing)
    try:
        letter, short = compose(safe), ""
        short = brief(safe).text if outgoing.recipient != "department" else ""
    except KeyError:  # an unknown wording or a gap: that is why it failed
        return Looked(given, outgoing.language)
    return Looked(
        given,
        outgoing.language,
        letter.subject,
        letter.body,
        short,
        parts(short) if short else None,
    )


def _without_code(outgoing: Outgoing) -> Outgoing:
    values = {**outgoing.values, **({"code": HIDDEN} if "code" in outgoing.values else {})}
    return Outgoing(
        reference=outgoing.reference,
        template=outgoing.template,
        recipient=outgoing.recipient,
        values=values,
        language=outgoing.language,
        wording=outgoing.wording,
    )
