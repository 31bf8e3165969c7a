"""协办分工 as pages show it: what each assisting department does, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.names import Named, department
from hotline.policy.pack import Pack
from hotline.rules.clocks import SHANGHAI

OF_ORDER: Final = """
SELECT p.*, s.name AS doer FROM order_part p
LEFT JOIN staff s ON s.tenant_id = p.tenant_id AND s.id::text = p.done_by
WHERE p.tenant_id = $1 AND p.order_id = $2 ORDER BY p.given_at, p.id
"""


@dataclass(frozen=True, slots=True)
class PartView:
    """One part. `open`: neither done nor set aside."""

    department: Named
    task: str
    due_on: date
    overdue: bool
    result: str
    doer: str
    done_at: datetime | None
    waived_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.done_at is None and self.waived_at is None


async def parts_of(
    pack: Pack, tenant_id: str, order_id: UUID, now: datetime
) -> tuple[PartView, ...]:
    """In the order they were given."""
    today = now.astimezone(SHANGHAI).date()
    return tuple(
        PartView(
            department=department(pack, one["department"]),
            task=one["task"],
            due_on=one["due_on"],
            overdue=(_ended(one["done_at"] or one["waived_at"]) or today) > one["due_on"],
            result=one["result"],
            doer=one["doer"] or "",
            done_at=one["done_at"],
            waived_at=one["waived_at"],
        )
        for one in await rows(OF_ORDER, tenant_id, order_id)
    )


def _ended(at: datetime | None) -> date | None:
    return at.astimezone(SHANGHAI).date() if at else None
