"""奖励重新核定: a penalty changed or annulled, another finding, another first reporter.

Before the approval the case is counted at once. Afterwards nothing is paid until an approver has
let it stand, revoked it or, once it was paid, demanded back what is not due (行政处罚法 art. 48).
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward import Facts, Penalty
from hotline.rules.reward_case import APPROVED, CHANGEABLE
from hotline.rules.reward_facts import facts_of, of_matter
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.first_asker import first_asker, known_facts
from hotline.steps.open_reward import SERVICE
from hotline.steps.reward_case import Asked, RewardChange, own_transition, reward_transition
from hotline.steps.reward_count import Counting, count, facts_in
from hotline.steps.top_up_reward import Due, spread_due, total_due
from hotline.steps.vault import is_erased, opened

AT_ONCE: Final = 200
OTHER_FIRST: Final = "首报人已变更，不再补发"
NOBODY_LEFT: Final = "首报人已拆出、撤回或删除个人信息，本工单内再无人申请奖励"
# cases whose order says otherwise now than they rest on, or were kept against: who was first, or
# what was found
CHANGED: Final = """
SELECT c.id, c.tenant_id FROM reward_case c
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
CROSS JOIN LATERAL (SELECT
  coalesce(c.facts #>> '{kept,finding}', c.facts ->> 'finding') AS finding,
  coalesce(c.facts #>> '{kept,first}', c.request_id::text) AS first) rests
WHERE c.stage IN ('blocked', 'proposed', 'reviewed', 'approved', 'told', 'claimed', 'paid')
  AND c.recount_due = ''
  AND (o.finding <> rests.finding
    OR o.finding IS NULL AND c.approved_at IS NULL AND rests.finding <> ''
    OR rests.first <> coalesce((
    SELECT r.id::text FROM membership m JOIN service_request r
      ON r.tenant_id = m.tenant_id AND r.id = m.request_id
    WHERE m.tenant_id = c.tenant_id AND m.order_id = c.order_id AND m.to_at IS NULL
      AND r.wants_reward AND r.stage <> 'withdrawn' ORDER BY r.registered_at, r.number LIMIT 1),
    ''))
LIMIT $1
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the penalty; None: annulled (撤销)."""

    penalty: Penalty | None
    why: str


async def look_again(now: datetime) -> int:
    """By the clock: every case that rests on what is no longer so; how many."""
    found = await rows(CHANGED, AT_ONCE)
    looked = 0
    for one in found:
        case = await RewardCase.get(tenant_id=one["tenant_id"], id=one["id"])
        with suppress(StepRefused):  # it was taken further this very moment: the next time
            await _looked_at(case, now)
            looked += 1
    return looked


async def penalty_changed(which: Asked, said: Changed, *, by: Actor, now: datetime) -> None:
    """By an officer, once it was approved. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.RECOUNT_REWARD, by, now) as change:
        case = change.case
        if case.tops_up_id:
            raise StepRefused("reward.change_at_first")
        if change.stage not in CHANGEABLE:
            raise StepRefused("reward.propose_instead")
        why = reason(said.why)[:400]
        request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
        _, key = await opened(request)
        facts = replace(facts_in(case, key), penalty=said.penalty or Penalty(0))
        due = Due(facts, await total_due(case, facts), _told(said, why), why)
        change.detail |= {"why": why, "due_fen": due.fen, "sum_fen": case.sum_fen}
        await spread_due(change, due)


def _told(said: Changed, why: str) -> dict[str, object]:
    penalty = said.penalty
    return {
        "fine_fen": penalty.fine_fen if penalty else 0,
        "on": penalty.on.isoformat() if penalty and penalty.on else None,
        "daily_fen": penalty.daily_fen if penalty else None,
        "annulled": penalty is None,
        "why": why,
    }


async def _looked_at(case: RewardCase, now: datetime) -> None:
    order = await WorkOrder.get(tenant_id=case.tenant_id, id=case.order_id)
    first = await first_asker(case.tenant_id, case.order_id)
    async with own_transition(case, Step.RECOUNT_REWARD, SERVICE, now) as change:
        held = change.case
        other = first is None or first.id != held.request_id
        change.detail |= {"why": "first" if other else "finding"}
        if change.stage in APPROVED:
            held.recount_due = "first" if other else "finding"
        elif first is None or await is_erased(first):
            change.stage, held.ended_at = RewardStage.REVOKED, now
            held.end_reason = NOBODY_LEFT
        elif other and held.tops_up_id:
            change.stage, held.ended_at = RewardStage.REVOKED, now
            held.end_reason = OTHER_FIRST
        else:
            await _counted(change, order, first)


async def _counted(change: RewardChange, order: WorkOrder, first: ServiceRequest) -> None:
    case = change.case
    _, key = await opened(first)
    facts = await _facts(case, order, first)
    case.request_id = first.id
    case.reported_on = first.registered_at.astimezone(SHANGHAI).date()
    beside = {name: case.facts[name] for name in ("penalty_number",) if case.facts.get(name)}
    count(case, Counting(facts, beside, (await packs()).pack(case.jurisdiction).rewards, key))
    case.reason, case.proposed_by, case.proposed_at = "", change.by.id, change.now
    case.reviewed_by = case.reviewed_at = None
    change.stage = RewardStage(case.stage)


async def _facts(case: RewardCase, order: WorkOrder, first: ServiceRequest) -> Facts:
    """What an officer established of the matter stays; what is the reporter's is the new one's."""
    known = of_matter(facts_of(case.facts, {}), await known_facts(order, first))
    if first.id != case.request_id:
        return known
    return replace(known, insider=facts_in(case, (await opened(first))[1]).insider)
