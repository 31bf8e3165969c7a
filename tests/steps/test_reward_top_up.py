"""补发: a penalty that grew after payment; everybody and every sum is made up（虚构）."""

from json import dumps

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.own_reward import own_reward
from hotline.records import RewardCase
from hotline.rules.payee import Way
from hotline.rules.payout import Result
from hotline.rules.reward import Penalty
from hotline.rules.reward_ledger import Account
from hotline.steps.approve_reward import approve
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.claw_back import claw_back
from hotline.steps.make_payout import make_payout
from hotline.steps.recount_reward import Changed, penalty_changed
from hotline.steps.review_reward import review
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked
from hotline.steps.settle_payout import settle_payout
from hotline.steps.tell_reward import tell
from tests.steps.desk import LATER, refused
from tests.steps.reward_desk import (
    APPROVER,
    PAYER,
    PROPOSER,
    REVIEWER,
    SOMEBODY,
    claimant_of,
    paid,
    results,
)
from tests.steps.test_reward_changes import WHY, stands


async def grade(case: RewardCase, tier: str) -> None:
    """Guizhou's sums hang on the grade: 一般 100 yuan, 较重 200 and more."""
    await rows("UPDATE reward_case SET facts = facts || $1::jsonb", dumps({"tier": tier}))
    said = Changed(Penalty(500, LATER.date()), WHY)
    await penalty_changed(Asked(case.number), said, by=PROPOSER, now=LATER)


async def agreed(number: str) -> None:
    await review(Asked(number), by=REVIEWER, now=LATER)
    await approve(Asked(number), by=APPROVER, now=LATER)


async def test_the_difference_alone_goes_through_the_same_hands_and_budget(db: Services) -> None:
    case = await paid()
    await grade(case, "较重")
    more = await RewardCase.get(tops_up_id=case.id)
    assert (more.stage, more.sum_fen, more.already_fen) == ("proposed", 10_000, 10_000)
    assert (await RewardCase.get(id=case.id)).recount_due == ""
    with refused("reward.change_at_first"):
        await penalty_changed(Asked(more.number), Changed(None, WHY), by=PROPOSER, now=LATER)
    with refused("reward.same_person"):
        await review(Asked(more.number), by=PROPOSER, now=LATER)
    await agreed(more.number)
    assert (await stands())[Account.COMMITTED] == 10_000

    await tell(more, LATER)
    await claim(claimant_of(more), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    number = await make_payout(by=PAYER, now=LATER)
    await settle_payout(number, results(Result(1, "paid", LATER.date())), by=PAYER, now=LATER)
    assert (await stands())[Account.PAID] == 20_000
    await grade(case, "较重")
    assert await RewardCase.filter(tops_up_id=case.id).count() == 1  # nothing new, nothing more


async def test_what_waits_follows_the_next_change_and_what_was_paid_is_demanded_back(
    db: Services,
) -> None:
    case = await paid()
    await grade(case, "较重")
    more = await RewardCase.get(tops_up_id=case.id)
    await grade(case, "一般")  # nobody had approved: counted anew at once, nothing beside is due
    assert (await RewardCase.get(id=more.id)).sum_fen == 0
    await grade(case, "较重")
    await agreed(more.number)
    await grade(case, "一般")  # approved: it waits for an approver's word, and falls away
    assert (await RewardCase.get(id=more.id)).recount_due == "penalty"
    await revoke(Asked(more.number), WHY, by=APPROVER, now=LATER)
    assert (await stands())[Account.COMMITTED] == 0
    assert not await RewardCase.filter(tops_up_id=case.id, stage="proposed").exists()

    await grade(case, "较重")
    again = await RewardCase.get(tops_up_id=case.id, stage="proposed")
    await agreed(again.number)
    await tell(again, LATER)
    await claim(claimant_of(again), Claim(Way.BANK, (SOMEBODY,), "1"), LATER)
    number = await make_payout(by=PAYER, now=LATER)
    await settle_payout(number, results(Result(1, "paid", LATER.date())), by=PAYER, now=LATER)
    await grade(case, "一般")
    assert (await RewardCase.get(id=case.id)).recount_due == ""  # the last entry comes off first
    await claw_back(Asked(again.number), WHY, by=APPROVER, now=LATER)
    assert (await stands())[Account.RECEIVABLE] == 10_000
    own = await own_reward(again.tenant_id, again.request_id, LATER)
    assert own.recover_fen == 10_000  # whichever entry it is demanded back of
