"""奖励领取: whom to pay and how, sealed under a key of its own for the payer alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.errors import NotFound, StepRefused
from hotline.records import RewardCase, RewardClaim, new_id
from hotline.records.sealing import new_envelope
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payee import Payee, Way, told
from hotline.rules.terms import Step
from hotline.steps.first_asker import first_asker
from hotline.steps.prove_claim import Claimant
from hotline.steps.reward_case import own_transition

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
    case = await _case(claimant)
    async with own_transition(case, Step.CLAIM_REWARD, claimant.actor, now) as change:
        await _check(change.case, now)
        change.case.claimed_at = now
        await _keep(change.case, claimant, ask, now)
        change.detail |= {"proof": claimant.proof, "way": ask.way.value, "payees": len(ask.payees)}


async def _case(claimant: Claimant) -> RewardCase:
    cases = RewardCase.filter(tenant_id=claimant.tenant_id, request_id=claimant.request_id)
    case = await cases.order_by("-opened_at").first()
    if case is None:
        raise NotFound("reward")
    return case


async def _check(case: RewardCase, now: datetime) -> None:
    """Reports may have been joined or parted, a penalty changed, since it was approved."""
    if case.claim_until is not None and now.astimezone(SHANGHAI).date() > case.claim_until:
        raise StepRefused("reward.too_late")
    first = await first_asker(case.tenant_id, case.order_id)
    if case.recount_due or first is None or first.id != case.request_id:
        raise StepRefused("reward.being_recounted")


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
