"""附件: how a file is handed to staff: a picture is shown, a recording is saved, then played."""

from typing import Final
from uuid import UUID

from starlette.responses import Response

from hotline.lookups import attachment

ENDINGS: Final = {"audio/amr": "amr", "audio/mpeg": "mp3", "audio/ogg": "ogg", "video/mp4": "mp4"}


async def handed(tenant_id: str, one: attachment.AttachmentView) -> Response:
    """NotFound for a file that is gone."""
    if not one.is_recording:
        copy = await attachment.shown_copy(tenant_id, one.id)
        return Response(copy, media_type="image/jpeg")
    return await _recording(tenant_id, one.id, one.media_type)


async def _recording(tenant_id: str, attachment_id: UUID, media_type: str) -> Response:
    """As it was sent; never played within our pages, and without a name that a person gave."""
    content = await attachment.recording(tenant_id, attachment_id)
    name = f"recording.{ENDINGS.get(media_type, 'bin')}"
    return Response(
        content,
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
