"""附件: which pictures are there, and the copy that may be shown. The original stays sealed."""

import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hotline.errors import NotFound
from hotline.records import Attachment, files
from hotline.records.sealing import Envelope, open_envelope
from hotline.settings import keys


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One picture. `handle` names it outside the house; the id tells a time and stays inside."""

    id: UUID
    handle: str
    name: str = field(repr=False)
    size: int
    width: int
    height: int
    media_type: str = ""

    @property
    def is_recording(self) -> bool:
        """Sound or film: kept as it came, without a copy."""
        return self.media_type.startswith(("audio/", "video/"))


async def of_draft(tenant_id: str, draft_id: UUID) -> list[AttachmentView]:
    """What is staged with a draft, in the order it came."""
    return await _views(tenant_id=tenant_id, draft_id=draft_id)


async def of_request(tenant_id: str, request_id: UUID) -> list[AttachmentView]:
    """What belongs to a 来件."""
    return await _views(tenant_id=tenant_id, request_id=request_id)


async def shown_copy(tenant_id: str, attachment_id: UUID) -> bytes:
    """The re-encoded copy (JPEG) of a picture that its reader was given the handle of."""
    found = await Attachment.get_or_none(
        tenant_id=tenant_id, id=attachment_id, removed_at__isnull=True
    )
    if found is None or found.derivative is None:
        raise NotFound("attachment")
    return _envelope(found).unseal("copy", await files.get(found.derivative))


async def recording(tenant_id: str, attachment_id: UUID) -> bytes:
    """A sound or film as it came, for staff who were given its handle."""
    found = await Attachment.get_or_none(
        tenant_id=tenant_id, id=attachment_id, removed_at__isnull=True
    )
    if found is None or found.derivative is not None:
        raise NotFound("attachment")
    return _envelope(found).unseal("original", await files.get(found.stored))


def named(views: list[AttachmentView], handle: str) -> AttachmentView:
    """The picture of a handle among those the reader may see."""
    for view in views:
        if hmac.compare_digest(view.handle, handle):
            return view
    raise NotFound("attachment")


async def _views(**where: Any) -> list[AttachmentView]:
    found = await Attachment.filter(**where, removed_at__isnull=True).order_by("id")
    return [_view(row) for row in found]


def _view(row: Attachment) -> AttachmentView:
    meta = json.loads(_envelope(row).unseal("meta", row.meta))
    handle = hmac.digest(keys().web, b"attachment" + row.id.bytes, "sha256").hex()[:20]
    sides = row.width or 0, row.height or 0
    return AttachmentView(row.id, handle, meta["name"], row.size, *sides, row.media_type)


def _envelope(row: Attachment) -> Envelope:
    return open_envelope(row.tenant_id, row.id, row.kek_id, row.wrapped_key)
