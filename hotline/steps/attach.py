"""附件: a file is proved by its bytes, then sealed, original and copy, before it is counted."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.records import Attachment, files, new_id
from hotline.records.sealing import Envelope, blind_index, new_envelope
from hotline.rules.attachments.found import Found
from hotline.rules.attachments.proving import clean_name, is_pdf, prove
from hotline.steps.pdf_apart import pdf_apart

MOST: Final = 9
MOST_OF_ORDER: Final = 30
DELIVERED: Final = """
SELECT id FROM delivery WHERE tenant_id = $1 AND delivery_id = $2
  AND (channel IN ('web', 'media') OR channel ~ '^(wechat|agent|paper):')
"""
_PROVERS: Final = asyncio.Semaphore(2)  # a 12-megapixel picture takes a third of a second


@dataclass(frozen=True, slots=True)
class Holder:
    """What a file belongs to: a draft while it is staged, a 来件, or a 工单."""

    tenant_id: str
    draft_id: UUID | None = None
    request_id: UUID | None = None
    order_id: UUID | None = None

    @property
    def id(self) -> UUID | None:
        """Whichever it is."""
        return self.draft_id or self.request_id or self.order_id

    @property
    def most(self) -> int:
        """How many files it may have."""
        return MOST_OF_ORDER if self.order_id else MOST

    @property
    def key(self) -> dict[str, UUID]:
        """The column that says so, and its value."""
        named = {name: getattr(self, name) for name in ("draft_id", "request_id", "order_id")}
        return {name: value for name, value in named.items() if value}

    def where(self) -> dict[str, Any]:
        """Its files that were not taken back."""
        return {"tenant_id": self.tenant_id, "removed_at__isnull": True, **self.key}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that was proved and lies sealed in the store; nobody knows of it yet."""

    holder: Holder
    envelope: Envelope
    found: Found
    name: str = field(repr=False)
    size: int
    digest: bytes
    stored: str
    derivative: str | None


async def attach(holder: Holder, content: bytes, name: str, now: datetime) -> None:
    """Take one file. StepRefused names what is wrong with it; nothing is kept then."""
    async with sealed(holder, SentFile(name, content)) as ready, transaction():
        await keep(ready, now)


@asynccontextmanager
async def sealed(holder: Holder, sent: SentFile) -> AsyncIterator[Sealed]:
    """Proved and stored before any row is locked; what was not kept in the end is deleted again."""
    found = await _proved(sent.content)
    digest = blind_index(holder.tenant_id, "file", sha256(sent.content).hexdigest())
    await check_room(holder, digest)
    envelope = new_envelope(holder.tenant_id, new_id())
    stored, derivative = await _store(envelope, sent.content, found)
    size = len(sent.content)
    try:
        yield Sealed(holder, envelope, found, sent.name, size, digest, stored, derivative)
    except BaseException:
        await files.delete(*filter(None, (stored, derivative)))
        raise


async def keep(ready: Sealed, now: datetime) -> None:
    """Within the transaction of the step: from now on it belongs to its holder."""
    holder, envelope, found = ready.holder, ready.envelope, ready.found
    await rows("SELECT pg_advisory_xact_lock(hashtext($1))", str(holder.id))
    await check_room(holder, ready.digest)
    await Attachment.create(
        id=envelope.subject,
        tenant_id=holder.tenant_id,
        draft_id=holder.draft_id,
        request_id=holder.request_id,
        order_id=holder.order_id,
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        meta=_meta(envelope, ready.name, found),
        media_type=found.media_type,
        size=ready.size,
        digest=ready.digest,
        width=found.width,
        height=found.height,
        stored=ready.stored,
        derivative=ready.derivative,
        scan="unscanned",
        staged_at=now,
    )


async def remove(holder: Holder, attachment_id: UUID, now: datetime) -> None:
    """Take a staged file back: key and files are gone."""
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
    if len(held) >= holder.most:
        raise StepRefused("file.too_many", most=holder.most)


async def _proved(content: bytes) -> Found:
    if is_pdf(content):
        return await pdf_apart(content)
    async with _PROVERS:
        return await asyncio.to_thread(prove, content)


async def _store(envelope: Envelope, content: bytes, found: Found) -> tuple[str, str | None]:
    name = f"{envelope.tenant_id}/{envelope.subject}"
    stored, derivative = f"{name}.original", f"{name}.copy"
    await files.put(stored, await asyncio.to_thread(envelope.seal, "original", content))
    if found.copy is None:
        return stored, None
    await files.put(derivative, await asyncio.to_thread(envelope.seal, "copy", found.copy))
    return stored, derivative


def _meta(envelope: Envelope, name: str, found: Found) -> bytes:
    """The name as it was given, and what the file says of itself: sealed, both are somebody's."""
    meta = {
        "name": clean_name(name),
        "taken_at": found.hint.taken_at,
        "longitude": found.hint.longitude,
        "latitude": found.hint.latitude,
        "pages": found.pages,
        "seconds": found.seconds,
        "macros": found.macros,
    }
    return envelope.seal("meta", json.dumps(meta, ensure_ascii=False).encode())
