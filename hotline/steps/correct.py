"""更正: place or kinds of an order put right; where another department answers, it is handed on.

One step, one event: place and kinds together re-route once. Of two at the same instant the second
is stale, or finds nothing left to correct.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, by_table, explained, facts_of
from hotline.policy.store import packs
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import corrected
from hotline.rules.recusal import accuses_office
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import remark
from hotline.steps.clocks import start_again, stop_begun, turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.find import check_kinds
from hotline.steps.holding import release
from hotline.steps.matter import hand_over
from hotline.steps.matters import matter_of
from hotline.steps.passed_on import pass_on
from hotline.steps.publications import basis_changed
from hotline.steps.transition import OrderChange, Target


@dataclass(frozen=True, slots=True)
class Correction:
    """What holds from now on, the whole of it. `also`: further counties (跨界)."""

    county: str
    township: str | None
    kinds: tuple[str, ...]
    also: tuple[str, ...] = ()
    remark: str = ""


async def correct(target: Target, ask: Correction, *, by: Actor, now: datetime) -> None:
    """StepRefused when nothing would change, or a place or kind is not known."""
    async with desk_transition(target, Step.CORRECT, by, now) as change:
        order = change.order
        before, was = _stands(order), await pack_of(order)
        pack = (await packs()).serving_county(order.tenant_id, ask.county)
        _check(ask, pack)
        order.county, order.township = ask.county, ask.township
        order.also = [code for code in dict.fromkeys(ask.also) if code != ask.county]
        order.kinds, order.jurisdiction = list(dict.fromkeys(ask.kinds)), pack.code
        if _stands(order) == before:
            raise StepRefused("correct.nothing")
        change.detail |= {"before": before, "after": _stands(order), "remark": remark(ask.remark)}
        await pass_on(order, was, pack, now)
        await route_again(change, pack)
        await basis_changed(order, pack, Step.CORRECT, by, now)


def _stands(order: WorkOrder) -> dict[str, Any]:
    return {
        "county": order.county,
        "township": order.township,
        "also": list(order.also),
        "kinds": list(order.kinds),
    }


def _check(ask: Correction, pack: Pack) -> None:
    if any(pack.gazetteer.county_of(code) != code for code in (ask.county, *ask.also)):
        raise StepRefused("place.unknown_code")
    if ask.township and pack.gazetteer.county_of(ask.township) != ask.county:
        raise StepRefused("place.conflict")
    if not ask.kinds:
        raise StepRefused("kind.none")
    check_kinds(ask.kinds, pack)


async def route_again(change: OrderChange, pack: Pack) -> None:
    """The same department goes on; another begins anew; nobody found: a person chooses."""
    order, matter = change.order, await matter_of(change.order)
    facts = facts_of(pack, matter)
    answer = by_table(pack, facts)
    lead = None if _a_person_must(order, matter) else answer.lead
    change.detail |= {"route": explained(pack, facts, answer), "lead_before": order.lead}
    stage, before = OrderStage(order.stage), order.lead
    change.stage = corrected(stage, lead=lead, before=before)
    if lead is None:
        await stop_begun(order, pack, Step.DISPATCH, change.now)
        await release(order, change.now)
        order.lead = None
    elif lead != before:
        await hand_over(change, lead, answer.co)
        order.ruled = False  # the one before objected or not: the new one has not been heard
        if stage is OrderStage.OPENED:
            await turn_order_clocks(order, pack, Step.DISPATCH, change.now)
        else:
            await start_again(order, pack, Step.DISPATCH, change.now)
    if lead != before:
        order.signed_at = None


def _a_person_must(order: WorkOrder, matter: Matter) -> bool:
    """回避: what blames an office is not handed on by a table, unless it is urgent."""
    return not order.emergency and accuses_office(matter.target, *matter.told)
