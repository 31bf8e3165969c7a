"""附件: how a file is handed out: a picture is shown, all else is saved and never opened by us."""

from typing import Final

from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from webforms.visit import current

_OOXML: Final = "application/vnd.openxmlformats-officedocument"
ENDINGS: Final = {
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    f"{_OOXML}.wordprocessingml.document": "docx",
    f"{_OOXML}.spreadsheetml.sheet": "xlsx",
    f"{_OOXML}.presentationml.presentation": "pptx",
}
# what a picker offers; the bytes alone decide
ACCEPTED: Final = "image/*,audio/*,video/*,.heic,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.amr"
# those who may ask who reported without leading the matter: they may have what names its sender
HOTLINE: Final = frozenset({Role.AGENT, Role.TRIAGE, Role.SUPERVISOR})
SANDBOX: Final = "default-src 'none'; sandbox"


def may_have(one: attachment.AttachmentView, by: Actor | None) -> bool:
    """A file that could not be freed of its author goes to the hotline's own desk alone."""
    return not one.is_infected and (one.is_free or bool(by and by.roles & HOTLINE))


async def handed(tenant_id: str, one: attachment.AttachmentView) -> Response:
    """NotFound for a file that is gone, quarantined, or not for the reader at hand."""
    if not may_have(one, current().actor):
        raise NotFound("attachment")
    return await copy_of(tenant_id, one, free=one.is_free)


async def copy_of(tenant_id: str, one: attachment.AttachmentView, *, free: bool = True) -> Response:
    """Without a name that a person gave, and in a sandbox should a browser open it after all."""
    held = attachment.shown_copy if free else attachment.original
    content = await held(tenant_id, one.id)
    if one.kind == "picture":
        return Response(
            content, media_type="image/jpeg", headers={"content-security-policy": SANDBOX}
        )
    name = f"{one.kind}.{ENDINGS.get(one.media_type, 'bin')}"
    return Response(
        content,
        media_type=one.media_type,
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "content-security-policy": SANDBOX,
        },
    )
