"""公开照片: evidence is put forward with regions destroyed; another person clears or drops it.

Only what the department itself took may become public: where a reporter's own picture was taken
from would tell who stood there.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.errors import NotFound
from hotline.records import Attachment, Publication, PublicPhoto, files, new_id
from hotline.records.sealing import Envelope, new_envelope, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.attachments.blotting import Region, blotted, checked
from hotline.rules.terms import Step
from hotline.steps.desk import desk_transition
from hotline.steps.publications import PROPOSED, PUBLISHED, publication_at, record
from hotline.steps.transition import OrderChange, Target

INFECTED = "infected"


@dataclass(frozen=True, slots=True)
class Made:
    """A picture with regions destroyed, sealed in the store; nobody knows of it yet."""

    attachment_id: UUID
    envelope: Envelope
    stored: str
    regions: tuple[Region, ...]


async def show_photo(
    publication: tuple[str, str],
    attachment_id: UUID,
    regions: Sequence[Sequence[int]],
    *,
    by: Actor,
    now: datetime,
) -> int:
    """`publication`: its tenant and number. Anew in place of the same picture put forward before.

    Gives its place. StepRefused for a region outside the picture.
    """
    tenant, number = publication
    wanted = checked(regions)
    found = await publication_at(tenant, number, PROPOSED, PUBLISHED)
    source = await _evidence(found, attachment_id)
    envelope = new_envelope(tenant, new_id())
    stored = f"{tenant}/{envelope.subject}.public"
    made = await asyncio.to_thread(blotted, await _copy(source), wanted)
    await files.put(stored, envelope.seal("public", made))
    try:
        target = Target(tenant, found.order_id)
        async with desk_transition(target, Step.SHOW_PHOTO, by, now) as change:
            dropped = await drop_of(found, attachment_id, now)
            place = await _put(change, found, Made(attachment_id, envelope, stored, wanted))
            await record(change, found, Step.SHOW_PHOTO, {"place": place, "regions": len(wanted)})
    except BaseException:
        await files.delete(stored)
        raise
    await files.delete(*dropped)
    return place


async def _put(change: OrderChange, publication: Publication, made: Made) -> int:
    """Its row; gives its place among the publication's pictures."""
    tenant = publication.tenant_id
    place = await PublicPhoto.filter(tenant_id=tenant, publication_id=publication.id).count()
    await PublicPhoto.create(
        id=made.envelope.subject,
        tenant_id=tenant,
        publication_id=publication.id,
        attachment_id=made.attachment_id,
        place=place,
        kek_id=made.envelope.kek_id,
        wrapped_key=made.envelope.wrapped_key,
        stored=made.stored,
        regions=[list(one) for one in made.regions],
        stage="proposed",
        proposed_by=change.by.id,
        proposed_at=change.now,
    )
    return place


async def drop_of(publication: Publication, attachment_id: UUID, now: datetime) -> list[str]:
    """What was put forward of this picture before is gone: key, and the files to delete."""
    standing = PublicPhoto.filter(
        tenant_id=publication.tenant_id,
        publication_id=publication.id,
        attachment_id=attachment_id,
        stage__in=("proposed", "cleared"),
    )
    stored = [one.stored for one in await standing]
    await standing.update(stage="dropped", dropped_at=now, wrapped_key=None)
    return stored


async def _evidence(publication: Publication, attachment_id: UUID) -> Attachment:
    """A picture of the order itself that has a copy without hidden data."""
    found = await Attachment.get_or_none(
        tenant_id=publication.tenant_id,
        id=attachment_id,
        order_id=publication.order_id,
        removed_at__isnull=True,
    )
    if found is None or found.derivative is None or found.scan == INFECTED:
        raise NotFound("attachment")
    if not found.media_type.startswith("image/"):
        raise NotFound("attachment")
    return found


async def _copy(source: Attachment) -> bytes:
    envelope = open_envelope(source.tenant_id, source.id, source.kek_id, source.wrapped_key)
    return envelope.unseal("copy", await files.get(source.derivative or ""))
