"""导出发放名单: once; whoever needs the file again says why, and it is on record each time."""

import json
from datetime import datetime

from hotline.database import transaction
from hotline.records import PayoutBatch, PayoutLine, RewardClaim
from hotline.records.sealing import open_envelope
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.payee import Payee, payee_in
from hotline.rules.payout import PayoutRow
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import reason
from hotline.steps.append import Chain, Happening, append
from hotline.steps.claim_reward import PAYEES
from hotline.steps.payout_batch import locked_batch


async def export_payout(
    number: str, why: str, *, by: Actor, now: datetime
) -> tuple[PayoutRow, ...]:
    """The lines with whom to pay. NotFound, StepRefused for a second time without a reason."""
    check_may(Step.EXPORT_PAYOUT, by)
    async with transaction():
        batch = await locked_batch(number, by)
        told = {"batch": batch.number, "time": batch.exports + 1}
        if batch.exports:
            told["reason"] = reason(why)
        batch.exports, batch.exported_at = batch.exports + 1, now
        await put(batch)
        chain = Chain(batch.tenant_id, Aggregate.REWARD, batch.id)
        await append(chain, Happening(Step.EXPORT_PAYOUT, "exported", by, now), told)
        lines = await _lines(batch)
    return lines


async def _lines(batch: PayoutBatch) -> tuple[PayoutRow, ...]:
    found = PayoutLine.filter(tenant_id=batch.tenant_id, batch_id=batch.id).order_by("place")
    return tuple(
        [PayoutRow(line.place, line.way, line.fen, await _payee(line)) for line in await found]
    )


async def _payee(line: PayoutLine) -> Payee:
    """Nobody, once it was wiped; nor for what failed: another account named since is another
    batch's, and the old file taken again must not pay it."""
    if line.state == "failed":
        return Payee()
    claim = await RewardClaim.get(tenant_id=line.tenant_id, id=line.claim_id)
    if claim.wrapped_key is None or claim.sealed is None:
        return Payee()
    key = open_envelope(claim.tenant_id, claim.id, claim.kek_id, claim.wrapped_key)
    return payee_in(json.loads(key.unseal(PAYEES, claim.sealed))[line.payee])
