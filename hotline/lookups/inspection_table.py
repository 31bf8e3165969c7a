"""边督边改公开表: the published matters of inspections in the columns that the pack prints."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.database import rows
from hotline.errors import PolicyGap
from hotline.lookups.names import kind_names, place_label
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.terms import Finding, OrderStage

MOST: Final = 2000
LISTED: Final = """
SELECT p.number, p.jurisdiction, p.county, p.township, p.finding, p.closing, p.problem, p.measure,
  p.inspection_number, p.verified, p.accountability, p.published_at, o.kinds
FROM publication p JOIN work_order o ON o.tenant_id = p.tenant_id AND o.id = p.order_id
WHERE p.tenant_id = $1 AND p.stage = 'published' AND p.inspection_number IS NOT NULL
ORDER BY p.inspection_number, p.published_at LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row, with the place and kinds in words; `serial` counts from one."""

    serial: int
    publication: str
    number: str
    problem: str
    place: str
    kinds: tuple[str, ...]
    verified: str
    finding: Finding
    measure: str
    closing: OrderStage
    accountability: str


CELLS: Final[Mapping[str, Callable[[Listed], str]]] = {
    "inspection.serial": lambda one: str(one.serial),
    "inspection.number": lambda one: one.number,
    "inspection.problem": lambda one: one.problem,
    "inspection.place": lambda one: one.place,
    "inspection.kinds": lambda one: "、".join(one.kinds),
    "inspection.found": lambda one: one.verified,
    "inspection.finding": lambda one: one.finding.value,
    "inspection.measures": lambda one: one.measure,
    "inspection.closed": lambda one: one.closing.value,
    "inspection.accountability": lambda one: one.accountability,
}


@dataclass(frozen=True, slots=True)
class Table:
    """As printed: the title, the columns by code and name, the rows."""

    title: str
    columns: tuple[tuple[str, str], ...]
    listed: tuple[Listed, ...]


async def inspection_table(pack: Pack) -> Table:
    """PolicyGap for a column that nothing here fills."""
    disclosure = pack.disclosure
    for code, _ in disclosure.columns:
        if code not in CELLS:
            raise PolicyGap(pack.code, "disclosure", f"what stands in the column {code}")
    found = await rows(LISTED, pack.tenant, MOST)
    known = await packs()
    listed = tuple(
        _listed(known.pack(one["jurisdiction"]), serial, one)
        for serial, one in enumerate(found, start=1)
    )
    return Table(disclosure.table_title, disclosure.columns, listed)


def _listed(pack: Pack, serial: int, one: Mapping[str, Any]) -> Listed:
    return Listed(
        serial=serial,
        publication=one["number"],
        number=one["inspection_number"],
        problem=one["problem"],
        place=place_label(pack, one["county"], one["township"]),
        kinds=tuple(kind.name for kind in kind_names(pack, one["kinds"])),
        verified=one["verified"],
        finding=Finding(one["finding"]),
        measure=one["measure"],
        closing=OrderStage(one["closing"]),
        accountability=one["accountability"],
    )
