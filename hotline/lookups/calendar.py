"""工作日历: the days of each year by jurisdiction, the missing years, and what waits for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.database import rows
from hotline.policy.calendar import TOPIC
from hotline.policy.store import chain, contents, packs

WAITING: Final = """
SELECT coalesce(o.jurisdiction, r.jurisdiction) AS jurisdiction,
  extract(year FROM c.due_on)::int AS year, count(*) AS terms
FROM clock c
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
LEFT JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.holder_id
WHERE c.provisional AND c.stopped_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a jurisdiction. `waiting`: running terms that end in it and are provisional."""

    year: int
    known: bool
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    sources: tuple[str, ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A year that terms run into and that nobody has announced to the service."""

    jurisdiction: str
    year: int
    terms: int


async def years(jurisdiction: str, today: date) -> list[Year]:
    """The years that are known, and those that are missing, to the next one."""
    calendar = (await packs()).pack(jurisdiction).calendar
    waiting = {one.year: one.terms for one in await missing({jurisdiction})}
    cited = await _sources(jurisdiction)
    wanted = {*calendar.known_years, today.year, today.year + 1, *waiting}
    return [
        Year(
            year=year,
            known=year in calendar.known_years,
            off=_of(calendar.off, year),
            work=_of(calendar.work, year),
            sources=tuple(cited.get(year, ())),
            waiting=waiting.get(year, 0),
        )
        for year in sorted(wanted, reverse=True)
    ]


async def missing(jurisdictions: Iterable[str] | None = None) -> list[Missing]:
    """What is provisional for want of a year; of every jurisdiction, or of these."""
    asked = None if jurisdictions is None else set(jurisdictions)
    found = [Missing(**one) for one in await rows(WAITING)]
    return [one for one in found if asked is None or one.jurisdiction in asked]


async def _sources(jurisdiction: str) -> dict[int, list[str]]:
    """Where each year's days stand written: the place's own, then the nation's."""
    topics = await contents()
    found: dict[int, list[str]] = {}
    for code in chain(jurisdiction, topics):
        content = topics[code].get(TOPIC, {})
        for row in content.get("year", ()):
            source = row.get("source") or content.get("source", "")
            found.setdefault(int(row["code"]), []).append(source)
    return found


def _of(days: Iterable[date], year: int) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day.year == year))
