"""奖励追回: what was paid beyond what is due is demanded back, and later entered as it comes."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import RewardCase, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.reward_case import check_apart, to_recover
from hotline.rules.reward_ledger import Account, Move
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.first_asker import first_asker
from hotline.steps.give_back import book_of
from hotline.steps.revoke_reward import tell_of_change
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.reward_ledger import Cause, post
from hotline.steps.tell_reward import begin_term


async def claw_back(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """By another than the payer. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.CLAW_BACK, by, now) as change:
        case = change.case
        check_apart(by.id, (case.paid_by,))
        fen = to_recover(case.sum_fen or 0, _due(case))
        move = Move(Account.PAID, Account.RECEIVABLE, fen)
        await post(book_of(case), move, Cause(case.id, Step.CLAW_BACK, by, now))
        case.recover_fen, case.recount_due, case.ended_at = fen, "", now
        case.end_reason = reason(why)[:400]
        change.detail |= {"reason": case.end_reason, "recover_fen": fen}
        await tell_of_change(case, now)


async def recover(which: Asked, voucher: str, *, by: Actor, now: datetime) -> None:
    """It has come back. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.RECOVER_REWARD, by, now) as change:
        case = change.case
        if case.recover_fen is None:
            raise StepRefused("reward.nothing_to_recover")
        move = Move(Account.RECEIVABLE, Account.BUDGET, case.recover_fen)
        await post(book_of(case), move, Cause(case.id, Step.RECOVER_REWARD, by, now))
        case.recovered_at = now
        change.detail |= {"voucher": reason(voucher)[:100], "recover_fen": case.recover_fen}


async def keep(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """维持: it was counted again, and stands. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.KEEP_REWARD, by, now) as change:
        case = change.case
        if not case.recount_due:
            raise StepRefused("reward.not_recounted")
        change.detail |= {"reason": reason(why)[:400], "why": case.recount_due}
        case.facts = {**case.facts, "kept": await _stands(case)}
        case.recount_due = ""
        if change.stage is RewardStage.TOLD:  # nothing could be claimed while it was counted
            await begin_term(case, now)


async def _stands(case: RewardCase) -> dict[str, str]:
    """What it was kept against: whatever changes after that is looked at again."""
    order = await WorkOrder.get(tenant_id=case.tenant_id, id=case.order_id)
    first = await first_asker(case.tenant_id, case.order_id)
    return {
        "finding": order.finding or case.facts.get("finding") or "",
        "first": str(first.id) if first else "",
    }


def _due(case: RewardCase) -> int | None:
    """Nothing is due to whoever was not first, or for what was not true."""
    if case.recount_due == "penalty":
        due: int | None = case.facts["changed"]["due_fen"]
        return due
    return 0 if case.recount_due else None
