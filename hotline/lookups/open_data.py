"""开放数据: published matters and withdrawals as a machine takes them; the same as on the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.ledger import PUBLIC, Filter
from hotline.lookups.names import kind_names
from hotline.policy.store import Packs, packs

MOST: Final = 500  # a page
MOST_GONE: Final = 50

# the last state of anything public: an id begins with its moment
LAST: Final = "SELECT at FROM public_version WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1"
COUNT: Final = f"SELECT count(*) AS n {PUBLIC}"
MATTERS: Final = f"""
SELECT p.number, p.title, p.jurisdiction, p.county, p.township, p.kind, p.finding, p.closing,
  p.problem, p.measure, p.published_at {PUBLIC}
ORDER BY p.published_at DESC, p.number LIMIT $7 OFFSET $8
"""
GONE: Final = """
SELECT number, retracted_at, retract_reason FROM publication
WHERE tenant_id = $1 AND stage = 'retracted' AND published_at IS NOT NULL
ORDER BY retracted_at DESC, number LIMIT $2
"""

PLAIN: Final = (
    "number", "title", "jurisdiction", "kind", "finding", "closing", "problem", "measure",
    "published_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """One published matter: codes as the pack has them, names beside."""

    number: str
    title: str
    jurisdiction: str
    county: str
    county_name: str
    township: str
    township_name: str
    kind: str
    kind_name: str
    finding: str
    closing: str
    problem: str
    measure: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """What was public and was taken back."""

    number: str
    at: datetime
    reason: str


async def changed_at(tenant_id: str) -> datetime:
    """When anything public last changed: what was fetched since then is still right."""
    found = await row(LAST, tenant_id)
    at: datetime = found["at"] if found else datetime(2000, 1, 1, tzinfo=UTC)
    return at


async def matters(tenant_id: str, chosen: Filter, page: int = 1) -> tuple[list[Matter], int]:
    """One page of them, the newest first, and how many there are."""
    where = (tenant_id, chosen.county, chosen.kind, chosen.month, chosen.finding, chosen.words)
    counted = await row(COUNT, *where)
    found = await rows(MATTERS, *where, MOST, (page - 1) * MOST)
    known = await packs()
    return [_matter(known, one) for one in found], int(counted["n"]) if counted else 0


async def gone(tenant_id: str) -> list[Gone]:
    """What was taken back lately."""
    found = await rows(GONE, tenant_id, MOST_GONE)
    return [Gone(one["number"], one["retracted_at"], one["retract_reason"]) for one in found]


def _matter(known: Packs, one: Mapping[str, Any]) -> Matter:
    pack = known.pack(one["jurisdiction"])

    def name(code: str | None) -> str:
        place = pack.gazetteer.get(code) if code else None
        return place.name if place else ""

    return Matter(
        **{key: one[key] for key in PLAIN},
        county=one["county"] or "",
        county_name=name(one["county"]),
        township=one["township"] or "",
        township_name=name(one["township"]),
        kind_name=kind_names(pack, [one["kind"]])[0].name,
    )
