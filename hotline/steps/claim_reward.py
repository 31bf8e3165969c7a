"""奖励领取: whom to pay and how, sealed under a key of its own for the payer alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import RewardCase, RewardClaim, ServiceRequest, WorkOrder, new_id
from hotline.records.sealing import new_envelope
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payee import Payee, Way, payees_due, told
from hotline.rules.reward import UNTRUE
from hotline.rules.reward_scheme import scheme_called
from hotline.rules.terms import Step
from hotline.steps.first_asker import is_first
from hotline.steps.prove_claim import Claimant
from hotline.steps.reward_case import own_transition
from hotline.steps.reward_count import facts_in
from hotline.steps.vault import opened

PAYEES: Final = "reward.payees"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the claimant said; `notice`: the version of the privacy notice consented to."""

    way: Way
    payees: Sequence[Payee] = field(repr=False)
    notice: str = ""
    honour: str = "none"


async def claim(claimant: Claimant, ask: Claim, now: datetime) -> None:
    """NotFound when no reward is theirs; StepRefused when none can be claimed now."""
    case = await own_case(claimant)
    async with own_transition(case, Step.CLAIM_REWARD, claimant.actor, now) as change:
        await _check(change.case, now)
        await _check_payees(change.case, ask)
        change.case.claimed_at = now
        await _keep(change.case, claimant, ask, now)
        change.detail |= {"proof": claimant.proof, "way": ask.way.value, "payees": len(ask.payees)}


async def own_case(claimant: Claimant) -> RewardCase:
    """The newest of this report. NotFound."""
    cases = RewardCase.filter(tenant_id=claimant.tenant_id, request_id=claimant.request_id)
    case = await cases.order_by("-opened_at", "-id").first()
    if case is None:
        raise NotFound("reward")
    return case


async def _check(case: RewardCase, now: datetime) -> None:
    if case.claim_until is not None and now.astimezone(SHANGHAI).date() > case.claim_until:
        raise StepRefused("reward.too_late")
    await check_unchanged(case)


async def check_unchanged(case: RewardCase) -> None:
    """Reports may have been joined or parted, a penalty changed, since it was approved."""
    order = await WorkOrder.get(tenant_id=case.tenant_id, id=case.order_id)
    changed = order.finding is None or order.finding in UNTRUE  # 重办: what is true is open again
    if changed or case.recount_due or not await is_first(case):
        raise StepRefused("reward.being_recounted")


async def _check_payees(case: RewardCase, ask: Claim) -> None:
    """联名: as many as the scheme lets share the sum."""
    scheme = scheme_called((await packs()).pack(case.jurisdiction).rewards, case.scheme)
    request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
    _, key = await opened(request)
    joint = facts_in(case, key).joint_reporters
    if len(ask.payees) != payees_due(scheme.joint if scheme else "", joint):
        raise StepRefused("claim.payees")


async def _keep(case: RewardCase, claimant: Claimant, ask: Claim, now: datetime) -> None:
    claim_id = new_id()
    key = new_envelope(case.tenant_id, claim_id)
    held = json.dumps([told(payee) for payee in ask.payees], ensure_ascii=False)
    await RewardClaim.create(
        id=claim_id,
        tenant_id=case.tenant_id,
        case_id=case.id,
        proof=claimant.proof,
        way=ask.way.value,
        payees=len(ask.payees),
        kek_id=key.kek_id,
        wrapped_key=key.wrapped_key,
        sealed=key.seal(PAYEES, held.encode()),
        notice_version=ask.notice,
        honour=ask.honour,
        claimed_at=now,
    )
