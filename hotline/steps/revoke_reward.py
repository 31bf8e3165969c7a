"""奖励撤销: what it rests on was changed before payment; the sum goes back to the budget."""

from datetime import datetime
from typing import Final

from hotline.errors import StepRefused
from hotline.records import PayoutLine, RewardCase, RewardClaim, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.reward_case import check_sum
from hotline.rules.reward_ledger import Account, Move
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.outbox import tell_reporter
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.reward_ledger import Book, Cause, post

GONE: Final = ("waiting", "paid")


async def revoke(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """What is still due is counted in a new case. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.REVOKE_REWARD, by, now) as change:
        case = change.case
        await _check_here(case)
        fen = check_sum(case.sum_fen, (case.min_fen, case.max_fen))
        assert case.year is not None  # the database holds no approved case without
        book = Book(case.tenant_id, case.jurisdiction, case.year)
        cause = Cause(case.id, Step.REVOKE_REWARD, by, now)
        await post(book, Move(Account.COMMITTED, Account.BUDGET, fen), cause)
        case.end_reason, case.ended_at = reason(why)[:400], now
        await _correct(case, now)
        change.detail |= {"reason": case.end_reason, "sum_fen": fen}


async def _check_here(case: RewardCase) -> None:
    """What has left in a file may be paid at any moment: its result is waited for."""
    lines = PayoutLine.filter(tenant_id=case.tenant_id, case_id=case.id, state__in=GONE)
    if await lines.exists():
        raise StepRefused("reward.under_way")


async def _correct(case: RewardCase, now: datetime) -> None:
    """Who was told of it is told again; whom to pay is forgotten."""
    claims = RewardClaim.filter(tenant_id=case.tenant_id, case_id=case.id, ended_at__isnull=True)
    await claims.update(ended_at=now, wrapped_key=None, sealed=None, wiped_at=now)
    if case.told_at is not None:
        request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
        await tell_reporter(request, "request.reward_changed", now)
