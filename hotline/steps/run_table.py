"""批量导入, by the worker: some rows of one table at a time, and on from there the next time."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from hotline.database import rows
from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.records import BatchImport, files
from hotline.records.sealing import Envelope, open_envelope
from hotline.rules.batch_plan import columns_of, plan_of
from hotline.rules.import_rows import Into, cell_text
from hotline.steps.batch_table import mappings, table_of
from hotline.steps.import_file import Outcome, Tally, import_chunks
from hotline.steps.import_reading import opened

LEASE: Final = timedelta(seconds=60)
MOST_BACK: Final = 5_000  # so many rows that cannot be taken are a wrong mapping
CLAIM: Final = """
UPDATE batch_import SET stage = 'running', leased_until = $2 WHERE (tenant_id, id) = (
  SELECT tenant_id, id FROM batch_import WHERE stage = 'queued'
    OR (stage = 'running' AND (leased_until IS NULL OR leased_until < $1))
  ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING tenant_id, id
"""


@dataclass(frozen=True, slots=True)
class RowBack:
    """One row that came back: where it stood, what it said, what is wrong with each field."""

    line: int
    cells: dict[str, str] = field(repr=False)
    faults: dict[str, str] = field(default_factory=dict)


async def claim_table(now: datetime) -> BatchImport | None:
    """The next table that waits, or whose worker is gone."""
    found = await rows(CLAIM, now, now + LEASE)
    if not found:
        return None
    return await BatchImport.get(tenant_id=found[0]["tenant_id"], id=found[0]["id"])


async def run_table(batch: BatchImport, clock: Callable[[], datetime], until: datetime) -> bool:
    """Take rows until the time is over; True when there is more. A fault is told, not raised."""
    envelope = open_envelope(batch.tenant_id, batch.id, batch.kek_id, batch.wrapped_key)
    plan = plan_of(batch.plan)
    try:
        source = await table_of(batch)
        table = await asyncio.to_thread(opened, source, (columns_of(plan, mappings()),))
    except StepRefused as refused:
        await _finish(batch, "failed", clock(), failure=refused.key)
        return False
    tenant = (await packs()).pack(batch.jurisdiction).tenant
    into = Into(tenant, batch.jurisdiction, plan.source, plan.history, clock())
    left = islice(table.rows, batch.rows, None)
    back = await _back(batch, envelope)
    async for outcomes in import_chunks(left, table.columns, into):
        back += [_given_back(one) for one in outcomes if one.faults]
        if not await _advance(batch, envelope, outcomes, back, clock() + LEASE):
            return False  # stopped, or thrown away
        if len(back) > MOST_BACK:
            await _finish(batch, "failed", clock(), failure="batch.too_many_bad")
            return False
        if clock() > until:
            await _yield(batch)
            return True
    await _finish(batch, "done", clock())
    return False


async def rows_back(batch: BatchImport) -> list[RowBack]:
    """退回的行, in the order of the table."""
    envelope = open_envelope(batch.tenant_id, batch.id, batch.kek_id, batch.wrapped_key)
    found = await _back(batch, envelope)
    return [RowBack(one["line"], one["cells"], one["faults"]) for one in found]


def _given_back(outcome: Outcome) -> dict[str, Any]:
    cells = {name: cell_text(value) for name, value in outcome.row.cells.items()}
    return {"line": outcome.row.line, "cells": cells, "faults": outcome.faults}


async def _back(batch: BatchImport, envelope: Envelope) -> list[dict[str, Any]]:
    if not batch.back:
        return []
    found: list[dict[str, Any]] = json.loads(envelope.unseal("back", await files.get(batch.back)))
    return [one for one in found if one["at"] < batch.rows]


async def _advance(
    batch: BatchImport,
    envelope: Envelope,
    outcomes: list[Outcome],
    back: list[dict[str, Any]],
    leased_until: datetime,
) -> bool:
    """What came back is stored first: a row that is counted is never lost."""
    tally = Tally(batch.rows, batch.good, batch.known, batch.bad)
    for outcome in outcomes:
        tally.count(outcome)
    for one in back:
        one.setdefault("at", batch.rows)
    if back:
        batch.back = f"{batch.tenant_id}/{batch.id}.back"
        await files.put(batch.back, envelope.seal("back", json.dumps(back).encode()))
    batch.rows, batch.good = tally.rows, tally.good
    batch.known, batch.bad = tally.known, tally.bad
    counts = {name: getattr(batch, name) for name in ("rows", "good", "known", "bad", "back")}
    mine = BatchImport.filter(tenant_id=batch.tenant_id, id=batch.id, stage="running")
    return bool(await mine.update(**counts, leased_until=leased_until))


async def _yield(batch: BatchImport) -> None:
    """Any worker goes on at once."""
    mine = BatchImport.filter(tenant_id=batch.tenant_id, id=batch.id, stage="running")
    await mine.update(leased_until=None)


async def _finish(
    batch: BatchImport, stage: str, now: datetime, failure: str | None = None
) -> None:
    mine = BatchImport.filter(tenant_id=batch.tenant_id, id=batch.id, stage="running")
    await mine.update(stage=stage, finished_at=now, failure=failure, leased_until=None)
