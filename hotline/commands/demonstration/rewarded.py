"""奖励台 of the demonstration: a year's budget, and of every kind of case a few."""

from itertools import cycle
from typing import Final

from hotline.commands.demonstration.scene import Scene
from hotline.records import RewardCase
from hotline.rules.payee import Payee, Way
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Role
from hotline.steps.approve_reward import approve
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.fund_rewards import fund
from hotline.steps.propose_reward import Established, propose
from hotline.steps.prove_claim import Claimant
from hotline.steps.refuse_reward import refuse
from hotline.steps.review_reward import review
from hotline.steps.reward_case import Asked
from hotline.steps.tell_reward import tell

BUDGET_FEN: Final = 20_000_000
GENERAL: Final = Established(tier="一般")
SERIOUS: Final = Established(tier="较重", sum_fen=60_000, reason="线索具体，配合现场指认（虚构）")
ALREADY_KNOWN: Final = "举报前执法部门已立案（虚构）"
IN_CASH: Final = Payee(pickup="482913")
# how far each case has come; "": as the service opened it, with what is missing
WAYS: Final = ("claimed", "reviewed", "", "approved", "proposed", "refused")


async def lay_out_rewards(scene: Scene) -> None:
    """By the people of the reward desk, each step by its own hand."""
    approver, now = await scene.cast.of(Role.APPROVER), scene.now
    await fund(now.year, BUDGET_FEN, by=approver, now=now)
    blocked = RewardCase.filter(stage=RewardStage.BLOCKED.value, missing=["tier"])
    said = cycle((GENERAL, SERIOUS))
    for case, way in zip(await blocked.order_by("opened_at"), cycle(WAYS), strict=False):
        if way == "refused":
            await refuse(Asked(case.number), ALREADY_KNOWN, by=approver, now=now)
        elif way:
            await _brought(scene, Asked(case.number), way, next(said))


async def _brought(scene: Scene, which: Asked, way: str, said: Established) -> None:
    """As far as this."""
    now = scene.now
    await propose(which, said, by=await scene.cast.of(Role.REWARD), now=now)
    if way in ("reviewed", "approved", "claimed"):
        await review(which, by=await scene.cast.named("demo.reward2"), now=now)
    if way in ("approved", "claimed"):
        await approve(which, by=await scene.cast.of(Role.APPROVER), now=now)
    if way == "claimed":
        case = await RewardCase.get(tenant_id=scene.pack.tenant, number=which.number)
        await tell(case, now)
        notice = scene.pack.privacy_notice_version
        claimant = Claimant(case.tenant_id, case.request_id, "secret")
        await claim(claimant, Claim(Way.CASH, (IN_CASH,), notice), now)
