"""公开台账: what anybody may read. Published texts alone; no person, no report, no order number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.store import Packs, packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Finding, OrderStage

PAGE: Final = 20

PUBLIC: Final = """
FROM publication p
WHERE p.tenant_id = $1 AND p.stage = 'published'
  AND ($2 = '' OR p.county = $2) AND ($3 = '' OR p.kind = $3 OR p.kind LIKE $3 || '.%')
  AND ($4 = '' OR to_char(p.published_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') = $4)
  AND ($5 = '' OR p.finding = $5)
  AND ($6 = '' OR position(lower($6) IN
    lower(concat_ws(' ', p.number, p.title, p.problem, p.measure))) > 0)
"""
ROWS: Final = """
SELECT p.number, p.jurisdiction, p.county, p.township, p.kind, p.finding, p.closing, p.title,
  p.problem, p.measure, p.published_at
{public} ORDER BY p.published_at DESC, p.number LIMIT $7 OFFSET $8
"""
CASE: Final = """
SELECT number, jurisdiction, county, township, kind, finding, closing, title, problem, measure,
  published_at FROM publication WHERE tenant_id = $1 AND number = $2 AND stage = 'published'
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader looks for; "" is everything. `month` is 2026-05."""

    county: str = ""
    kind: str = ""
    month: str = ""
    finding: str = ""
    words: str = ""  # stand so in the number or in what was published


@dataclass(frozen=True, slots=True)
class Case:
    """One published matter. 阶段性办结 is said as such, and 部分属实 is not 属实."""

    number: str
    title: str
    place: str
    kind: Named
    finding: Finding
    closing: OrderStage
    problem: str
    measure: str
    published_on: date


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of published matters, newest first."""

    cases: tuple[Case, ...]
    total: int
    page: int
    pages: int


async def cases(tenant_id: str, chosen: Filter, page: int = 1) -> LedgerPage:
    """Twenty a page."""
    where = (tenant_id, chosen.county, chosen.kind, chosen.month, chosen.finding, chosen.words)
    counted = await row(f"SELECT count(*) AS n {PUBLIC}", *where)
    total = int(counted["n"]) if counted else 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = await rows(ROWS.format(public=PUBLIC), *where, PAGE, (page - 1) * PAGE)
    known = await packs()
    return LedgerPage(tuple(_case(known, one) for one in found), total, page, pages)


async def case(tenant_id: str, number: str) -> Case:
    """NotFound for what was never published as for what was taken back."""
    found = await row(CASE, tenant_id, number)
    if found is None:
        raise NotFound("publication")
    return _case(await packs(), found)


def _case(known: Packs, one: Mapping[str, Any]) -> Case:
    pack = known.pack(one["jurisdiction"])
    published: datetime = one["published_at"]
    return Case(
        number=one["number"],
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kind=kind_names(pack, [one["kind"]])[0],
        finding=Finding(one["finding"]),
        closing=OrderStage(one["closing"]),
        problem=one["problem"],
        measure=one["measure"],
        published_on=published.astimezone(SHANGHAI).date(),
    )
