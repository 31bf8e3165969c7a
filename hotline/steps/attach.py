"""附件: a picture is proved by decoding, then sealed, original and copy, before it is counted."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.records import Attachment, files, new_id
from hotline.records.sealing import Envelope, blind_index, new_envelope
from hotline.rules.pictures import Picture, picture

MOST: Final = 9
DELIVERED: Final = """
SELECT id FROM delivery WHERE tenant_id = $1 AND delivery_id = $2
  AND (channel IN ('web', 'media') OR channel LIKE 'wechat:%')
"""
_DECODERS: Final = asyncio.Semaphore(2)  # a 12-megapixel picture takes a third of a second


@dataclass(frozen=True, slots=True)
class Holder:
    """What a file belongs to: a draft while it is staged, or a 来件."""

    tenant_id: str
    draft_id: UUID | None = None
    request_id: UUID | None = None

    @property
    def id(self) -> UUID | None:
        """Whichever it is."""
        return self.draft_id or self.request_id

    def where(self) -> dict[str, Any]:
        """Its files that were not taken back."""
        held = {"draft_id": self.draft_id} if self.draft_id else {"request_id": self.request_id}
        return {"tenant_id": self.tenant_id, "removed_at__isnull": True, **held}


async def attach(holder: Holder, content: bytes, name: str, now: datetime) -> None:
    """Take one picture. StepRefused names what is wrong with the file; nothing is kept then."""
    async with _DECODERS:
        found = await asyncio.to_thread(picture, content)
    digest = blind_index(holder.tenant_id, "file", sha256(content).hexdigest())
    await check_room(holder, digest)
    envelope = new_envelope(holder.tenant_id, new_id())
    stored, derivative = await _store(envelope, content, found)
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext($1))", str(holder.id))
        await check_room(holder, digest)
        await Attachment.create(
            id=envelope.subject,
            tenant_id=holder.tenant_id,
            draft_id=holder.draft_id,
            request_id=holder.request_id,
            kek_id=envelope.kek_id,
            wrapped_key=envelope.wrapped_key,
            meta=_meta(envelope, name, found),
            media_type=found.media_type,
            size=len(content),
            digest=digest,
            width=found.width,
            height=found.height,
            stored=stored,
            derivative=derivative,
            scan="unscanned",
            staged_at=now,
        )


async def remove(holder: Holder, attachment_id: UUID, now: datetime) -> None:
    """Take a staged picture back: key and files are gone."""
    found = await Attachment.get_or_none(id=attachment_id, **holder.where())
    if found is None:
        raise NotFound("attachment")
    await Attachment.filter(id=attachment_id, **holder.where()).update(
        removed_at=now, wrapped_key=None
    )
    await files.delete(found.stored, found.derivative or found.stored)


async def check_room(holder: Holder, digest: bytes) -> None:
    """StepRefused when it came too late, twice, or is one too many."""
    if holder.draft_id and await row(DELIVERED, holder.tenant_id, str(holder.draft_id)):
        raise StepRefused("file.too_late")
    held = {staged.digest for staged in await Attachment.filter(**holder.where())}
    if digest in held:
        raise StepRefused("file.twice")
    if len(held) >= MOST:
        raise StepRefused("file.too_many", most=MOST)


async def _store(envelope: Envelope, content: bytes, found: Picture) -> tuple[str, str]:
    name = f"{envelope.tenant_id}/{envelope.subject}"
    stored, derivative = f"{name}.original", f"{name}.copy"
    await files.put(stored, await asyncio.to_thread(envelope.seal, "original", content))
    await files.put(derivative, envelope.seal("copy", found.copy))
    return stored, derivative


def _meta(envelope: Envelope, name: str, found: Picture) -> bytes:
    meta = {"name": name[-120:], "taken_at": found.taken_at}
    return envelope.seal("meta", json.dumps(meta, ensure_ascii=False).encode())
