"""公开照片审核: a second person has looked at the picture as the public would see it."""

from datetime import datetime

from hotline.errors import NotFound, StepRefused
from hotline.records import Publication, PublicPhoto
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.desk import desk_transition
from hotline.steps.publications import PROPOSED, PUBLISHED, publication_at, record
from hotline.steps.transition import Target


async def clear_photo(
    publication: tuple[str, str], place: int, *, by: Actor, now: datetime
) -> None:
    """Never by whoever put it forward. Public as soon as its publication is."""
    tenant, number = publication
    found = await publication_at(tenant, number, PROPOSED, PUBLISHED)
    target = Target(tenant, found.order_id)
    async with desk_transition(target, Step.CLEAR_PHOTO, by, now) as change:
        photo = await standing_photo(found, place)
        if by.is_one_of(photo.proposed_by):
            raise StepRefused("photo.own")
        if photo.stage != "proposed":
            raise StepRefused("photo.cleared_already")
        await PublicPhoto.filter(tenant_id=tenant, id=photo.id).update(
            stage="cleared", cleared_by=by.id, cleared_at=now
        )
        await record(change, found, Step.CLEAR_PHOTO, {"place": place})


async def standing_photo(publication: Publication, place: int) -> PublicPhoto:
    """NotFound for one that was dropped."""
    photo = await PublicPhoto.get_or_none(
        tenant_id=publication.tenant_id,
        publication_id=publication.id,
        place=place,
        stage__in=("proposed", "cleared"),
    )
    if photo is None:
        raise NotFound("photo")
    return photo
