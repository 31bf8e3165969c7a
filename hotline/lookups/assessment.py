"""考核: a month's cohort by department and county, the curve to it, the orders of a number."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import Named, department, place_label
from hotline.lookups.order_rows import NOBODY, PAGE
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.cohort import COHORT, EACH, FROM, Cohort
from hotline.records.own_kinds import own_kinds
from hotline.rules.actor import Actor
from hotline.rules.assessing import (
    NAMES,
    Assessment,
    Tally,
    months_back,
    score,
    tally_of,
    together,
)
from hotline.rules.sight import Sight
from hotline.rules.terms import OrderStage

BACK: Final = 12  # months of the curve
CHOICE: Final = 36  # months to choose from
CELLS: Final = f"""
SELECT jurisdiction, month, lead, county, {", ".join(NAMES)} FROM {{cells}}
WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND month = $3{{own}}
"""  # noqa: S608 (the names are ours)
MONTHS: Final = f"""
SELECT month, {", ".join(f"sum({name})::int AS {name}" for name in NAMES)} FROM {{cells}}
WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND month = ANY($3){{own}} GROUP BY 1
"""  # noqa: S608
COUNTED: Final = """
SELECT min(counted_at) AS at FROM assessment_month
WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND month = $3
"""


class Part(StrEnum):
    """Which orders of a line: all, or those that one measure counts against it."""

    ALL = "all"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    SATISFIED = "satisfied"
    REOPENED = "reopened"


PARTS: Final[Mapping[Part, str]] = {
    Part.ALL: "true",
    Part.ACCEPTED: "t.late",
    Part.CLOSED: "e.late",
    Part.SATISFIED: "s.n > s.good",
    Part.REOPENED: "o.redo_count > 0",
}
ORDERS: Final = f"""
SELECT o.number, o.title, o.stage, o.jurisdiction, o.county, o.township, o.lead, o.opened_at,
  o.closed_at, t.late AS told_late, e.late AS ended_late, s.n::int AS rated,
  s.good::int AS satisfied, o.redo_count
{EACH}{{led}} AND {{part}}{{own}} ORDER BY o.opened_at, o.number LIMIT $14 OFFSET $15
"""
# said once more in the words of an index
LED: Final[Mapping[str, str]] = {"": "", NOBODY: " AND o.lead IS NULL"}
LED_BY: Final = " AND o.lead = $12"
BEFORE: Final = f"{COHORT} SELECT count(*)::int AS n {FROM} WHERE {{part}}{{own}}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose orders of a month; "" is anybody's, NOBODY nobody's."""

    month: date
    part: Part = Part.ALL
    lead: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One department or county."""

    of: Named
    tally: Tally
    score: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month's cohort. `counted_at` None: not counted yet."""

    month: date
    scheme: Assessment
    counted_at: datetime | None
    departments: tuple[Line, ...]
    counties: tuple[Line, ...]
    whole: Line
    curve: tuple[tuple[date, Tally], ...]  # the oldest first


@dataclass(frozen=True, slots=True)
class Assessed:
    """One order, and how it counts. None: it does not count yet."""

    number: str
    title: str
    stage: OrderStage
    place: str
    lead: str
    opened_at: datetime
    closed_at: datetime | None
    told_late: bool | None
    ended_late: bool | None
    rated: int
    satisfied: int
    reopened: bool


def months(now: datetime) -> list[date]:
    """To choose from, the newest first."""
    return months_back(now, CHOICE)


async def assessment(by: Actor, month: date, now: datetime) -> Month | None:
    """As it was last counted; None where the jurisdiction assesses nobody."""
    sight, known = await sight_of(by), await packs()
    pack = known.pack(by.jurisdiction)
    if pack.assessment is None:
        return None
    seen = (sight.tenant_id, sorted(sight.jurisdictions))
    cells = await rows(_within(CELLS, sight), *seen, month)
    back = months_back(now, BACK)[::-1]
    lately = await rows(_within(MONTHS, sight), *seen, back)
    curve = {one["month"]: tally_of(one) for one in lately}
    counted = await rows(COUNTED, *seen, month)
    whole = together(tally_of(one) for one in cells)
    return Month(
        month=month,
        scheme=pack.assessment,
        counted_at=counted[0]["at"],
        departments=_lines(pack, await _names(by), cells, "lead"),
        counties=_lines(pack, await _names(by), cells, "county"),
        whole=Line(Named("", ""), whole, score(whole, pack.assessment)),
        curve=tuple((one, curve.get(one, Tally())) for one in back),
    )


async def cohort_orders(by: Actor, asked: Asked, now: datetime, page: int = 1) -> list[Assessed]:
    """The orders behind a number of one line, a page at most."""
    return await _assessed(by, asked, now, (PAGE, (page - 1) * PAGE))


async def whole_cohort(by: Actor, month: date, now: datetime) -> list[Assessed]:
    """Every order of the month, to be taken away."""
    return await _assessed(by, Asked(month), now, (None, 0))


async def _assessed(
    by: Actor, asked: Asked, now: datetime, span: tuple[int | None, int]
) -> list[Assessed]:
    """Jurisdiction by jurisdiction: each has rules of its own."""
    sight, known = await sight_of(by), await packs()
    names, found = await _names(by), list[Assessed]()
    most, skipped = span
    which = {"part": PARTS[asked.part], "own": own_kinds(sight, "o.kinds")}
    sql = ORDERS.format(**which, led=LED.get(asked.lead, LED_BY))
    for code in sorted(sight.jurisdictions):
        pack = known.pack(code)
        if pack.assessment is None or (most is not None and len(found) >= most):
            continue
        rules = (pack.assessment, pack.schemes, asked.month)
        cohort = Cohort(sight.tenant_id, code, *rules, asked.lead, asked.county).values(now)
        left = None if most is None else most - len(found)
        here = await rows(sql, *cohort, left, skipped)
        found += [_one(pack, names, one) for one in here]
        if skipped and len(found) < PAGE:  # what is passed over here is not again in the next
            (whole,) = await rows(BEFORE.format(**which), *cohort)
            skipped = max(0, skipped - whole["n"])
    return found


def _within(sql: str, sight: Sight) -> str:
    """Counted apart by kinds, so that whoever sees every kind adds up no more lines than before."""
    cells = "assessment_kind_cell" if sight.kinds else "assessment_cell"
    return sql.format(cells=cells, own=own_kinds(sight, "kinds"))


def _one(pack: Pack, names: tuple[Pack, ...], one: dict[str, Any]) -> Assessed:
    return Assessed(
        number=one["number"],
        title=one["title"],
        stage=OrderStage(one["stage"]),
        place=place_label(pack, one["county"], one["township"]),
        lead=department(pack, one["lead"], names).name if one["lead"] else "",
        opened_at=one["opened_at"],
        closed_at=one["closed_at"],
        told_late=one["told_late"],
        ended_late=one["ended_late"],
        rated=one["rated"],
        satisfied=one["satisfied"],
        reopened=one["redo_count"] > 0,
    )


async def _names(by: Actor) -> tuple[Pack, ...]:
    known, sight = await packs(), await sight_of(by)
    return tuple(one for one in known.by_code.values() if one.tenant == sight.tenant_id)


def _lines(
    pack: Pack, names: tuple[Pack, ...], cells: list[dict[str, Any]], by: str
) -> tuple[Line, ...]:
    """The best first; those with too few orders last."""
    assert pack.assessment
    parts: defaultdict[str, list[Tally]] = defaultdict(list)
    for one in cells:
        parts[one[by]].append(tally_of(one))
    found = []
    for code, tallies in parts.items():
        tally = together(tallies)
        found.append(Line(_named(pack, names, by, code), tally, score(tally, pack.assessment)))
    return tuple(sorted(found, key=_best))


def _named(pack: Pack, names: tuple[Pack, ...], by: str, code: str) -> Named:
    if code == NOBODY:
        return Named(NOBODY, "")
    if by == "county":
        return Named(code, place_label(pack, code, None) or code)
    return department(pack, code, names)


def _best(line: Line) -> tuple[object, ...]:
    return line.score is None, -(line.score or 0), -line.tally.orders, line.of.code
