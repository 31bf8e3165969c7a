"""奖励事项 under its lock: the shared write of every step of a reward case."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.database import transaction
from hotline.errors import NotFound, Stale
from hotline.policy.sight import sight_of
from hotline.records import RewardCase, WorkOrder
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.numbering import asked
from hotline.rules.reward_case import next_reward_stage
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append


@dataclass(frozen=True, slots=True)
class Asked:
    """Which case a step is about, and the version its doer saw (None: whichever stands)."""

    number: str
    seen: int | None = None


@dataclass
class RewardChange:
    """A case under its lock, with what the step will have said."""

    case: RewardCase
    by: Actor
    now: datetime
    stage: RewardStage
    detail: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def reward_transition(
    which: Asked, step: Step, by: Actor, now: datetime
) -> AsyncIterator[RewardChange]:
    """One step in one transaction, by staff. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(step, by)
    sight = await sight_of(by)
    async with transaction():
        case = await locked_case(tenant_id=sight.tenant_id, number=asked(which.number))
        order = await WorkOrder.get(tenant_id=case.tenant_id, id=case.order_id)
        covers = sight.covers(case.tenant_id, case.jurisdiction)
        if not covers or not sight.takes(order.kinds, order.handler_id):
            raise NotFound("reward")
        if which.seen is not None and which.seen != case.version:
            raise Stale(which.seen, case.version)
        async with _kept(case, step, by, now) as change:
            yield change


@asynccontextmanager
async def own_transition(
    case: RewardCase, step: Step, by: Actor, now: datetime
) -> AsyncIterator[RewardChange]:
    """The same by the service, or by the reporter who was proved to be the one."""
    check_may(step, by)
    async with (
        transaction(),
        _kept(await locked_case(tenant_id=case.tenant_id, id=case.id), step, by, now) as change,
    ):
        yield change


async def locked_case(**which: Any) -> RewardCase:
    """Whoever else would move it waits. NotFound."""
    case = await RewardCase.filter(**which).select_for_update(no_key=True).first()
    if case is None:
        raise NotFound("reward")
    return case


@asynccontextmanager
async def _kept(
    case: RewardCase, step: Step, by: Actor, now: datetime
) -> AsyncIterator[RewardChange]:
    change = RewardChange(case, by, now, next_reward_stage(RewardStage(case.stage), step))
    yield change
    case.version += 1
    case.stage = change.stage.value
    await put(case)
    await record(change, step)


async def record(change: RewardChange, step: Step) -> None:
    """Its event: sums and reasons, nothing of the reporter."""
    chain = Chain(change.case.tenant_id, Aggregate.REWARD, change.case.id)
    happening = Happening(step, change.stage.value, change.by, change.now)
    await append(chain, happening, {"case": change.case.number, **change.detail})
