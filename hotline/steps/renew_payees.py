"""更换收款信息: of joint shares those that failed, by whoever claimed; what was paid stays paid."""

import json
from collections.abc import Mapping
from datetime import datetime

from hotline.errors import NotFound, StepRefused
from hotline.records import PayoutLine, RewardCase, RewardClaim
from hotline.records.payout_shares import shares_of
from hotline.records.sealing import open_envelope
from hotline.records.writing import put
from hotline.rules.payee import Payee, Way, told
from hotline.rules.payout import to_renew
from hotline.rules.terms import Step
from hotline.steps.claim_reward import PAYEES, check_unchanged
from hotline.steps.prove_claim import Claimant
from hotline.steps.reward_case import own_transition


async def renew_payees(
    claimant: Claimant, way: Way, payees: Mapping[int, Payee], now: datetime
) -> None:
    """All that failed at once, paid the way that was claimed. NotFound, StepRefused."""
    case = await _claimed_case(claimant)
    async with own_transition(case, Step.RENEW_PAYEES, claimant.actor, now) as change:
        claim = await RewardClaim.get_or_none(
            tenant_id=case.tenant_id, case_id=case.id, ended_at__isnull=True
        )
        if claim is None or claim.wrapped_key is None or claim.sealed is None:
            raise NotFound("reward")
        await check_unchanged(change.case)
        failed = {one.payee for one in to_renew(await shares_of(case.tenant_id, claim.id))}
        if not failed or failed != set(payees) or way != claim.way:
            raise StepRefused("claim.shares")
        await _keep(claim, claim.wrapped_key, payees)
        lines = PayoutLine.filter(tenant_id=case.tenant_id, claim_id=claim.id, state="failed")
        await lines.filter(payee__in=failed, renewed_at__isnull=True).update(renewed_at=now)
        change.detail |= {"payees": len(failed)}


async def _claimed_case(claimant: Claimant) -> RewardCase:
    own = {"tenant_id": claimant.tenant_id, "request_id": claimant.request_id}
    case = await RewardCase.filter(**own, stage="claimed").order_by("-opened_at", "-id").first()
    if case is None:
        raise NotFound("reward")
    return case


async def _keep(claim: RewardClaim, wrapped: bytes, payees: Mapping[int, Payee]) -> None:
    """Where the failed ones stood; the account that failed is nowhere any more."""
    key = open_envelope(claim.tenant_id, claim.id, claim.kek_id, wrapped)
    held = json.loads(key.unseal(PAYEES, claim.sealed or b""))
    renewed = [told(payees[at]) if at in payees else one for at, one in enumerate(held)]
    claim.sealed = key.seal(PAYEES, json.dumps(renewed, ensure_ascii=False).encode())
    await put(claim)
