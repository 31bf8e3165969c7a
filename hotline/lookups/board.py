"""期限看板: what is late or comes back, by department and county, and the orders of a number."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import Named, department, place_label
from hotline.lookups.order_rows import LIVING, NOBODY, PAGE, Chosen, DeskRow, listed
from hotline.lookups.terms import Left, left
from hotline.policy.sight import sight_of
from hotline.policy.store import Packs, packs
from hotline.records.own_kinds import order_kinds, own_kinds
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight

SOON: Final = timedelta(days=3)
MOST_LINES: Final = 60  # the worst; the page stays light however many departments there are


class Measure(StrEnum):
    """What is counted."""

    OVERDUE = "overdue"  # 已超期
    UNACCEPTED = "unaccepted"  # 超期未受理
    DUE = "due"  # 三日内到期
    RETURNED = "returned"  # 两次以上退回
    REOPENED = "reopened"  # 重办
    LIVING = "living"  # 在办


class By(StrEnum):
    """What the lines are."""

    DEPARTMENT = "department"
    COUNTY = "county"


# {at} now, {soon} when what is due soon ends
CONDITIONS: Final[Mapping[Measure, str]] = {
    Measure.LIVING: "true",
    Measure.DUE: "o.next_due_at BETWEEN {at} AND {soon}",
    Measure.OVERDUE: "o.next_due_at < {at}",
    Measure.RETURNED: "o.returned_count >= 2",
    Measure.REOPENED: "o.redo_count > 0",
}
COUNTS: Final = """
SELECT {of} AS line, {each} FROM work_order o
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND {living} AND NOT o.historical{own}
  AND $3::timestamptz < $4::timestamptz GROUP BY 1
"""
OF_COUNTY: Final = " AND coalesce(o.county, '-') = $5"
# Of so many orders the numbers stand for a moment: counting fifty thousand of them takes longer
# than all else of the page, and a board on a wall is asked for twice a minute.
MANY: Final = 5_000
STANDS: Final = timedelta(minutes=1)
OF: Final[Mapping[By, str]] = {
    By.DEPARTMENT: "coalesce(o.lead, '-')",
    By.COUNTY: "coalesce(o.county, '-')",
}
# 来件 that nobody decided within the term of 告知是否受理
LATE_REPORTS: Final = """
FROM service_request r JOIN clock c ON c.tenant_id = r.tenant_id AND c.holder_id = r.id
  AND c.stopped_at IS NULL AND NOT c.is_right AND c.due_at < $3
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND NOT r.historical AND r.stage = '{stage}'
  AND ($4 = '' OR coalesce(r.county, r.chosen_county, '-') = $4){{own}}
"""
UNDECIDED: Final = ("received", "triage")
LATE: Final = " UNION ALL ".join(
    "SELECT r.number, r.jurisdiction, r.title, coalesce(r.county, r.chosen_county) AS county,"
    f" r.township, r.registered_at, c.due_at {LATE_REPORTS.format(stage=stage)}"
    for stage in UNDECIDED
)
LATE_COUNTS: Final = "SELECT coalesce(county, '-') AS line, count(*) AS n FROM ({}) l GROUP BY 1"
LATE_ROWS: Final = "SELECT * FROM ({}) l ORDER BY due_at, number LIMIT $5 OFFSET $6"


@dataclass(frozen=True, slots=True)
class Line:
    """One department or county, and its numbers."""

    of: Named
    counts: Mapping[Measure, int]

    @property
    def late(self) -> int:
        """What is past its term, decided or not."""
        return self.counts.get(Measure.OVERDUE, 0) + self.counts.get(Measure.UNACCEPTED, 0)


@dataclass(frozen=True, slots=True)
class Board:
    """The worst first. `rest`: the sum of the lines that are not shown, None where all are.

    `counted_at`: when the orders were counted, None where they are counted for each who looks.
    """

    by: By
    county: Named | None
    lines: tuple[Line, ...]
    rest: Line | None
    total: Mapping[Measure, int]
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted once."""

    at: datetime
    lines: Mapping[str, Counter[Measure]]

    @property
    def stands(self) -> bool:
        """So many that the next one who looks is shown the same."""
        return sum(line[Measure.LIVING] for line in self.lines.values()) > MANY


_standing: dict[tuple[Sight, By, str], Counted] = {}


@dataclass(frozen=True, slots=True)
class LateReport:
    """One report that should have been decided."""

    number: str
    title: str
    place: str
    registered_at: datetime
    left: Left | None


async def board(
    by: Actor, lines: By, now: datetime, county: str = "", most: int = MOST_LINES
) -> Board:
    """Of everything this person sees, or of one county alone."""
    sight, known = await sight_of(by), await packs()
    counted = await _counted(sight, lines, now, county)
    counts = {line: Counter(found) for line, found in counted.lines.items()}
    late = await _late(sight, now, county)
    for line, n in late.items():  # a report that nobody decided has no department yet
        of = line if lines is By.COUNTY else NOBODY
        counts.setdefault(of, Counter())[Measure.UNACCEPTED] += n
    named = [Line(_named(known, sight, lines, code), found) for code, found in counts.items()]
    ranked = sorted(named, key=_worst)
    rest = ranked[most:]
    return Board(
        by=lines,
        county=_named(known, sight, By.COUNTY, county) if county else None,
        lines=tuple(ranked[:most]),
        rest=Line(Named("", str(len(rest))), _sum(rest)) if rest else None,
        total=_sum(ranked),
        counted_at=counted.at if counted.stands else None,
    )


async def board_orders(
    by: Actor, what: Measure, now: datetime, wanted: Mapping[str, str], page: int
) -> tuple[DeskRow, ...]:
    """The orders behind a number."""
    chosen = Chosen(await sight_of(by))
    chosen.only(LIVING)
    for name, value in wanted.items():
        if value:
            there = f"coalesce(o.{name}, '{NOBODY}')"  # as the board counts: no further counties
            chosen.only(f"{there} = {chosen.given(value)}")
    at, soon = chosen.given(now), chosen.given(now + SOON)
    chosen.only(f"{at}::timestamptz < {soon}::timestamptz")
    chosen.only(CONDITIONS[what].format(at=at, soon=soon))
    return await listed(chosen, by, now, page)


async def late_reports(by: Actor, now: datetime, county: str, page: int) -> tuple[LateReport, ...]:
    """The reports behind the number of those that nobody decided in time."""
    sight, known = await sight_of(by), await packs()
    where = (sight.tenant_id, sorted(sight.jurisdictions), now, county)
    sql = LATE_ROWS.format(_late_within(sight))
    return tuple(
        LateReport(
            number=one["number"],
            title=one["title"],
            place=place_label(known.pack(one["jurisdiction"]), one["county"], one["township"]),
            registered_at=one["registered_at"],
            left=left(known.pack(one["jurisdiction"]), one["due_at"], now),
        )
        for one in await rows(sql, *where, PAGE, (page - 1) * PAGE)
    )


async def _counted(sight: Sight, lines: By, now: datetime, county: str) -> Counted:
    """As it stands in this process, or anew."""
    key = (sight, lines, county)
    known = _standing.get(key)
    if known and timedelta(0) <= now - known.at < STANDS:
        return known
    found = Counted(now, await _counts(sight, lines, now, county))
    for one in [one for one, old in _standing.items() if now - old.at >= STANDS]:
        del _standing[one]
    if found.stands:
        _standing[key] = found
    return found


async def _counts(
    sight: Sight, lines: By, now: datetime, county: str
) -> dict[str, Counter[Measure]]:
    conditions = {name: sql.format(at="$3", soon="$4") for name, sql in CONDITIONS.items()}
    each = ", ".join(f"count(*) FILTER (WHERE {sql}) AS {name}" for name, sql in conditions.items())
    own = order_kinds(sight)
    own += OF_COUNTY if county else ""
    sql = COUNTS.format(of=OF[lines], each=each, living=LIVING, own=own)
    where = (sight.tenant_id, sorted(sight.jurisdictions), now, now + SOON)
    given = (*where, county) if county else where
    return {one["line"]: _counter(one) for one in await rows(sql, *given)}


def _counter(one: Mapping[str, Any]) -> Counter[Measure]:
    return Counter({name: int(one[name]) for name in CONDITIONS})


async def _late(sight: Sight, now: datetime, county: str) -> dict[str, int]:
    where = (sight.tenant_id, sorted(sight.jurisdictions), now, county)
    sql = LATE_COUNTS.format(_late_within(sight))
    return {one["line"]: int(one["n"]) for one in await rows(sql, *where)}


def _late_within(sight: Sight) -> str:
    return LATE.format(own=own_kinds(sight, "r.kinds"))


def _named(known: Packs, sight: Sight, lines: By, code: str) -> Named:
    pack = known.pack(sight.tenant_id)
    if code == NOBODY:
        return Named(NOBODY, "")
    if lines is By.COUNTY:
        return Named(code, place_label(pack, code, None) or code)
    others = (one for one in known.by_code.values() if one.tenant == sight.tenant_id)
    return department(pack, code, others)


def _worst(line: Line) -> tuple[object, ...]:
    n = line.counts
    return -line.late, -n.get(Measure.DUE, 0), -n.get(Measure.LIVING, 0), line.of.code


def _sum(lines: Iterable[Line]) -> Counter[Measure]:
    total: Counter[Measure] = Counter()
    for line in lines:
        total.update(line.counts)
    return total
