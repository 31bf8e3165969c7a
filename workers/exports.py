"""导出: write tables that were asked for at a desk, in the name of whoever asked."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from hotline.database import is_away
from hotline.errors import StepRefused
from hotline.lookups.assessment import Assessed, whole_cohort
from hotline.lookups.case_export import COLUMNS, cases, counted
from hotline.policy.sight import sight_of
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import Line, written
from hotline.steps.desk_export import (
    FAILED,
    MOST_ROWS,
    Claimed,
    advance_export,
    claim_export,
    fail_export,
    finish_export,
)
from workers.beside import sending_beside
from workers.job import run, utc_now
from workers.queues import EXPORTS, awake, wake

CHUNK: Final = 500  # rows between two looks whether it was stopped
log = structlog.get_logger()


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many tables it wrote."""
    return run(drain_all())


async def drain_all() -> int:
    """The first table that waits; the next job goes on with the next."""
    awake(EXPORTS)
    claimed = await claim_export(utc_now())
    if claimed is None:
        return 0
    try:
        async with sending_beside():
            await _write(claimed)
    except Exception as error:  # whatever it is: it would be the same the next time
        if is_away(error):
            raise
        log.warning("export.failed", what=claimed.row.what, error=type(error).__name__)
        key = error.key if isinstance(error, StepRefused) else FAILED
        await fail_export(claimed, key, utc_now())
    wake(EXPORTS)
    return 1


async def _write(claimed: Claimed) -> None:
    lines = await TABLES[claimed.row.what](claimed)
    if lines is not None:
        content = await asyncio.to_thread(written, claimed.row.form, lines)
        await finish_export(claimed, content, utc_now())


async def _assessment(claimed: Claimed) -> list[Line] | None:
    """None when it was stopped."""
    more = claimed.more
    found = await whole_cohort(claimed.by, date.fromisoformat(more["month"]), utc_now())
    _check_length(len(found))
    lines: list[Line] = [more["head"]]
    for at in range(0, len(found), CHUNK):
        if not await advance_export(claimed, at, len(found), utc_now()):
            return None
        lines += [_cells(one, more["words"]) for one in found[at : at + CHUNK]]
    await advance_export(claimed, len(found), len(found), utc_now())
    return lines


async def _cases(claimed: Claimed) -> list[Line] | None:
    """办件导出 in the 18 columns of a 12345 line; None when it was stopped."""
    sight, more = await sight_of(claimed.by), claimed.more
    since, until = (_midnight(more[name]) for name in ("since", "until"))
    where = (sight, since, until + timedelta(days=1))
    _check_length(total := await counted(*where))
    lines: list[Line] = [COLUMNS]
    async for case in cases(*where, utc_now()):
        if len(lines) % CHUNK == 1:
            done = len(lines) - 1
            if not await advance_export(claimed, done, max(total, done), utc_now()):
                return None
        lines.append(case)
    await advance_export(claimed, len(lines) - 1, len(lines) - 1, utc_now())
    return lines


def _check_length(rows: int) -> None:
    if rows > MOST_ROWS:
        raise StepRefused("export.too_long", most=MOST_ROWS)


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI)


TABLES: Final = {"assessment": _assessment, "cases": _cases}


def _cells(one: Assessed, words: dict[str, str]) -> list[str | int]:
    """As `head` has them."""
    closed = f"{one.closed_at.astimezone(SHANGHAI):%Y-%m-%d}" if one.closed_at else ""
    return [
        one.number,
        one.title,
        one.lead,
        one.place,
        f"{one.opened_at.astimezone(SHANGHAI):%Y-%m-%d}",
        closed,
        words[_kept(one.told_late)],
        words[_kept(one.ended_late)],
        one.rated,
        one.satisfied,
        words["yes" if one.reopened else "no"],
    ]


def _kept(late: bool | None) -> str:
    return "open" if late is None else "no" if late else "yes"
