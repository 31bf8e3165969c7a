"""附件(录音录像): sealed as it came; it has no copy without hidden data, so none is public."""

import asyncio
import json
from datetime import datetime
from hashlib import sha256

from hotline.database import rows, transaction
from hotline.records import Attachment, files, new_id
from hotline.records.sealing import blind_index, new_envelope
from hotline.rules.recordings import recording
from hotline.steps.attach import Holder, check_room


async def attach_recording(holder: Holder, content: bytes, name: str, now: datetime) -> None:
    """Take one sound or film. StepRefused names what is wrong with it; nothing is kept then."""
    media_type = recording(content)
    digest = blind_index(holder.tenant_id, "file", sha256(content).hexdigest())
    await check_room(holder, digest)
    envelope = new_envelope(holder.tenant_id, new_id())
    stored = f"{envelope.tenant_id}/{envelope.subject}.original"
    await files.put(stored, await asyncio.to_thread(envelope.seal, "original", content))
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
            meta=envelope.seal("meta", json.dumps({"name": name, "taken_at": ""}).encode()),
            media_type=media_type,
            size=len(content),
            digest=digest,
            stored=stored,
            scan="unscanned",
            staged_at=now,
        )
