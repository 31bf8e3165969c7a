"""批量导入: a table is uploaded, told how it is to be read, started, stopped, thrown away."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import BatchImport, files, new_id
from hotline.records.sealing import new_envelope, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.batch_plan import BatchPlan, checked, guessed, plan_fields
from hotline.rules.import_rows import Columns, fitting
from hotline.rules.terms import Channel, Role, Step
from hotline.steps.import_mapping import shipped
from hotline.steps.import_reading import Source, headings, of_bytes

LARGEST: Final = 20 * 1024 * 1024
LONGEST_NAME: Final = 120
KEPT: Final = timedelta(days=7)  # afterwards the table and what came back are gone
OPEN: Final = ("opened", "stopped")
OVER: Final = ("opened", "stopped", "done", "failed")


@dataclass(frozen=True, slots=True)
class Begun:
    """A table that was uploaded: its headings, and what each most likely is."""

    id: UUID
    headings: tuple[str, ...]


async def upload_table(name: str, content: bytes, *, by: Actor, now: datetime) -> Begun:
    """Sealed as it came. StepRefused when it is no table that can be read."""
    tenant = (await packs()).pack(_agent(by).jurisdiction).tenant
    if len(content) > LARGEST:
        raise StepRefused("batch.too_big", most=LARGEST // 1024 // 1024)
    name = name[-LONGEST_NAME:] or "table"
    found = await asyncio.to_thread(headings, of_bytes(name, content))
    if not found:
        raise StepRefused("batch.empty")
    envelope = new_envelope(tenant, new_id())
    stored = f"{tenant}/{envelope.subject}.table"
    await files.put(stored, await asyncio.to_thread(envelope.seal, "table", content))
    known = fitting(shipped(), found)
    channel = Channel(known.defaults["channel"]) if known else Channel.IMPORT
    plan = BatchPlan(source=name[:64], columns=guessed(found, shipped()), channel=channel)
    await BatchImport.create(
        id=envelope.subject,
        tenant_id=tenant,
        jurisdiction=by.jurisdiction,
        owner=by.id,
        stage="opened",
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        meta=envelope.seal("meta", json.dumps({"name": name}, ensure_ascii=False).encode()),
        stored=stored,
        plan=plan_fields(plan),
        created_at=now,
    )
    return Begun(envelope.subject, found)


async def plan_table(batch_id: UUID, plan: BatchPlan, *, by: Actor) -> None:
    """列映射: how it is read; nothing of it is taken yet."""
    batch = await own_table(batch_id, by, OPEN)
    source = await table_of(batch)
    checked(plan, await asyncio.to_thread(headings, source))
    await _change(batch, OPEN, plan=plan_fields(plan))


async def start_table(batch_id: UUID, *, by: Actor) -> None:
    """开始导入: from the first row that was not taken yet."""
    batch = await own_table(batch_id, by, OPEN)
    await _change(batch, OPEN, stage="queued", failure=None, leased_until=None)


async def stop_table(batch_id: UUID, *, by: Actor, now: datetime) -> None:
    """停止: what was taken stays; it may go on later."""
    batch = await own_table(batch_id, by, ("queued", "running"))
    await _change(batch, ("queued", "running"), stage="stopped", finished_at=now)


async def discard_table(batch_id: UUID, *, by: Actor) -> None:
    """The table and what came back are gone; the counts and the reports stay."""
    batch = await own_table(batch_id, by, OVER)
    await _forget(batch)


async def forget_tables(now: datetime) -> int:
    """The clock's: what nobody fetched in time."""
    old = await BatchImport.filter(
        created_at__lt=now - KEPT, stage__in=OVER, wrapped_key__isnull=False
    )
    for batch in old:
        await _forget(batch)
    return len(old)


async def own_table(batch_id: UUID, by: Actor, stages: tuple[str, ...]) -> BatchImport:
    """This person's own, in one of these stages. NotFound, StepRefused."""
    tenant = (await packs()).pack(_agent(by).jurisdiction).tenant
    batch = await BatchImport.get_or_none(tenant_id=tenant, id=batch_id, owner=by.id)
    if batch is None or batch.wrapped_key is None:
        raise NotFound("batch")
    if batch.stage not in stages:
        raise StepRefused("batch.not_now", stage=batch.stage)
    return batch


async def table_of(batch: BatchImport) -> Source:
    """The table as it came, in memory alone."""
    envelope = open_envelope(batch.tenant_id, batch.id, batch.kek_id, batch.wrapped_key)
    name = json.loads(envelope.unseal("meta", batch.meta))["name"]
    sealed = await files.get(batch.stored)
    return of_bytes(name, await asyncio.to_thread(envelope.unseal, "table", sealed))


def mappings() -> tuple[Columns, ...]:
    """What the service knows of other people's headings."""
    return shipped()


async def _forget(batch: BatchImport) -> None:
    gone = BatchImport.filter(tenant_id=batch.tenant_id, id=batch.id)
    await gone.update(wrapped_key=None)
    await files.delete(batch.stored, *([batch.back] if batch.back else []))


async def _change(batch: BatchImport, stages: tuple[str, ...], **columns: Any) -> None:
    """Only as long as it stands where it was seen: two clicks start it once."""
    still = BatchImport.filter(tenant_id=batch.tenant_id, id=batch.id, stage__in=stages)
    if not await still.update(**columns):
        raise StepRefused("batch.not_now", stage=batch.stage)


def _agent(by: Actor) -> Actor:
    if not by.may(Role.AGENT):
        raise NotAllowed(Step.REGISTER.value)
    return by
