"""删除一个人: every report of one sender, as far as the law lets it go; what stays is named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.keeping import of_sender
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.protection import kept_by_law
from hotline.rules.report import Contact
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.erase import erase
from hotline.steps.find_person import find_person
from hotline.steps.intake_rows import sender_index
from hotline.steps.retain import ended
from hotline.steps.transition import Target

LAW: Final = "law"


@dataclass(frozen=True, slots=True)
class Left:
    """A report that stays for now, and why: open, order, reward, custody, law."""

    number: str
    why: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of one person's reports."""

    gone: tuple[str, ...]
    left: tuple[Left, ...]


async def erase_person(contact: Contact, why: str, *, by: Actor, now: datetime) -> Erased:
    """Each report is one step of its own: cut off in between, it is simply asked again."""
    check_may(Step.ERASE, by)
    said, sight = reason(why), await sight_of(by)
    index = sender_index(sight.tenant_id, contact)
    if index is None:
        raise StepRefused("erase.no_such_number")
    await find_person(why, by=by, now=now)  # what stays is named: that is a look as well
    gone: list[str] = []
    left: list[Left] = []
    for one in await of_sender(sight.tenant_id, index):
        if one["jurisdiction"] not in sight.jurisdictions:
            continue
        if holds := await _holds(one, now):
            left.append(Left(one["number"], holds))
        else:
            await erase(Target(sight.tenant_id, one["id"]), said, by=by, now=now)
            gone.append(one["number"])
    return Erased(tuple(gone), tuple(left))


async def _holds(one: dict[str, Any], now: datetime) -> str:
    if one["held"]:
        return str(one["held"])
    terms = (await packs()).pack(one["jurisdiction"]).protection.retention
    return LAW if kept_by_law(terms, ended(one), now) else ""
