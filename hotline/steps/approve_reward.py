"""奖励审批: a third person approves; in the same transaction the sum is set aside, or neither."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import RewardCase
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward_case import check_apart, check_sum
from hotline.rules.reward_ledger import Account, Move, check_budget
from hotline.rules.terms import Step
from hotline.steps.first_asker import first_asker
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.reward_ledger import Book, Cause, locked_balances, post


async def approve(which: Asked, *, by: Actor, now: datetime) -> None:
    """From the budget of the year it is approved in. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.APPROVE_REWARD, by, now) as change:
        case = change.case
        check_apart(by.id, (case.proposed_by, case.reviewed_by))
        fen = check_sum(case.sum_fen, (case.min_fen, case.max_fen))
        await _check_first(case)
        book = Book(case.tenant_id, case.jurisdiction, now.astimezone(SHANGHAI).year)
        check_budget((await locked_balances(book))[Account.BUDGET], fen)
        cause = Cause(case.id, Step.APPROVE_REWARD, by, now)
        await post(book, Move(Account.BUDGET, Account.COMMITTED, fen), cause)
        case.approved_by, case.approved_at, case.year = by.id, now, book.year
        change.detail |= {"sum_fen": fen, "year": book.year}


async def _check_first(case: RewardCase) -> None:
    """Reports may have been joined or parted since: the first one then is counted anew."""
    first = await first_asker(case.tenant_id, case.order_id)
    if first is None or first.id != case.request_id:
        raise StepRefused("reward.other_first")
