"""批量导入: rows become reports a batch at a time; a row that came before is known, not doubled."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from hotline.errors import BadReport
from hotline.records import ImportRun, new_id
from hotline.rules.actor import Actor
from hotline.rules.import_rows import Columns, Into, left_over, report_of
from hotline.rules.normalise import body_key_text
from hotline.rules.report import Delivery, Report
from hotline.rules.terms import ActorKind
from hotline.steps.import_reading import SourceRow
from hotline.steps.intake_rows import body_hash
from hotline.steps.register import register

AT_ONCE: Final = 256  # together they fill two of the intake's micro-batches
IMPORTER: Final = "import"
OTHER_TEXT: Final = "row.other_text"


@dataclass
class Tally:
    """How many rows came, were new, were known already, could not be taken."""

    rows: int = 0
    good: int = 0
    known: int = 0
    bad: int = 0

    def count(self, outcome: "Outcome") -> None:
        """One row more."""
        self.rows += 1
        setattr(self, outcome.result, getattr(self, outcome.result) + 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: "good", "known" or "bad", and what is to be said of it."""

    row: SourceRow
    result: str
    faults: dict[str, str]


async def import_rows(
    rows: Iterable[SourceRow], columns: Columns, into: Into, told: Callable[[Outcome, Tally], None]
) -> Tally:
    """Register every good row once; `told` hears of each. May be run again, and after a kill."""
    tally, run_id = Tally(), new_id()
    await ImportRun.create(
        id=run_id, tenant_id=into.tenant_id, source=into.source, started_at=into.now
    )
    async for outcomes in import_chunks(rows, columns, into):
        for outcome in outcomes:
            tally.count(outcome)
            told(outcome, tally)
    await ImportRun.filter(tenant_id=into.tenant_id, id=run_id).update(
        rows=tally.rows, good=tally.good, known=tally.known, bad=tally.bad
    )
    return tally


async def import_chunks(
    rows: Iterable[SourceRow], columns: Columns, into: Into
) -> AsyncIterator[list[Outcome]]:
    """Several rows at a time, in their order; each is registered when it is told."""
    for several in _chunks(rows):
        yield await asyncio.gather(*(_import(row, columns, into) for row in several))


async def finish_run(into: Into, now: datetime) -> None:
    """Mark this source's latest run as having come to its end."""
    run = ImportRun.filter(tenant_id=into.tenant_id, source=into.source, finished_at=None)
    await run.filter(started_at=into.now).update(finished_at=now)


async def _import(row: SourceRow, columns: Columns, into: Into) -> Outcome:
    if row.fault:
        return Outcome(row, "bad", {"row": row.fault})
    try:
        report = _with_rest(report_of(row.cells, columns, into), row, columns)
        receipt = await register(report, _delivery(report, into), by=_actor(into), now=into.now)
    except BadReport as error:
        return Outcome(row, "bad", error.errors)
    differs = {} if receipt.same else {"number": OTHER_TEXT}  # the first stands; a person compares
    return Outcome(row, "known" if receipt.again else "good", differs)


def _delivery(report: Report, into: Into) -> Delivery:
    """The source's own number; without one the words themselves, as a keyed digest."""
    story = report.story
    body = body_key_text(f"{story.title}{story.text}").encode()
    number = report.foreign_number
    if not number:
        when = report.registered_at or report.partner_received_at
        number = f"row:{body_hash(into.tenant_id, body + str(when).encode()).hex()}"
    return Delivery(f"import:{into.source}", number, body, strict=False)


def _with_rest(report: Report, row: SourceRow, columns: Columns) -> Report:
    rest = left_over(row.cells, columns)
    if not rest:
        return report
    return replace(report, story=replace(report.story, raw=json.dumps(rest, ensure_ascii=False)))


def _actor(into: Into) -> Actor:
    return Actor(ActorKind.SYSTEM, f"{IMPORTER}:{into.source}")


def _chunks(rows: Iterable[SourceRow]) -> Iterator[list[SourceRow]]:
    left = iter(rows)
    while several := list(islice(left, AT_ONCE)):
        yield several
