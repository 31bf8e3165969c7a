"""附件: which files are there, what of each may be handed to whom. The original stays sealed."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from tortoise.expressions import Q

from hotline.errors import NotFound
from hotline.records import Attachment, files
from hotline.records.sealing import Envelope, open_envelope
from hotline.rules.attachments.found import Hint
from hotline.settings import keys

CLEAN: Final = "clean"
INFECTED: Final = "infected"
KINDS: Final = {"image": "picture", "audio": "recording", "video": "recording"}


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One file. `handle` names it outside the house; the id tells a time and stays inside.

    `hint` is what the file says of itself: for its sender, and, coarser, for the hotline's desk.
    """

    id: UUID
    handle: str
    name: str = field(repr=False)
    size: int
    width: int
    height: int
    media_type: str
    scan: str
    is_free: bool  # a copy without hidden data is there
    macros: bool
    pages: int
    seconds: float
    hint: Hint = field(repr=False)

    @property
    def kind(self) -> str:
        """picture | recording | document: how it is shown."""
        return KINDS.get(self.media_type.partition("/")[0], "document")

    @property
    def is_infected(self) -> bool:
        """隔离: handed to nobody."""
        return self.scan == INFECTED


async def of_draft(tenant_id: str, draft_id: UUID) -> list[AttachmentView]:
    """What is staged with a draft, in the order it came."""
    return await _views(tenant_id=tenant_id, draft_id=draft_id)


async def of_request(tenant_id: str, request_id: UUID) -> list[AttachmentView]:
    """What belongs to a 来件."""
    return await _views(tenant_id=tenant_id, request_id=request_id)


async def of_matter(
    tenant_id: str, order_id: UUID, request_ids: Sequence[UUID]
) -> dict[UUID, list[AttachmentView]]:
    """What belongs to a 工单 and to each of its 来件, asked at once."""
    found: dict[UUID, list[AttachmentView]] = {one: [] for one in (order_id, *request_ids)}
    theirs = Q(order_id=order_id) | Q(request_id__in=list(request_ids))
    held = Attachment.filter(theirs, tenant_id=tenant_id, removed_at__isnull=True)
    for row in await held.order_by("id"):
        if holder := row.order_id or row.request_id:
            found[holder].append(_view(row))
    return found


async def of_order(tenant_id: str, order_id: UUID) -> list[AttachmentView]:
    """现场材料: what its department put beside a 工单."""
    return await _views(tenant_id=tenant_id, order_id=order_id)


async def shown_copy(tenant_id: str, attachment_id: UUID) -> bytes:
    """The copy without hidden data, for a reader who was given the handle. NotFound if none."""
    found = await _stored(tenant_id, attachment_id)
    if found.derivative is None:
        raise NotFound("attachment")
    return _envelope(found).unseal("copy", await files.get(found.derivative))


async def original(tenant_id: str, attachment_id: UUID) -> bytes:
    """As it came: for whoever may see who reported."""
    found = await _stored(tenant_id, attachment_id)
    return _envelope(found).unseal("original", await files.get(found.stored))


def named(views: list[AttachmentView], handle: str) -> AttachmentView:
    """The file of a handle among those the reader may see."""
    for view in views:
        if hmac.compare_digest(view.handle, handle):
            return view
    raise NotFound("attachment")


async def _stored(tenant_id: str, attachment_id: UUID) -> Attachment:
    """NotFound for one that is gone, and for one in quarantine."""
    found = await Attachment.get_or_none(
        tenant_id=tenant_id, id=attachment_id, removed_at__isnull=True
    )
    if found is None or found.scan == INFECTED:
        raise NotFound("attachment")
    return found


async def _views(**where: Any) -> list[AttachmentView]:
    found = await Attachment.filter(**where, removed_at__isnull=True).order_by("id")
    return [_view(row) for row in found]


def _view(row: Attachment) -> AttachmentView:
    meta = json.loads(_envelope(row).unseal("meta", row.meta))
    return AttachmentView(
        id=row.id,
        handle=hmac.digest(keys().web, b"attachment" + row.id.bytes, "sha256").hex()[:20],
        name=meta["name"],
        size=row.size,
        width=row.width or 0,
        height=row.height or 0,
        media_type=row.media_type,
        scan=row.scan,
        is_free=row.derivative is not None,
        macros=bool(meta.get("macros")),
        pages=meta.get("pages") or 0,
        seconds=meta.get("seconds") or 0.0,
        hint=Hint(meta["taken_at"], meta.get("longitude"), meta.get("latitude")),
    )


def _envelope(row: Attachment) -> Envelope:
    return open_envelope(row.tenant_id, row.id, row.kek_id, row.wrapped_key)
