"""公开照片: what publishers could show and have cleared; what anybody may see."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.lookups.attachment import AttachmentView
from hotline.policy.sight import sight_of
from hotline.records import files
from hotline.records.own_kinds import order_kinds
from hotline.records.sealing import open_envelope
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked

PUBLICATION: Final = """
SELECT p.tenant_id, p.id, p.number, p.title, p.stage, p.jurisdiction, p.order_id,
  o.number AS order_number
FROM publication p JOIN work_order o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
WHERE p.tenant_id = $1 AND p.number = $2 AND p.stage IN ('proposed', 'published'){own}
"""
STANDING: Final = """
SELECT place, attachment_id, stage, regions, proposed_by, cleared_by FROM public_photo
WHERE tenant_id = $1 AND publication_id = $2 AND stage <> 'dropped' ORDER BY place
"""
ONE: Final = """
SELECT h.id, h.kek_id, h.wrapped_key, h.stored FROM public_photo h
JOIN publication p ON p.tenant_id = h.tenant_id AND p.id = h.publication_id
WHERE p.tenant_id = $1 AND p.number = $2 AND h.place = $3 AND h.stage <> 'dropped'
  AND ($4 OR (h.stage = 'cleared' AND p.stage = 'published'))
"""
PLACES: Final = """
SELECT h.place FROM public_photo h
JOIN publication p ON p.tenant_id = h.tenant_id AND p.id = h.publication_id
WHERE p.tenant_id = $1 AND p.number = $2 AND p.stage = 'published' AND h.stage = 'cleared'
ORDER BY h.place
"""


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of the order's evidence. `place`: its number once put forward."""

    view: AttachmentView
    place: int | None
    stage: str  # "" before it is put forward
    regions: int
    own: bool  # the reader put it forward and so may not clear it


@dataclass(frozen=True, slots=True)
class PhotoDesk:
    """One publication's pictures, as its publishers see them."""

    tenant_id: str
    number: str
    title: str
    order: str
    photos: tuple[Photo, ...]


async def photo_desk(by: Actor, number: str) -> PhotoDesk:
    """NotFound beyond the reader's sight."""
    sight = await sight_of(by)
    sql = PUBLICATION.format(own=order_kinds(sight))
    found = await row(sql, sight.tenant_id, asked(number))
    if found is None or not sight.covers(found["tenant_id"], found["jurisdiction"]):
        raise NotFound("publication")
    standing = {
        one["attachment_id"]: one for one in await rows(STANDING, found["tenant_id"], found["id"])
    }
    views = await attachment.of_order(found["tenant_id"], found["order_id"])
    shown = tuple(
        _photo(view, standing.get(view.id), by)
        for view in views
        if view.kind == "picture" and view.is_free and not view.is_infected
    )
    return PhotoDesk(
        found["tenant_id"], found["number"], found["title"], found["order_number"], shown
    )


async def places(tenant_id: str, number: str) -> tuple[int, ...]:
    """Which pictures of a publication anybody may see."""
    return tuple(one["place"] for one in await rows(PLACES, tenant_id, number))


async def public_copy(tenant_id: str, number: str, place: int, *, inside: bool = False) -> bytes:
    """The picture as the public sees it; `inside`: before it is public. NotFound otherwise."""
    found = await row(ONE, tenant_id, number, place, inside)
    if found is None:
        raise NotFound("photo")
    photo: UUID = found["id"]
    envelope = open_envelope(tenant_id, photo, found["kek_id"], found["wrapped_key"])
    return envelope.unseal("public", await files.get(found["stored"]))


def _photo(view: AttachmentView, stands: dict[str, Any] | None, by: Actor) -> Photo:
    if stands is None:
        return Photo(view, None, "", 0, own=False)
    own = by.is_one_of(stands["proposed_by"])
    regions = stands["regions"]
    count = len(regions) if isinstance(regions, list) else regions.count("],[") + 1
    return Photo(view, stands["place"], stands["stage"], 0 if regions == "[]" else count, own)
