"""预览: the first rows as they would be taken, each with what is wrong with it. Nothing is kept."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from hotline.errors import BadReport
from hotline.lookups.batches import BatchView
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.batch_plan import columns_of
from hotline.rules.import_rows import Columns, Into, report_of
from hotline.rules.report import Report
from hotline.steps.batch_table import mappings, own_table, table_of
from hotline.steps.import_reading import Source, SourceRow, headings, opened
from webforms.rows_back import worded

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """One row of the preview."""

    line: int
    number: str = ""
    time: datetime | None = None
    text: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    channel: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The headings of the table, and its first rows under the plan."""

    headings: tuple[str, ...]
    rows: tuple[Looked, ...] = ()

    @property
    def bad(self) -> int:
        """How many of the rows shown cannot be taken."""
        return sum(1 for one in self.rows if one.faults)


async def preview(view: BatchView, pack: Pack, by: Actor, now: datetime) -> Preview:
    """NotFound, StepRefused as the steps say."""
    source = await table_of(await own_table(view.id, by, (view.stage,)))
    into = Into(pack.tenant, pack.code, view.plan.source, view.plan.history, now)
    columns = columns_of(view.plan, mappings())
    return await asyncio.to_thread(_preview, source, columns, into)


def _preview(source: Source, columns: Columns, into: Into) -> Preview:
    named = headings(source)
    if "text" not in columns.columns:
        return Preview(named)
    rows = list(islice(opened(source, (columns,)).rows, SHOWN))
    return Preview(named, tuple(_looked(row, columns, into) for row in rows))


def _looked(row: SourceRow, columns: Columns, into: Into) -> Looked:
    if row.fault:
        return Looked(row.line, faults=_said({"row": row.fault}))
    try:
        return _good(row.line, report_of(row.cells, columns, into))
    except BadReport as error:
        return Looked(row.line, text=_cell(row, columns, "text"), faults=_said(error.errors))


def _good(line: int, report: Report) -> Looked:
    return Looked(
        line=line,
        number=report.foreign_number or "",
        time=report.registered_at or report.partner_received_at,
        text=report.story.text,
        place=" ".join(filter(None, (report.county, report.story.landmark))),
        channel=report.channel.value,
    )


def _cell(row: SourceRow, columns: Columns, name: str) -> str:
    (heading,) = columns.columns[name]
    return str(row.cells.get(heading) or "")


def _said(faults: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(worded(name, key) for name, key in faults.items())


def offered_headings(view: BatchView, seen: Preview) -> Sequence[str]:
    """The table's headings; those that the plan names although the table has none, too."""
    return tuple(dict.fromkeys([*seen.headings, *view.plan.columns.values()]))
