"""退回预算: what was set aside and will not be paid, in the transaction at hand; once."""

from typing import Final

from hotline.errors import StepRefused
from hotline.records import PayoutLine, RewardCase, RewardClaim
from hotline.rules.reward_case import check_sum
from hotline.rules.reward_ledger import Account, Move
from hotline.rules.terms import Step
from hotline.steps.reward_case import RewardChange
from hotline.steps.reward_ledger import Book, Cause, post

GONE: Final = ("waiting", "paid")


async def give_back(change: RewardChange, step: Step) -> None:
    """Ends the case; whom to pay is forgotten. StepRefused while its file is out."""
    case = change.case
    await _check_here(case)
    fen = check_sum(case.sum_fen, (case.min_fen, case.max_fen))
    cause = Cause(case.id, step, change.by, change.now)
    await post(book_of(case), Move(Account.COMMITTED, Account.BUDGET, fen), cause)
    case.ended_at, case.recount_due = change.now, ""
    claims = RewardClaim.filter(tenant_id=case.tenant_id, case_id=case.id, ended_at__isnull=True)
    await claims.update(ended_at=change.now, wrapped_key=None, sealed=None, wiped_at=change.now)
    change.detail |= {"sum_fen": fen}


def book_of(case: RewardCase) -> Book:
    """The year it was approved in."""
    assert case.year is not None  # the database holds no approved case without
    return Book(case.tenant_id, case.jurisdiction, case.year)


async def _check_here(case: RewardCase) -> None:
    """What has left in a file may be paid at any moment: its result is waited for."""
    lines = PayoutLine.filter(tenant_id=case.tenant_id, case_id=case.id, state__in=GONE)
    if await lines.exists():
        raise StepRefused("reward.under_way")
