"""Rewards on their way. Every name and sum here is made up（虚构）."""

from typing import Any

from hotline.records import RewardCase, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step
from hotline.steps.approve_reward import approve
from hotline.steps.fund_rewards import fund
from hotline.steps.propose_reward import Established, propose
from hotline.steps.review_reward import review
from hotline.steps.reward_case import Asked
from tests.steps.desk import LATER, TENANT, dispatched, staff, until

PROPOSER, REVIEWER = staff(Role.REWARD), staff(Role.REWARD)
APPROVER = staff(Role.APPROVER)
GENERAL = Established(tier="一般")


async def answered(**given: Any) -> WorkOrder:
    """A matter found true, whose reporter asked for a reward."""
    return await until(Step.ANSWER, await dispatched(**{"wants_reward": True, **given}))


async def case_of(order: WorkOrder) -> RewardCase:
    """The case the service opened with the answer."""
    return await RewardCase.get(tenant_id=TENANT, order_id=order.id)


async def funded(yuan: int = 1000, by: Actor = APPROVER) -> None:
    """The year's budget."""
    await fund(LATER.year, yuan * 100, by=by, now=LATER)


async def reviewed(said: Established = GENERAL, **given: Any) -> RewardCase:
    """A case two people have dealt with."""
    case = await case_of(await answered(**given))
    await propose(Asked(case.number), said, by=PROPOSER, now=LATER)
    await review(Asked(case.number), by=REVIEWER, now=LATER)
    return await RewardCase.get(id=case.id)


async def approved(said: Established = GENERAL, **given: Any) -> RewardCase:
    """A case whose sum is set aside."""
    await funded()
    case = await reviewed(said, **given)
    await approve(Asked(case.number), by=APPROVER, now=LATER)
    return await RewardCase.get(id=case.id)
