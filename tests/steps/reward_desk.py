"""Rewards on their way. Every name and sum here is made up（虚构）."""

from hashlib import sha256
from typing import Any

from hotline.records import RewardCase, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.payee import Payee, Way
from hotline.rules.payout import Result
from hotline.rules.terms import Role, Step
from hotline.steps.approve_reward import approve
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.fund_rewards import fund
from hotline.steps.make_payout import make_payout
from hotline.steps.propose_reward import Established, propose
from hotline.steps.prove_claim import Claimant
from hotline.steps.review_reward import review
from hotline.steps.reward_case import Asked
from hotline.steps.settle_payout import Told, settle_payout
from hotline.steps.tell_reward import tell
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


PAYER = staff(Role.PAYER)
ACCOUNT = "6222021234567890123"
SOMEBODY = Payee(name="某某（虚构）", bank="某银行（虚构）", account=ACCOUNT)


async def told(said: Established = GENERAL, **given: Any) -> RewardCase:
    """A case whose reporter may claim."""
    case = await approved(said, **given)
    await tell(case, LATER)
    return await RewardCase.get(id=case.id)


async def claimed(said: Established = GENERAL, **given: Any) -> RewardCase:
    """A case that waits to be paid."""
    case = await told(said, **given)
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    return await RewardCase.get(id=case.id)


def claimant_of(case: RewardCase) -> Claimant:
    """Its reporter, proved."""
    return Claimant(case.tenant_id, case.request_id, "secret")


def results(*said: Result) -> Told:
    """A file that says this."""
    return Told(said, sha256(repr(said).encode()).digest())


async def paid(said: Established = GENERAL, **given: Any) -> RewardCase:
    """A case that was paid."""
    case = await claimed(said, **given)
    number = await make_payout(by=PAYER, now=LATER)
    await settle_payout(number, results(Result(1, "paid", LATER.date())), by=PAYER, now=LATER)
    return await RewardCase.get(id=case.id)
