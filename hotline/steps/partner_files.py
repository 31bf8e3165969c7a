"""对方附件: what a platform only points to is fetched later, and again, until a person must look.

The address may open the file for whoever has it: it is sealed, and forgotten once it was used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from hotline.database import row, rows
from hotline.records import PartnerFile, new_id
from hotline.records.sealing import blind_index, kek_envelope
from hotline.rules.report import Delivery
from hotline.steps.attach import Holder, attach
from hotline.steps.hold import hold
from hotline.steps.send import pause_after

LEASE: Final = timedelta(minutes=3)
MOST_ATTEMPTS: Final = 24  # over three days
FAILED: Final = "partner.file_failed"

KEEP: Final = """
INSERT INTO partner_file (id, tenant_id, request_id, channel, digest, kek_id, address, state,
  attempts, at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8)
ON CONFLICT (tenant_id, request_id, digest) DO NOTHING
"""
WAITING: Final = """
WITH c AS MATERIALIZED (
  SELECT tenant_id, id FROM partner_file WHERE state = 'waiting'
    AND (available_at IS NULL OR available_at <= $2)
  ORDER BY available_at NULLS FIRST LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE partner_file f SET available_at = $3, attempts = attempts + 1 FROM c
WHERE f.tenant_id = c.tenant_id AND f.id = c.id
RETURNING f.tenant_id, f.id, f.request_id, f.channel, f.attempts
"""
READABLE: Final = """
SELECT 1 FROM vault WHERE tenant_id = $1 AND id = $2 AND wrapped_key IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Pointed:
    """One file that is to be fetched, held by this worker."""

    tenant_id: str
    id: UUID
    request_id: UUID
    channel: str
    attempts: int


async def keep_addresses(
    tenant_id: str, request_id: UUID, channel: str, addresses: Sequence[str], now: datetime
) -> None:
    """Once each, however often it is told."""
    for address in addresses:
        file_id, digest = new_id(), blind_index(tenant_id, "partner_file", address)
        envelope = kek_envelope(tenant_id, file_id)
        sealed = envelope.seal("address", address.encode())
        await rows(
            KEEP, file_id, tenant_id, request_id, channel, digest, envelope.kek_id, sealed, now
        )


async def lease_files(limit: int, now: datetime) -> list[Pointed]:
    """What is due and held by nobody else."""
    return [Pointed(**one) for one in await rows(WAITING, limit, now, now + LEASE)]


async def address_of(one: Pointed) -> str | None:
    """None when nobody wants it any more: the report was erased meanwhile."""
    found = await _found(one)
    if found.address is None or not await row(READABLE, one.tenant_id, one.request_id):
        return None
    return (
        kek_envelope(one.tenant_id, one.id, found.kek_id).unseal("address", found.address).decode()
    )


async def keep_file(one: Pointed, address: str, content: bytes, now: datetime) -> None:
    """Beside the report, under the name that the address ends in. StepRefused: it is no file."""
    name = urlsplit(address).path.rpartition("/")[2]
    await attach(Holder(one.tenant_id, request_id=one.request_id), content, name, now)


async def file_done(one: Pointed) -> None:
    """Fetched, or wanted by nobody: its address is forgotten."""
    await _update(one, state="fetched", address=None, error=None)


async def file_failed(one: Pointed, error: str, now: datetime, *, permanent: bool) -> bool:
    """Later again; True when it is a person's now, who finds it among the held deliveries."""
    if not permanent and one.attempts < MOST_ATTEMPTS:
        await _update(one, error=error[:80], available_at=now + pause_after(one.attempts))
        return False
    if address := await address_of(one):
        told = Delivery(one.channel, f"file:{sha256(one.id.bytes).hexdigest()}", address.encode())
        await hold(one.tenant_id, told, FAILED, now)
    await _update(one, state="failed", address=None, error=error[:80])
    return True


async def _found(one: Pointed) -> PartnerFile:
    return await PartnerFile.get(tenant_id=one.tenant_id, id=one.id)


async def _update(one: Pointed, **columns: object) -> None:
    await PartnerFile.filter(tenant_id=one.tenant_id, id=one.id).update(**columns)
