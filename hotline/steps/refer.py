"""督办移送立项: something is asked of, told to or handed to somebody beside the order."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import Referral, WorkOrder, new_id
from hotline.records.writing import add, gathering
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import OVER, check_may
from hotline.rules.numbering import asked
from hotline.rules.referral import (
    ReferralKind,
    check_addressees,
    check_chosen,
    check_officers,
    check_opens,
)
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.sight import is_lead
from hotline.rules.terms import Aggregate, OrderStage, Step
from hotline.rules.wording import plain
from hotline.steps.addressing import LONGEST_NAME, chosen
from hotline.steps.append import Chain, begin
from hotline.steps.matters import accused_by
from hotline.steps.numbers import fresh_number
from hotline.steps.recused import check_not_recused
from hotline.steps.referral import ReferralChange, kind_of, record, tell_addressees, turn_terms
from hotline.steps.referral_words import own_words
from hotline.steps.tell_duty import TOLD, tell_duty
from hotline.steps.transition import Target, locked_order

MOST_DAYS: Final = 366
LONG_AGO: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Referring:
    """What whoever opens one says. Names of officers are staff's, of the reporter nothing."""

    kind: str
    addressees: tuple[str, ...] = ()
    named: str = ""  # a body that the pack has no department for
    grounds: str = ""
    cause: str = ""
    grade: str = ""
    officers: tuple[str, ...] = ()
    concerns: str = ""
    days: int = 0
    learned_at: datetime | None = None
    marks: tuple[str, ...] = ()  # 敏感: which rows held, when the service opens it


async def refer(order_number: str, ask: Referring, *, by: Actor, now: datetime) -> str:
    """Its number. NotAllowed, NotFound, StepRefused; PolicyGap for a kind without a row."""
    check_may(Step.REFER, by)
    sight = await sight_of(by)
    async with transaction(), gathering():
        found = await WorkOrder.get_or_none(
            tenant_id=sight.tenant_id, number=asked(order_number)
        ).only("id", "jurisdiction", "kinds", "handler_id")
        if found is None or not sight.covers(sight.tenant_id, found.jurisdiction):
            raise NotFound("order")
        if not sight.takes(found.kinds, found.handler_id):
            raise NotFound("order")
        order = await locked_order(Target(sight.tenant_id, found.id))
        await check_not_recused(order.tenant_id, order.id, by)
        pack = (await packs()).pack(order.jurisdiction)
        kind = kind_of(pack, ask.kind)
        check_opens(kind, by, leads=is_lead(by, order.lead))
        if kind.live and OrderStage(order.stage) in OVER:
            raise StepRefused("referral.order_over")
        addressees = chosen(kind, pack, (order.lead, order.county), (ask.addressees, ask.named))
        concerns = department_of(pack, ask.concerns)
        check_addressees(kind, addressees, await accused_by(order, pack), concerns)
        await _check_standing(order, kind)
        told = replace(ask, grounds=await own_words(ask.grounds, order, pack))
        return await opened(order, told, pack, by=by, now=now)


async def refer_free(ask: Referring, *, by: Actor, now: datetime) -> str:
    """About no order, as 未登记 that nobody has registered. NotAllowed, StepRefused."""
    check_may(Step.REFER, by)
    pack = (await packs()).pack(by.jurisdiction)
    kind = kind_of(pack, ask.kind)
    check_opens(kind, by, leads=False)
    if not kind.free:
        raise StepRefused("referral.no_order")
    concerns = department_of(pack, ask.concerns)
    addressees = chosen(kind, pack, (None, None), (ask.addressees, ask.named))
    check_addressees(kind, addressees, frozenset(), concerns)
    told = replace(ask, grounds=await own_words(ask.grounds, None, pack))
    async with transaction(), gathering():
        return await opened(None, told, pack, by=by, now=now)


async def opened(
    order: WorkOrder | None, ask: Referring, pack: Pack, *, by: Actor, now: datetime
) -> str:
    """Inside a gathering: with its first terms; those that are sent at once begin both."""
    kind = kind_of(pack, ask.kind)
    one = _referral(order, kind, pack, now)
    place = (order.lead, order.county) if order else (None, None)
    one.addressees = chosen(kind, pack, place, (ask.addressees, ask.named))
    one.concerns = ask.concerns or None
    one.opened_by = by.id
    one.grounds, one.learned_at = ask.grounds, _learned(ask, kind, now)
    one.facts = facts_of(ask, kind, by)
    change = ReferralChange(one, kind, pack, by, now, ReferralStage(one.stage))
    about = order.number if order else ""
    change.detail |= {"order": about, "kind": kind.code, "to": one.addressees, **one.facts}
    await add(one)  # gathered: what its terms say of it is written with it
    begin(Chain(one.tenant_id, Aggregate.REFERRAL, one.id))
    await turn_terms(change, Step.REFER)
    if kind.at_once:
        await turn_terms(change, Step.SEND_REFERRAL)
        await tell_addressees(change)
    if order is not None and kind.code in TOLD:
        await tell_duty(order, kind.code, now)
    await record(change, Step.REFER)
    return str(one.number)


def facts_of(ask: Referring, kind: ReferralKind, by: Actor) -> dict[str, Any]:
    """What was chosen and named. StepRefused for what the row does not offer."""
    if not 0 <= ask.days <= MOST_DAYS:
        raise StepRefused("referral.days", most=MOST_DAYS)
    said = {
        "cause": check_chosen(kind, "causes", ask.cause),
        "grade": check_chosen(kind, "grades", ask.grade),
        "officers": check_officers(kind, [plain(n)[:LONGEST_NAME] for n in ask.officers]),
        "days": ask.days if any(term.by_hand for term in kind.terms) else 0,
        "marks": list(ask.marks),
        "department": by.department,
    }
    return {name: value for name, value in said.items() if value}


def department_of(pack: Pack, code: str) -> str:
    """A department of the pack; "" for none. StepRefused for what is no such thing."""
    if code and code not in pack.departments.by_code:
        raise StepRefused("department.unknown")
    return code


async def _check_standing(order: WorkOrder, kind: ReferralKind) -> None:
    standing = Referral.filter(
        tenant_id=order.tenant_id, order_id=order.id, kind=kind.code, closed_at=None
    )
    if await standing.exists():
        raise StepRefused("referral.already")


def _referral(order: WorkOrder | None, kind: ReferralKind, pack: Pack, now: datetime) -> Referral:
    return Referral(
        id=new_id(),
        tenant_id=pack.tenant,
        jurisdiction=order.jurisdiction if order else pack.jurisdiction,
        number=fresh_number(f"{pack.prefix}D", now),
        kind=kind.code,
        order_id=order.id if order else None,
        stage=kind.begins.value,
        title=kind.name,
        documents=[one.code for one in kind.documents if kind.at_once and not one.later],
        opened_at=now,
        sent_at=now if kind.at_once else None,
        policy_version=pack.versions.get("referral"),
    )


def _learned(ask: Referring, kind: ReferralKind, now: datetime) -> datetime | None:
    if not kind.incoming or ask.learned_at is None:
        return None
    if not now - LONG_AGO <= ask.learned_at <= now:
        raise StepRefused("referral.learned")
    return ask.learned_at
