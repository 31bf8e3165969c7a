"""奖励提出: an officer establishes the facts; the scheme of the day of the report counts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.reward import Facts, Penalty
from hotline.rules.reward_case import check_sum
from hotline.rules.terms import RewardStage, Step
from hotline.rules.wording import plain, reason
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.reward_count import Counting, count, facts_in
from hotline.steps.vault import opened

LONGEST_NUMBER = 80
PAID_ALREADY = ("approved", "told", "claimed", "paid")


@dataclass(frozen=True, slots=True)
class Established:
    """核定的事实 from the form. None: nothing new is said about the reporter."""

    tier: str = ""
    kind: str = ""
    penalty_number: str = ""
    penalty: Penalty | None = None
    criminal_transfer: bool = False
    statutory_max_fen: int | None = None
    campaign: str = ""
    first_public_at: date | None = None
    insider: bool | None = field(default=None, repr=False)
    sum_fen: int | None = None
    reason: str = ""


async def propose(which: Asked, said: Established, *, by: Actor, now: datetime) -> RewardStage:
    """Whoever proposes last is the proposer; a review before it no longer counts."""
    async with reward_transition(which, Step.PROPOSE_REWARD, by, now) as change:
        case = change.case
        request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
        _, key = await opened(request)
        pack = (await packs()).pack(case.jurisdiction)
        facts = _facts(facts_in(case, key), said, earlier=await _earlier(case))
        beside = {"penalty_number": plain(said.penalty_number)[:LONGEST_NUMBER]}
        count(case, Counting(facts, beside, pack.rewards, key, said.sum_fen))
        case.policy_version = pack.versions.get("reward")
        case.reason = _reason(case, said.reason)
        case.proposed_by, case.proposed_at = by.id, now
        case.reviewed_by = case.reviewed_at = None
        change.stage = RewardStage(case.stage)
        change.detail |= {"scheme": case.scheme, "missing": case.missing, "sum_fen": case.sum_fen}
    return change.stage


def _facts(known: Facts, said: Established, *, earlier: bool) -> Facts:
    return replace(
        known,
        kind=plain(said.kind),
        tier=plain(said.tier),
        penalty=said.penalty,
        criminal_transfer=said.criminal_transfer,
        statutory_max_fen=said.statutory_max_fen,
        campaign=plain(said.campaign),
        first_public_at=said.first_public_at,
        earlier_rewarded=earlier,
        insider=known.insider if said.insider is None else said.insider,
    )


async def _earlier(case: RewardCase) -> bool:
    """Whether somebody else of the same order has been rewarded; a re-offence is another order."""
    others = RewardCase.filter(
        tenant_id=case.tenant_id, order_id=case.order_id, stage__in=PAID_ALREADY
    )
    return await others.exclude(id=case.id).exists()


def _reason(case: RewardCase, said: str) -> str:
    """Within a range the choice is explained."""
    if case.sum_fen is None or case.min_fen == case.max_fen:
        return ""
    check_sum(case.sum_fen, (case.min_fen, case.max_fen))
    return reason(said)[:400]
