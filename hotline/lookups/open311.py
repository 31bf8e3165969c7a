"""Open311's view of 公开台账: published matters alone, under their own numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.names import kind_names, place_label
from hotline.policy.store import Packs, packs
from hotline.rules.numbering import asked
from hotline.rules.terms import Finding, OrderStage

COLUMNS: Final = """
SELECT p.number, p.jurisdiction, p.county, p.township, p.kind, p.finding, p.closing, p.title,
  p.problem, p.measure, p.published_at
FROM publication p WHERE p.tenant_id = $1 AND p.stage = 'published' AND p.jurisdiction = ANY($2)
"""
FOUND: Final = f"""
{COLUMNS} AND p.published_at >= $3 AND p.published_at <= $4
  AND (cardinality($5::text[]) = 0 OR p.kind = ANY($5))
  AND (cardinality($6::text[]) = 0 OR p.closing = ANY($6))
ORDER BY p.published_at DESC, p.number LIMIT $7 OFFSET $8
"""
NUMBERED: Final = f"{COLUMNS} AND p.number = ANY($3) ORDER BY p.published_at DESC, p.number"
OF_REPORT: Final = """
SELECT p.number FROM service_request r
JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
JOIN publication p ON p.tenant_id = r.tenant_id AND p.order_id = m.order_id
  AND p.stage = 'published'
WHERE r.tenant_id = $1 AND r.number = $2 ORDER BY p.published_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: a tenant, and the packs of it that were asked for."""

    tenant_id: str
    jurisdictions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; an empty list is everything. Both moments are included."""

    since: datetime
    until: datetime
    kinds: Sequence[str] = ()
    closings: Sequence[str] = ()
    page: int = 1
    page_size: int = 1000


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """One published matter. When its reports came is nobody's business but their reporters'."""

    number: str
    authority: str
    place: str
    place_code: str
    kind: str
    kind_name: str
    finding: Finding
    closing: OrderStage
    title: str
    problem: str
    measure: str
    published_at: datetime


async def matters(within: Within, sought: Sought) -> list[PublicMatter]:
    """Newest first."""
    found = await rows(
        FOUND,
        within.tenant_id,
        list(within.jurisdictions),
        sought.since,
        sought.until,
        list(sought.kinds),
        list(sought.closings),
        sought.page_size,
        (sought.page - 1) * sought.page_size,
    )
    return await _matters(found)


async def matters_numbered(within: Within, numbers: Sequence[str]) -> list[PublicMatter]:
    """Those of these numbers that are public; the others might as well not be."""
    own = [asked(number) for number in numbers]
    found = await rows(NUMBERED, within.tenant_id, list(within.jurisdictions), own)
    return await _matters(found)


async def published_number(number: str) -> str | None:
    """The publication's number of the matter that a report belongs to, once it is public."""
    known, prefix = await packs(), number.rstrip("0123456789")
    tenants = [pack.tenant for pack in known.serving() if pack.prefix == prefix]
    found = await row(OF_REPORT, tenants[0], number) if tenants else None
    return str(found["number"]) if found else None


async def changed_at() -> datetime:
    """When the rules, and with them the services, last changed."""
    found = await row("SELECT max(imported_at) AS at FROM policy_version")
    assert found is not None
    at: datetime = found["at"]
    return at


async def _matters(found: Sequence[Mapping[str, Any]]) -> list[PublicMatter]:
    known = await packs()
    return [_matter(known, one) for one in found]


def _matter(known: Packs, one: Mapping[str, Any]) -> PublicMatter:
    pack = known.pack(one["jurisdiction"])
    return PublicMatter(
        number=one["number"],
        authority=pack.authority,
        place=place_label(pack, one["county"], one["township"]),
        place_code=one["township"] or one["county"] or "",
        kind=one["kind"],
        kind_name=kind_names(pack, [one["kind"]])[0].name,
        finding=Finding(one["finding"]),
        closing=OrderStage(one["closing"]),
        title=one["title"],
        problem=one["problem"],
        measure=one["measure"],
        published_at=one["published_at"],
    )
