"""撤回公开: a publication, or a proposal, is taken back with the reason; its number stays."""

from datetime import datetime

from hotline.records import Publication
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.publications import PROPOSED, PUBLISHED, RETRACTED, publication_at, record
from hotline.steps.transition import Target


async def retract(tenant_id: str, number: str, why: str, *, by: Actor, now: datetime) -> None:
    """By a publisher. What was said before stays in the history, and is shown to nobody outside."""
    said = reason(why)
    publication = await publication_at(tenant_id, number, PROPOSED, PUBLISHED)
    target = Target(tenant_id, publication.order_id)
    async with desk_transition(target, Step.RETRACT, by, now) as change:
        publication = await publication_at(tenant_id, number, PROPOSED, PUBLISHED)
        publication.stage = RETRACTED
        await Publication.filter(tenant_id=tenant_id, id=publication.id).update(
            stage=RETRACTED, retracted_at=now, retract_reason=said[:400]
        )
        await record(change, publication, Step.RETRACT, {"reason": said})
