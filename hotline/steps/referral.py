"""督办移送事项 under its lock: the shared write of every step of a referral, with its terms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.database import transaction
from hotline.errors import NotAllowed, NotFound, PolicyGap, Stale
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import Referral, WorkOrder
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.clocks import Scheme, Unit
from hotline.rules.lifecycle import check_may
from hotline.rules.numbering import asked
from hotline.rules.referral import (
    OVER,
    KindTerm,
    ReferralKind,
    Standing,
    may_see,
    may_take,
    next_referral_stage,
    starting,
)
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.terms import ActorKind, Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.clocks import next_due, start_term, stop_all, stop_terms
from hotline.steps.outbox import tell_department
from hotline.steps.own import in_sight
from hotline.steps.recused import check_not_recused


@dataclass(frozen=True, slots=True)
class Asked:
    """Which referral a step is about, and the version its doer saw (None: whichever stands)."""

    number: str
    seen: int | None = None


@dataclass
class ReferralChange:
    """A referral under its lock, with what the step will have said."""

    referral: Referral
    kind: ReferralKind
    pack: Pack
    by: Actor
    now: datetime
    stage: ReferralStage
    detail: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def referral_transition(
    which: Asked, step: Step, by: Actor, now: datetime
) -> AsyncIterator[ReferralChange]:
    """One step in one transaction. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(step, by)
    sight = await sight_of(by)
    async with transaction():
        found = Referral.filter(tenant_id=sight.tenant_id, number=asked(which.number))
        one = await found.select_for_update(no_key=True).first()
        if one is None or not sight.covers(one.tenant_id, one.jurisdiction):
            raise NotFound("referral")
        pack = (await packs()).pack(one.jurisdiction)
        kind = kind_of(pack, one.kind)
        await _check(one, kind, step, by)
        if which.seen is not None and which.seen != one.version:
            raise Stale(which.seen, one.version)
        stage = next_referral_stage(ReferralStage(one.stage), step)
        change = ReferralChange(one, kind, pack, by, now, stage)
        yield change
        await settle(change, step)


async def settle(change: ReferralChange, step: Step) -> None:
    """Its terms, its new state and its event: of people's words only that there are some."""
    one = change.referral
    if change.stage in OVER and one.closed_at is None:
        one.closed_by, one.closed_at = change.by.id, change.now
    await turn_terms(change, step)
    one.version += 1
    one.stage = change.stage.value
    await put(one)
    await record(change, step)


async def turn_terms(change: ReferralChange, step: Step) -> None:
    """Stop the terms this step stops, start those it starts."""
    one, now = change.referral, change.now
    stopping = [term.code for term in change.kind.terms if step in term.stops]
    await stop_terms(one.tenant_id, one.id, stopping, now)
    if change.stage in OVER:
        await stop_all(one.tenant_id, one.id, change.stage.value, now)
    else:
        await _start_terms(change, step)
    one.next_due_at = await next_due(one.tenant_id, one.id)


async def tell_addressees(change: ReferralChange) -> None:
    """Departments with a desk learn that something was sent to them; what, they read there."""
    one, known = change.referral, change.pack.departments.by_code
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, id=one.order_id)
    for code in one.addressees:
        if order is not None and code in known and known[code].desk and not change.kind.closed:
            said = {"number": order.number, "referral": one.number}
            await tell_department(order, code, "order.referral", change.now, **said)


async def record(change: ReferralChange, step: Step) -> None:
    """Codes, days and names of officers; what people wrote stands in the row alone."""
    chain = Chain(change.referral.tenant_id, Aggregate.REFERRAL, change.referral.id)
    happening = Happening(step, change.stage.value, change.by, change.now)
    await append(chain, happening, {"referral": change.referral.number, **change.detail})


def kind_of(pack: Pack, code: str) -> ReferralKind:
    """The row of a kind. PolicyGap where the pack has none."""
    if found := pack.referring.kind(code):
        return found
    raise PolicyGap(pack.jurisdiction, "referral", code)


async def standing_of(one: Referral) -> Standing:
    """Who has to do with it."""
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, id=one.order_id).only("lead")
    return Standing(
        stage=ReferralStage(one.stage),
        addressees=frozenset(one.addressees),
        concerns=one.concerns or "",
        department=one.facts.get("department", ""),
        lead=(order.lead if order else None) or "",
        opened_by=one.opened_by,
    )


async def _check(one: Referral, kind: ReferralKind, step: Step, by: Actor) -> None:
    if by.kind is not ActorKind.STAFF:
        return
    stands = await standing_of(one)
    if not (may_see(kind, stands, by) and await _takes(one, by)):
        raise NotFound("referral")
    if one.order_id is not None:
        await check_not_recused(one.tenant_id, one.order_id, by)
    if not may_take(kind, stands, step, by):
        raise NotAllowed(step.value)


async def _takes(one: Referral, by: Actor) -> bool:
    """Whether the order it is beside is of the kinds of the post."""
    order = await WorkOrder.get_or_none(tenant_id=one.tenant_id, id=one.order_id)
    return order is None or await in_sight(order, by)


async def _start_terms(change: ReferralChange, step: Step) -> None:
    one = change.referral
    facts = {"grade": one.facts.get("grade", ""), "outcome": one.outcome or ""}
    for term in starting(change.kind, step, facts):
        if scheme := _scheme(term, one.facts.get("days") or 0):
            since = (one.learned_at or change.now) if change.kind.incoming else change.now
            await stop_terms(one.tenant_id, one.id, [term.code], change.now)  # begun anew
            await start_term(one.tenant_id, one.id, scheme, change.pack, since)


def _scheme(term: KindTerm, days: int) -> Scheme | None:
    """The pack's count; where that is for a person to say, theirs; None while nobody has."""
    if term.scheme is not None:
        return term.scheme
    if not term.by_hand or days < 1:
        return None
    return Scheme(
        code=term.code,
        name=term.name,
        holder="referral",
        count=days,
        unit=Unit.CALENDAR_DAY,
        starts=term.starts,
    )
