"""核查 as pages show it: who looked when, and what was found; how often one may still look."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.rules.checking import CheckOutcome

OF_ORDER: Final = """
SELECT v.visited_at, v.at, v.outcome, v.note, s.name FROM check_visit v
LEFT JOIN staff s ON s.tenant_id = v.tenant_id AND s.id::text = v.by
WHERE v.tenant_id = $1 AND v.order_id = $2 ORDER BY v.at DESC, v.id DESC
"""


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit."""

    visited_at: datetime
    at: datetime
    outcome: CheckOutcome
    note: str = field(repr=False)
    who: str


@dataclass(frozen=True, slots=True)
class Visits:
    """Every visit, the newest first, and how many more the pack allows."""

    done: tuple[VisitView, ...]
    left: int


async def visits(pack: Pack, tenant_id: str, order_id: UUID) -> Visits:
    """Of one order."""
    found = await rows(OF_ORDER, tenant_id, order_id)
    done = tuple(
        VisitView(
            one["visited_at"],
            one["at"],
            CheckOutcome(one["outcome"]),
            one["note"],
            one["name"] or "",
        )
        for one in found
    )
    return Visits(done, max(0, pack.limit("check") - len(done)))
