"""奖励撤销: the penalty was changed or annulled before payment; the sum goes back to the budget."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.reward_case import check_sum
from hotline.rules.reward_ledger import Account, Move
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.reward_ledger import Book, Cause, post


async def revoke(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """What is still due is counted in a new case. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.REVOKE_REWARD, by, now) as change:
        case = change.case
        fen = check_sum(case.sum_fen, (case.min_fen, case.max_fen))
        assert case.year is not None  # the database holds no approved case without
        book = Book(case.tenant_id, case.jurisdiction, case.year)
        cause = Cause(case.id, Step.REVOKE_REWARD, by, now)
        await post(book, Move(Account.COMMITTED, Account.BUDGET, fen), cause)
        case.end_reason, case.ended_at = reason(why)[:400], now
        change.detail |= {"reason": case.end_reason, "sum_fen": fen}
