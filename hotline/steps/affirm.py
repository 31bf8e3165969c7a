"""公开复核: a publisher has looked again at what is public, and it stands as it is."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Publication
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.public_terms import Ending
from hotline.steps.publications import PUBLISHED, doubt_ended, publication_at, record
from hotline.steps.transition import Target


async def affirm(tenant_id: str, number: str, why: str, *, by: Actor, now: datetime) -> None:
    """After a report or an order has left what was published; else it is retracted."""
    said = reason(why)
    publication = await publication_at(tenant_id, number, PUBLISHED)
    target = Target(tenant_id, publication.order_id)
    async with desk_transition(target, Step.AFFIRM, by, now) as change:
        publication = await publication_at(tenant_id, number, PUBLISHED)
        if publication.review_cause is None:
            raise StepRefused("affirm.nothing")
        if change.order.finding not in (None, publication.finding):
            raise StepRefused("affirm.other_finding")  # anybody would read what was not found
        await Publication.filter(tenant_id=tenant_id, id=publication.id).update(
            review_cause=None, review_at=None
        )
        await doubt_ended(publication, Ending("affirmed", by, now, said))
        await record(change, publication, Step.AFFIRM, {"reason": said})
