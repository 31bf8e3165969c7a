"""公开照片撤下: a picture put forward or public is gone, its key destroyed."""

from datetime import datetime

from hotline.records import files
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.clear_photo import standing_photo
from hotline.steps.desk import desk_transition
from hotline.steps.publications import PROPOSED, PUBLISHED, publication_at, record
from hotline.steps.show_photo import drop_of
from hotline.steps.transition import Target


async def drop_photo(publication: tuple[str, str], place: int, *, by: Actor, now: datetime) -> None:
    """By any publisher."""
    tenant, number = publication
    found = await publication_at(tenant, number, PROPOSED, PUBLISHED)
    target = Target(tenant, found.order_id)
    async with desk_transition(target, Step.DROP_PHOTO, by, now) as change:
        photo = await standing_photo(found, place)
        stored = await drop_of(found, photo.attachment_id, now)
        await record(change, found, Step.DROP_PHOTO, {"place": place})
    await files.delete(*stored)
