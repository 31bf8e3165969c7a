"""导出: a table asked for at a desk: queued, written by a worker, stopped, fetched, forgotten."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import DeskExport, files, new_id
from hotline.records.sealing import new_envelope, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role

LEASE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=7)  # afterwards the file is gone
MOST: Final = 3  # of one person, under way at a time
MOST_ROWS: Final = 100_000  # a table is made in memory, sealed whole, and opened by a spreadsheet
WAITING: Final = ("queued", "running")
FAILED: Final = "export.failed"
GIVEN_UP: Final = timedelta(hours=1)  # what ends its worker each time is not begun for ever
LOST: Final = """
UPDATE desk_export SET stage = 'failed', failure = $3, finished_at = $1, wrapped_key = NULL
WHERE stage = 'running' AND leased_until < $1 AND created_at < $2
"""
CLAIM: Final = """
UPDATE desk_export SET stage = 'running', leased_until = $2 WHERE (tenant_id, id) = (
  SELECT tenant_id, id FROM desk_export WHERE stage = 'queued'
    OR (stage = 'running' AND leased_until < $1)
  ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING tenant_id, id
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table, as what file; `more` says of what, and how its columns are called."""

    what: str
    form: str  # csv | xlsx
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claimed:
    """One that a worker writes, in the name of whoever asked."""

    row: DeskExport
    by: Actor

    @property
    def more(self) -> dict[str, Any]:
        """Of what, and how its columns are called."""
        found: dict[str, Any] = self.row.wanted["more"]
        return found


async def ask_export(wanted: Wanted, *, by: Actor, now: datetime) -> UUID:
    """StepRefused while too many of this person's are under way."""
    tenant = (await packs()).pack(by.jurisdiction).tenant
    mine = DeskExport.filter(tenant_id=tenant, owner=by.id, stage__in=WAITING)
    if await mine.count() >= MOST:
        raise StepRefused("export.too_many", most=MOST)
    envelope = new_envelope(tenant, new_id())
    await DeskExport.create(
        id=envelope.subject,
        tenant_id=tenant,
        jurisdiction=by.jurisdiction,
        owner=by.id,
        what=wanted.what,
        form=wanted.form,
        wanted={"more": wanted.more, "by": _post(by)},
        stage="queued",
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        created_at=now,
    )
    return envelope.subject


def _post(by: Actor) -> dict[str, Any]:
    """What somebody may see by."""
    return {
        "roles": sorted(by.roles),
        "department": by.department,
        "jurisdiction": by.jurisdiction,
        "kinds": sorted(by.kinds),
    }


async def stop_export(export_id: UUID, *, by: Actor, now: datetime) -> None:
    """停止: nothing of it is kept. StepRefused once it is over."""
    tenant = (await packs()).pack(by.jurisdiction).tenant
    mine = DeskExport.filter(tenant_id=tenant, id=export_id, owner=by.id, stage__in=WAITING)
    if not await mine.update(stage="stopped", finished_at=now, wrapped_key=None):
        raise StepRefused("export.over")


async def claim_export(now: datetime) -> Claimed | None:
    """The next that waits, or whose worker is gone."""
    await rows(LOST, now, now - GIVEN_UP, FAILED)
    found = await rows(CLAIM, now, now + LEASE)
    if not found:
        return None
    row = await DeskExport.get(**found[0])
    who = row.wanted["by"]
    roles = frozenset(map(Role, who["roles"]))
    kinds = frozenset(who.get("kinds", ()))
    place = who["department"], who["jurisdiction"]
    return Claimed(row, Actor(ActorKind.STAFF, row.owner, roles, *place, kinds=kinds))


async def advance_export(claimed: Claimed, done: int, total: int, now: datetime) -> bool:
    """False when it was stopped meanwhile."""
    return await _update(claimed, done=done, total=total, leased_until=now + LEASE)


async def finish_export(claimed: Claimed, content: bytes, now: datetime) -> bool:
    """Sealed as it lies there. False when it was stopped meanwhile."""
    row = claimed.row
    envelope = open_envelope(row.tenant_id, row.id, row.kek_id, row.wrapped_key)
    stored = f"{row.tenant_id}/{row.id}.export"
    await files.put(stored, await asyncio.to_thread(envelope.seal, "export", content))
    if await _update(claimed, stage="done", stored=stored, finished_at=now, done=row.total):
        return True
    if not await _done(row):  # by another, who took it for left behind: the file is its own
        await files.delete(stored)
    return False


async def fail_export(claimed: Claimed, failure: str, now: datetime) -> None:
    """Said on the page; asked for again by hand."""
    await _update(claimed, stage="failed", failure=failure, finished_at=now, wrapped_key=None)


async def exported(export_id: UUID, *, by: Actor) -> bytes:
    """The file, for whoever asked for it and still has that post. NotFound once it is gone."""
    tenant = (await packs()).pack(by.jurisdiction).tenant
    row = await DeskExport.get_or_none(tenant_id=tenant, id=export_id, owner=by.id, stage="done")
    if row is None or row.wrapped_key is None or row.stored is None:
        raise NotFound("export")
    before, now = row.wanted["by"], _post(by)
    if any(before.get(name, now[name]) != now[name] for name in now.keys() - {"roles"}):
        raise NotFound("export")
    envelope = open_envelope(row.tenant_id, row.id, row.kek_id, row.wrapped_key)
    return await asyncio.to_thread(envelope.unseal, "export", await files.get(row.stored))


async def forget_exports(now: datetime) -> int:
    """The clock's: what nobody needs any more."""
    old = DeskExport.filter(created_at__lt=now - KEPT, wrapped_key__isnull=False)
    for row in (found := await old):
        mine = DeskExport.filter(tenant_id=row.tenant_id, id=row.id)
        await mine.update(wrapped_key=None, stored=None)
        if row.stored:
            await files.delete(row.stored)
    return len(found)


async def _done(row: DeskExport) -> bool:
    return await DeskExport.exists(tenant_id=row.tenant_id, id=row.id, stage="done")


async def _update(claimed: Claimed, **columns: Any) -> bool:
    row = claimed.row
    mine = DeskExport.filter(tenant_id=row.tenant_id, id=row.id, stage="running")
    for name, value in columns.items():
        setattr(row, name, value)
    return bool(await mine.update(**columns))
