"""立奖励事项: by the service once a matter is answered, or by hand; for the first that asked."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest, WorkOrder, new_id
from hotline.records.writing import add
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import check_may
from hotline.rules.numbering import asked
from hotline.rules.reward import UNTRUE, Facts
from hotline.rules.reward_facts import facts_of, of_matter, penalty_of
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import ActorKind, OrderStage, Step
from hotline.steps.first_asker import anybody_asked, first_asker, known_facts
from hotline.steps.numbers import fresh_number
from hotline.steps.reward_case import RewardChange, record
from hotline.steps.reward_count import Counting, count
from hotline.steps.transition import Target, locked_order
from hotline.steps.vault import opened

SERVICE: Final = Actor(ActorKind.SYSTEM, "reward")
ENDED: Final = ("refused", "waived", "lapsed", "revoked", "recovered")
MERGED_IN: Final = """
WITH RECURSIVE matter AS (SELECT $2::uuid AS id
  UNION SELECT o.id FROM work_order o JOIN matter m ON o.merged_into_id = m.id
  WHERE o.tenant_id = $1)
SELECT id FROM matter
"""
FINISHED: Final = frozenset({OrderStage.ANSWERED, OrderStage.CLOSED, OrderStage.CLOSED_INTERIM})


async def open_due(order: WorkOrder, now: datetime) -> None:
    """With the answer, inside its transaction; none for what is untrue or nobody asked for."""
    if order.finding is None or order.finding in UNTRUE or order.historical:
        return
    if await anybody_asked(order) and not await _standing(order):
        await _opened(order, SERVICE, now)


async def open_by_hand(order_number: str, *, by: Actor, now: datetime) -> str:
    """By a reward officer; the number of the case. NotFound, StepRefused."""
    check_may(Step.PROPOSE_REWARD, by)
    sight = await sight_of(by)
    async with transaction():
        found = await WorkOrder.get_or_none(
            tenant_id=sight.tenant_id, number=asked(order_number)
        ).only("id", "jurisdiction")
        if found is None or not sight.covers(sight.tenant_id, found.jurisdiction):
            raise NotFound("order")
        order = await locked_order(Target(sight.tenant_id, found.id))
        if OrderStage(order.stage) not in FINISHED:
            raise StepRefused("reward.not_answered")
        if await _standing(order):
            raise StepRefused("reward.already")
        case = await _opened(order, by, now)
    if case is None:
        raise StepRefused("reward.nobody_asked")
    return str(case.number)


async def open_anew(before: RewardCase, now: datetime) -> None:
    """After a revocation: what is still due by what has changed, for whoever is first now."""
    order = await WorkOrder.get(tenant_id=before.tenant_id, id=before.order_id)
    changed = before.facts.get("changed") or {}
    if order.finding is None or order.finding in UNTRUE or changed.get("due_fen") == 0:
        return
    told = facts_of(before.facts, {})
    if changed:
        told = replace(told, penalty=penalty_of(changed))
    await _opened(order, SERVICE, now, told)


async def _standing(order: WorkOrder) -> bool:
    """One that goes on, or of whose sum something was kept."""
    return any(
        case.stage not in ENDED or kept_fen(case)
        for case in await cases_of_matter(order.tenant_id, order.id)
    )


async def cases_of_matter(tenant_id: str, order_id: UUID) -> list[RewardCase]:
    """Of the order and of whatever was merged into it: one matter is rewarded once."""
    orders = [one["id"] for one in await rows(MERGED_IN, tenant_id, order_id)]
    return await RewardCase.filter(tenant_id=tenant_id, order_id__in=orders)


def kept_fen(case: RewardCase) -> int:
    """What was paid and not demanded back."""
    return (case.sum_fen or 0) - (case.recover_fen or 0) if case.paid_at else 0


async def _opened(
    order: WorkOrder, by: Actor, now: datetime, told: Facts | None = None
) -> RewardCase | None:
    request = await first_asker(order.tenant_id, order.id)
    if request is None:
        return None
    pack = (await packs()).pack(order.jurisdiction)
    case = fresh_case(order, request, pack, now)
    try:
        _, key = await opened(request)
    except StepRefused:  # the reporter's data was erased: there is nobody to reward
        return None
    known = await known_facts(order, request)
    facts = known if told is None else of_matter(told, known)
    count(case, Counting(facts, {}, pack.rewards, key))
    case.proposed_by, case.proposed_at = by.id, now
    await add(case)
    change = RewardChange(case, by, now, RewardStage(case.stage))
    change.detail |= {"order": order.number, "scheme": case.scheme, "missing": case.missing}
    await record(change, Step.PROPOSE_REWARD)
    return case


def fresh_case(order: WorkOrder, request: ServiceRequest, pack: Pack, now: datetime) -> RewardCase:
    """One not counted yet, not written yet."""
    return RewardCase(
        id=new_id(),
        tenant_id=order.tenant_id,
        jurisdiction=order.jurisdiction,
        number=fresh_number(f"{pack.prefix}R", now),
        order_id=order.id,
        request_id=request.id,
        stage=RewardStage.BLOCKED.value,
        reported_on=request.registered_at.astimezone(SHANGHAI).date(),
        scheme="",
        policy_version=pack.versions.get("reward"),
        opened_at=now,
    )
