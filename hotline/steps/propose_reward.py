"""奖励提出: an officer establishes the facts; the scheme of the day of the report counts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from hotline.errors import StepRefused
from hotline.policy.labelled import labelled_scheme
from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest, WorkOrder
from hotline.records.sealing import Envelope
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward import Facts, Penalty
from hotline.rules.reward_case import check_sum
from hotline.rules.reward_scheme import scheme_for
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step
from hotline.rules.wording import plain, reason
from hotline.steps.first_asker import first_asker, known_facts
from hotline.steps.open_reward import cases_of_matter, kept_fen
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
    campaign_why: str = ""  # another scheme than the label of the order says
    first_public_at: date | None = None
    insider: bool | None = field(default=None, repr=False)
    sum_fen: int | None = None
    reason: str = ""


async def propose(which: Asked, said: Established, *, by: Actor, now: datetime) -> RewardStage:
    """Whoever proposes last is the proposer; a review before it no longer counts."""
    async with reward_transition(which, Step.PROPOSE_REWARD, by, now) as change:
        case = change.case
        request = await first_asker(case.tenant_id, case.order_id)
        if request is None:
            raise StepRefused("reward.nobody_asked")
        _, key = await opened(request)
        pack = (await packs()).pack(case.jurisdiction)
        known = await _known(case, request, key)
        facts = _facts(known, said, earlier=await _earlier(case))
        beside = {"penalty_number": plain(said.penalty_number)[:LONGEST_NUMBER]}
        beside["campaign_why"] = await _campaign_why(case, said)
        count(case, Counting(facts, beside, pack.rewards, key, said.sum_fen))
        case.policy_version = pack.versions.get("reward")
        case.reason = _reason(case, said.reason)
        case.proposed_by, case.proposed_at = by.id, now
        case.reviewed_by = case.reviewed_at = None
        change.stage = RewardStage(case.stage)
        change.detail |= {"scheme": case.scheme, "missing": case.missing, "sum_fen": case.sum_fen}
    return change.stage


async def _known(case: RewardCase, request: ServiceRequest, key: Envelope) -> Facts:
    """After a join or a parting somebody else may be first: the case is theirs from then on."""
    if request.id == case.request_id:
        return facts_in(case, key)
    if case.tops_up_id:  # the difference is due to whoever was paid, or to nobody
        raise StepRefused("reward.other_first")
    order = await WorkOrder.get(tenant_id=case.tenant_id, id=case.order_id)
    case.request_id = request.id
    case.reported_on = request.registered_at.astimezone(SHANGHAI).date()
    return await known_facts(order, request)


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


async def _campaign_why(case: RewardCase, said: Established) -> str:
    """专项: where an officer says otherwise than the order's label, why."""
    pack = (await packs()).pack(case.jurisdiction)
    labelled = await labelled_scheme(pack, case.order_id, case.reported_on)
    meant = scheme_for(pack.rewards, case.reported_on, plain(said.campaign))
    same = said.campaign == labelled or (meant is not None and meant.code == labelled)
    if not labelled or same:
        return ""
    if not plain(said.campaign_why):
        raise StepRefused("reward.campaign_why")
    return reason(said.campaign_why)[:400]


async def _earlier(case: RewardCase) -> bool:
    """Whether somebody of the same matter has been rewarded; a re-offence is another order."""
    cases = await cases_of_matter(case.tenant_id, case.order_id)
    first = case.tops_up_id or case.id  # 补发: an entry and what tops it up are one reward
    others = [other for other in cases if first not in (other.id, other.tops_up_id)]
    return any(other.stage in PAID_ALREADY or kept_fen(other) for other in others)


def _reason(case: RewardCase, said: str) -> str:
    """Within a range the choice is explained."""
    if case.sum_fen is None or case.min_fen == case.max_fen:
        return ""
    check_sum(case.sum_fen, (case.min_fen, case.max_fen))
    return reason(said)[:400]
