"""发放结果: what a finance office tells of a batch; the same told again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.records import (
    PayoutBatch,
    PayoutLine,
    PayoutResult,
    RewardCase,
    RewardClaim,
    ServiceRequest,
    new_id,
)
from hotline.records.payout_shares import shares_of
from hotline.records.writing import add, put
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import check_may
from hotline.rules.payout import (
    Result,
    Settled,
    conflicts,
    other_days,
    other_sums,
    to_renew,
    whole,
)
from hotline.rules.reward_case import check_apart, check_sum
from hotline.rules.reward_ledger import Account, Move
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.outbox import tell_reporter
from hotline.steps.payout_batch import locked_batch
from hotline.steps.reward_case import locked_case, own_transition
from hotline.steps.reward_ledger import Book, Cause, post
from hotline.steps.tell_reward import begin_term

MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A result file as it was read; `digest` knows the same file again."""

    results: Sequence[Result]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines were settled by it; `again`: the file had been taken before."""

    paid: int = 0
    failed: int = 0
    again: bool = False


async def settle_payout(number: str, told: Told, *, by: Actor, now: datetime) -> Taken:
    """All of the file or nothing of it. NotFound, StepRefused."""
    check_may(Step.SETTLE_PAYOUT, by)
    async with transaction():
        batch = await locked_batch(number, by)
        own = {"tenant_id": batch.tenant_id, "batch_id": batch.id}
        if await PayoutResult.filter(**own, digest=told.digest).exists():
            return Taken(again=True)
        lines = {line.place: line for line in await PayoutLine.filter(**own)}
        _check(batch, lines.values(), told, now)
        once = {one.place: one for one in told.results}.values()
        fresh = [one for one in once if lines[one.place].state == "waiting"]
        for one in fresh:
            await _settled(lines[one.place], one, by, now)
        for claim_id in dict.fromkeys(lines[one.place].claim_id for one in fresh):
            await _claim(batch.tenant_id, claim_id, by, now)
        taken = _counted(fresh)
        await _kept(batch, told, taken, by, now)
    return taken


def _check(batch: PayoutBatch, lines: Iterable[PayoutLine], told: Told, now: datetime) -> None:
    stands = [Settled(line.place, line.state, line.fen) for line in lines]
    made, today = (at.astimezone(SHANGHAI).date() for at in (batch.made_at, now))
    for key, wrong in (
        ("conflict", conflicts(stands, told.results)),
        ("other_sum", other_sums(stands, told.results)),
        ("other_day", other_days(told.results, made, today)),
    ):
        if wrong:
            places = "、".join(map(str, wrong[:MOST_NAMED]))
            raise StepRefused(f"payout.{key}", places=places, many=len(wrong))


async def _settled(line: PayoutLine, result: Result, by: Actor, now: datetime) -> None:
    line.state, line.paid_on = result.outcome, result.paid_on
    line.voucher, line.failure = result.voucher, result.failure
    line.settled_at, line.settled_by = now, by.id
    await put(line)


async def _claim(tenant_id: str, claim_id: UUID, by: Actor, now: datetime) -> None:
    """A claim is paid when every share is; one that failed as a whole is asked for anew, of joint
    shares those that failed."""
    claim = await RewardClaim.get(tenant_id=tenant_id, id=claim_id)
    case = await locked_case(tenant_id=tenant_id, id=claim.case_id)  # shares of two batches at once
    shares = await shares_of(tenant_id, claim_id)
    became = whole(one.state for one in shares)
    if became == "paid":
        await _paid(case, by, now)
        claim.ended_at = now
        await put(claim)
    elif became == "failed":
        await _failed(case, by, now)
        claim.ended_at = claim.wiped_at = now
        claim.wrapped_key = claim.sealed = None
        await put(claim)
    elif to_renew(shares):
        request = await ServiceRequest.get(tenant_id=tenant_id, id=case.request_id)
        await tell_reporter(request, "request.reward_failed", now)


async def _paid(case: RewardCase, by: Actor, now: datetime) -> None:
    async with own_transition(case, Step.PAY_REWARD, by, now) as change:
        held = change.case
        check_apart(by.id, (held.proposed_by, held.reviewed_by, held.approved_by))
        fen = check_sum(held.sum_fen, (held.min_fen, held.max_fen))
        assert held.year is not None  # the database holds no approved case without
        book = Book(held.tenant_id, held.jurisdiction, held.year)
        cause = Cause(held.id, Step.PAY_REWARD, by, now)
        await post(book, Move(Account.COMMITTED, Account.PAID, fen), cause)
        held.paid_by, held.paid_at = by.id, now
        change.detail |= {"sum_fen": fen}


async def _failed(case: RewardCase, by: Actor, now: datetime) -> None:
    async with own_transition(case, Step.FAIL_PAYOUT, by, now) as change:
        request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
        change.case.claimed_at = None
        await begin_term(change.case, now)  # claimed in time: the failure takes no day of it
        await tell_reporter(request, "request.reward_failed", now)


def _counted(results: Sequence[Result]) -> Taken:
    paid = sum(one.outcome == "paid" for one in results)
    return Taken(paid, len(results) - paid)


async def _kept(batch: PayoutBatch, told: Told, taken: Taken, by: Actor, now: datetime) -> None:
    own = {"tenant_id": batch.tenant_id, "batch_id": batch.id}
    if not await PayoutLine.filter(**own, state="waiting").exists():
        batch.settled_at = batch.settled_at or now
        await put(batch)
    done = {"paid": taken.paid, "failed": taken.failed}
    await add(PayoutResult(id=new_id(), **own, digest=told.digest, by=by.id, at=now, **done))
    chain = Chain(batch.tenant_id, Aggregate.REWARD, batch.id)
    happening = Happening(Step.SETTLE_PAYOUT, "settled", by, now)
    await append(chain, happening, {"batch": batch.number, **done})
