"""撤回公开: a publication, or a proposal, is taken back with the reason; its number stays."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Publication
from hotline.rules.actor import Actor
from hotline.rules.redaction import leaks
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import plain, reason
from hotline.steps import public_versions
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.public_terms import Ending
from hotline.steps.publications import (
    FINISHED,
    PROPOSED,
    PUBLISHED,
    RETRACTED,
    doubt_ended,
    publication_at,
    record,
    result_formed,
)
from hotline.steps.transition import OrderChange, Target


async def retract(tenant_id: str, number: str, why: str, *, by: Actor, now: datetime) -> None:
    """By a publisher. Of what was public anybody is told the reason (行政处罚法 a48), no more."""
    said = reason(why)
    personal = leaks(plain(why))
    publication = await publication_at(tenant_id, number, PROPOSED, PUBLISHED)
    target = Target(tenant_id, publication.order_id)
    async with desk_transition(target, Step.RETRACT, by, now) as change:
        publication = await publication_at(tenant_id, number, PROPOSED, PUBLISHED)
        if publication.stage == PUBLISHED:
            if personal:  # whoever asks for the number reads the reason
                raise StepRefused("retract.personal", kinds=list(personal))
            await _take_down(change, publication, said)
        publication.stage = RETRACTED
        await Publication.filter(tenant_id=tenant_id, id=publication.id).update(
            stage=RETRACTED, retracted_at=now, retract_reason=said[:400]
        )
        await record(change, publication, Step.RETRACT, {"reason": said})


async def _take_down(change: OrderChange, publication: Publication, said: str) -> None:
    """What becomes public instead, or why nothing does, has its days again."""
    by, now = change.by, change.now
    await public_versions.gone(publication, by, now, said)
    await doubt_ended(publication, Ending("withdrawn", by, now, said))
    if OrderStage(change.order.stage) in FINISHED:
        await result_formed(change.order, await pack_of(change.order), Step.RETRACT, now)
