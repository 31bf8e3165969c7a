"""发放批次 under its lock, for whoever may see it."""

from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import PayoutBatch
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked


async def locked_batch(number: str, by: Actor) -> PayoutBatch:
    """Inside a transaction. NotFound."""
    sight = await sight_of(by)
    found = PayoutBatch.filter(tenant_id=sight.tenant_id, number=asked(number))
    batch = await found.select_for_update(no_key=True).first()
    if batch is None or not sight.covers(batch.tenant_id, batch.jurisdiction):
        raise NotFound("payout")
    return batch
