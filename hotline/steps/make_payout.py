"""发放批次: what was claimed and may be paid leaves in one file, nobody's share twice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows, transaction
from hotline.errors import StepRefused
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import PayoutBatch, PayoutLine, RewardCase, new_id
from hotline.records.payout_shares import GONE, shares_of
from hotline.records.writing import add
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.reward import shares
from hotline.rules.sight import Sight
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.first_asker import is_first
from hotline.steps.numbers import fresh_number

LOCK: Final = "SELECT pg_advisory_xact_lock($1::int, hashtext('payout'))"
MOST: Final = 500  # claims in one file
# $3: whoever proposed, reviewed or approved a case does not pay it
READY: Final = f"""
SELECT c.id, c.sum_fen, k.id AS claim_id, k.way, k.payees
FROM reward_case c JOIN reward_claim k ON k.tenant_id = c.tenant_id AND k.case_id = c.id
  AND k.ended_at IS NULL AND k.wrapped_key IS NOT NULL
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
  AND o.finding <> 'unfounded'
WHERE c.tenant_id = $1 AND c.jurisdiction = ANY($2) AND c.stage = 'claimed' AND c.recount_due = ''
  AND $3 NOT IN (c.proposed_by, c.reviewed_by, c.approved_by) AND c.sum_fen > {GONE}
ORDER BY k.claimed_at, k.id LIMIT $4
"""  # noqa: S608 (words of ours)


async def make_payout(*, by: Actor, now: datetime) -> str:
    """The batch's number. StepRefused when nothing waits."""
    check_may(Step.MAKE_PAYOUT, by)
    sight = await sight_of(by)
    async with transaction():
        await row(LOCK, int(sight.tenant_id))
        found = [line for case in await _ready(sight, by) for line in await _lines(case)]
        if not found:
            raise StepRefused("payout.nothing")
        batch = await _kept(found, by, now)
    return str(batch.number)


async def _ready(sight: Sight, by: Actor) -> list[dict[str, Any]]:
    """Those whose reporter is still the first: a join since the claim is looked at by a person."""
    found = await rows(READY, sight.tenant_id, sorted(sight.jurisdictions), by.id, MOST)
    ready = []
    for one in found:
        if await is_first(await RewardCase.get(tenant_id=sight.tenant_id, id=one["id"])):
            ready.append({**one, "tenant_id": sight.tenant_id})
    return ready


async def _lines(case: dict[str, Any]) -> list[PayoutLine]:
    """A line for each share that is neither paid nor on its way, nor failed and not yet renewed:
    what failed is not tried again where it failed."""
    stand = await shares_of(case["tenant_id"], case["claim_id"])
    gone = {one.payee for one in stand if not one.is_open}
    return [
        PayoutLine(
            id=new_id(),
            tenant_id=case["tenant_id"],
            case_id=case["id"],
            claim_id=case["claim_id"],
            payee=place,
            way=case["way"],
            fen=fen,
            state="waiting",
        )
        for place, fen in enumerate(shares(case["sum_fen"], case["payees"]))
        if place not in gone and fen
    ]


async def _kept(lines: Sequence[PayoutLine], by: Actor, now: datetime) -> PayoutBatch:
    pack = (await packs()).pack(by.jurisdiction)
    batch = PayoutBatch(
        id=new_id(),
        tenant_id=pack.tenant,
        jurisdiction=by.jurisdiction,
        number=fresh_number(f"{pack.prefix}P", now),
        made_by=by.id,
        made_at=now,
        lines=len(lines),
        total_fen=sum(line.fen for line in lines),
    )
    await add(batch)
    for place, line in enumerate(lines, start=1):
        line.batch_id, line.place = batch.id, place
    await add(*lines)
    told = {"batch": batch.number, "lines": batch.lines, "total_fen": batch.total_fen}
    chain = Chain(batch.tenant_id, Aggregate.REWARD, batch.id)
    await append(chain, Happening(Step.MAKE_PAYOUT, "made", by, now), told)
    return batch
