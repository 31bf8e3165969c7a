"""撤并的单位: what a department still holds when a change of the rules would take it away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.database import rows
from hotline.policy.changing import Changed

HELD: Final = """
SELECT lead AS code, count(*) AS orders, 0 AS people FROM work_order
WHERE tenant_id = $1 AND lead = ANY($2::text[]) AND jurisdiction = $3
  AND stage IN ('opened', 'dispatched', 'signed', 'returned', 'submitted', 'answered',
    'closed_interim', 'forwarded') AND NOT historical
GROUP BY lead
UNION ALL
SELECT department, 0, count(*) FROM staff
WHERE tenant_id = $1 AND department = ANY($2::text[]) AND jurisdiction = $3 AND active
GROUP BY department
"""


@dataclass(frozen=True, slots=True)
class Departed:
    """A department that would be no more, with the open orders and the people it has."""

    code: str
    name: str
    orders: int
    people: int


async def departed(found: Iterable[Changed]) -> list[Departed]:
    """Those alone that still hold something: they are handed over first."""
    told: list[Departed] = []
    for one in found:
        after = one.after.departments.by_code if one.after else {}
        gone = {d.code: d.name for d in one.before.departments if d.code not in after}
        told += await _holding(one, gone) if gone and one.after else []
    return told


async def _holding(one: Changed, gone: dict[str, str]) -> list[Departed]:
    held: dict[str, Departed] = {}
    at = (one.before.tenant, sorted(gone), one.before.code)
    for row in await rows(HELD, *at):
        code = row["code"]
        had = held.get(code, Departed(code, gone[code], 0, 0))
        orders, people = had.orders + row["orders"], had.people + row["people"]
        held[code] = Departed(code, gone[code], orders, people)
    return list(held.values())
