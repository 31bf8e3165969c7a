"""督察转办件: what a publication says in the inspection's own table beside its three texts."""

from dataclasses import dataclass
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.records import Referral, WorkOrder
from hotline.rules.redaction import leaks
from hotline.rules.wording import plain

LONGEST: Final = {"verified": 2000, "accountability": 500}


@dataclass(frozen=True, slots=True)
class Inspected:
    """`number`: "" takes the one that the inspection's own item of the order bears."""

    number: str = ""
    verified: str = ""  # 调查核实情况
    accountability: str = ""  # 责任人被处理情况


def check_inspected(ask: Inspected | None) -> None:
    """As strict as with everything that is public; numbers of people, never their names."""
    for name, words in words_of(ask).items():
        if len(words) > LONGEST[name]:
            raise StepRefused("disclose.too_long", field=name, most=LONGEST[name])
        if found := leaks(words):
            raise StepRefused("disclose.inspected_personal", kinds=list(found))


def words_of(ask: Inspected | None) -> dict[str, str]:
    """What anybody reads, as it would stand there."""
    if ask is None:
        return {}
    return {"verified": plain(ask.verified), "accountability": plain(ask.accountability)}


async def as_inspected(order: WorkOrder, ask: Inspected | None, pack: Pack) -> dict[str, Any]:
    """The publication's columns; nothing for an order that no inspection handed over."""
    typed = ask or Inspected()
    number = plain(typed.number).upper() or await _handed_over(order, pack)
    if not number:
        return {}
    if not pack.disclosure.is_inspection_number(number):
        raise StepRefused("disclose.inspection_number", number=number)
    return {
        "inspection_number": number,
        **words_of(typed),
    }


async def _handed_over(order: WorkOrder, pack: Pack) -> str:
    """The inspection's own number; what else goes on beside an order bears others."""
    beside = Referral.filter(tenant_id=order.tenant_id, order_id=order.id)
    for one in await beside.exclude(foreign_number=None).order_by("opened_at"):
        if pack.disclosure.is_inspection_number(one.foreign_number):
            return str(one.foreign_number)
    return ""
