"""补发: a penalty that grew after the payment adds an entry for the difference alone.

It goes the way of every entry: reviewed and approved by others, out of the year's budget, told,
claimed and paid. An entry that still waits is counted anew instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest, WorkOrder
from hotline.records.writing import add
from hotline.rules.reward import Facts
from hotline.rules.reward_case import APPROVED, UNAPPROVED, due_again
from hotline.rules.reward_facts import penalty_of
from hotline.rules.reward_stage import RewardStage
from hotline.rules.reward_top_up import Entry, spread
from hotline.rules.terms import Step
from hotline.steps.open_reward import ENDED, fresh_case, kept_fen
from hotline.steps.reward_case import RewardChange, own_transition, record
from hotline.steps.reward_count import Counting, count, facts_in
from hotline.steps.vault import is_erased, opened

PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of the whole matter now, by which facts, and why."""

    facts: Facts
    fen: int | None
    told: Mapping[str, Any]
    why: str


async def total_due(first: RewardCase, facts: Facts) -> int | None:
    """Within a range what stands, as far as it still may; None: something is missing."""
    schemes = (await packs()).pack(first.jurisdiction).rewards
    stands = sum(_entry(case).fen for case in [first, *await _beside(first)])
    return due_again(schemes, facts, first.reported_on, stands=stands)


async def spread_due(change: RewardChange, due: Due) -> None:
    """Over the first entry, which the change is of, and those that top it up."""
    first, beside = change.case, await _beside(change.case)
    if due.fen is None:
        return mark(first, {**due.told, "due_fen": None})
    found = spread([_entry(case) for case in (first, *beside)], due.fen)
    mark(first, {**due.told, "due_fen": found.shares[0]})
    before = found.shares[0]
    for case, share in zip(beside, found.shares[1:], strict=True):
        await _spread_to(case, share, before, due, change)
        before += share
    if found.more_fen:
        change.detail["top_up"] = await _topped_up(change, due, found.more_fen, before)


async def top_up_anew(before: RewardCase, change: RewardChange) -> None:
    """One that was revoked before payment: what is still due beside the first, if anything."""
    first = await RewardCase.get(tenant_id=before.tenant_id, id=before.tops_up_id)
    changed = first.facts.get("changed") or {}
    if first.recount_due or not changed:
        return
    _, key = await opened(await _request(first))
    facts = replace(facts_in(first, key), penalty=penalty_of(changed))
    due = Due(facts, await total_due(first, facts), changed, str(changed.get("why", "")))
    found = spread([_entry(case) for case in (first, *await _beside(first))], due.fen or 0)
    if found.more_fen:
        beside = RewardChange(first, change.by, change.now, RewardStage(first.stage))
        await _topped_up(beside, due, found.more_fen, sum(found.shares))


def mark(case: RewardCase, changed: Mapping[str, Any]) -> None:
    """What an approver decides on; nothing once something was demanded back of it."""
    case.facts = {**case.facts, "changed": dict(changed)}
    if RewardStage(case.stage) in APPROVED and case.recount_due in ("", PENALTY):
        case.recount_due = "" if changed["due_fen"] == case.sum_fen else PENALTY


async def _beside(first: RewardCase) -> list[RewardCase]:
    """Those that top it up, the oldest first; what ended unpaid is none any longer."""
    found = RewardCase.filter(tenant_id=first.tenant_id, tops_up_id=first.id).order_by("opened_at")
    return [case for case in await found if case.stage not in ENDED or kept_fen(case)]


def _entry(case: RewardCase) -> Entry:
    if case.paid_at is None:
        return Entry(case.sum_fen or 0, is_paid=False)
    return Entry(kept_fen(case), is_over=case.recover_fen is not None)


async def _spread_to(
    case: RewardCase, share: int, before: int, due: Due, change: RewardChange
) -> None:
    async with own_transition(case, Step.RECOUNT_REWARD, change.by, change.now) as one:
        held = one.case
        one.detail |= {"why": due.why, "due_fen": share, "sum_fen": held.sum_fen}
        if one.stage not in UNAPPROVED:
            return mark(held, {**due.told, "due_fen": share})
        held.already_fen = before
        await _count(held, due, share)
        held.proposed_by, held.proposed_at = change.by.id, change.now
        held.reviewed_by = held.reviewed_at = None
        one.stage = RewardStage(held.stage)


async def _topped_up(change: RewardChange, due: Due, fen: int, already: int) -> str:
    """The number of the new entry, "" when the reporter's data was erased."""
    first = change.case
    request = await _request(first)
    if await is_erased(request):
        return ""
    pack = (await packs()).pack(first.jurisdiction)
    order = await WorkOrder.get(tenant_id=first.tenant_id, id=first.order_id)
    case = fresh_case(order, request, pack, change.now)
    case.tops_up_id, case.already_fen = first.id, already
    await _count(case, due, fen)
    case.proposed_by, case.proposed_at = change.by.id, change.now
    await add(case)
    opened_now = RewardChange(case, change.by, change.now, RewardStage(case.stage))
    opened_now.detail |= {"tops_up": first.number, "already_fen": already, "sum_fen": fen}
    await record(opened_now, Step.PROPOSE_REWARD)
    return str(case.number)


async def _count(case: RewardCase, due: Due, fen: int) -> None:
    _, key = await opened(await _request(case))
    schemes = (await packs()).pack(case.jurisdiction).rewards
    count(case, Counting(due.facts, {}, schemes, key, fen or None))
    case.reason = due.why


async def _request(case: RewardCase) -> ServiceRequest:
    return await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
