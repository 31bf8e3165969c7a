"""办结以后: how many closed matters were taken up again, or found unsolved, or came back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from hotline.database import row
from hotline.rules.clocks import SHANGHAI
from hotline.rules.suppression import LEAST, suppressed

# a matter taken up again is closed no longer: its history knows when it was
CLOSED: Final = """
WITH closed AS (
  SELECT o.id FROM work_order o WHERE o.tenant_id = $1 AND NOT o.historical
    AND (o.closed_at >= $2 AND o.closed_at < $3 OR o.redo_count > 0 AND EXISTS (
      SELECT FROM event e WHERE e.tenant_id = $1 AND e.aggregate = 'order'
        AND e.aggregate_id = o.id AND e.step = 'close' AND e.at >= $2 AND e.at < $3))),
after AS (
  SELECT c.id,
    EXISTS (SELECT FROM event e JOIN event r ON r.tenant_id = $1 AND r.aggregate = 'order'
        AND r.aggregate_id = c.id AND r.step = 'redo' AND r.seq > e.seq
      WHERE e.tenant_id = $1 AND e.aggregate = 'order' AND e.aggregate_id = c.id
        AND e.step = 'close' AND e.at >= $2 AND e.at < $3) AS reopened,
    EXISTS (SELECT FROM feedback f WHERE f.tenant_id = $1 AND f.order_id = c.id
      AND NOT f.solved) AS unsolved,
    EXISTS (SELECT FROM work_order n WHERE n.tenant_id = $1
      AND n.earlier_order_id = c.id) AS again
  FROM closed c)
SELECT count(*) AS closed, count(*) FILTER (WHERE reopened) AS reopened,
  count(*) FILTER (WHERE unsolved) AS unsolved, count(*) FILTER (WHERE again) AS again,
  count(*) FILTER (WHERE reopened OR unsolved OR again) AS wanting
FROM after
"""


@dataclass(frozen=True, slots=True)
class AfterClosing:
    """Of the matters closed in a span; None: too few to be told. A matter counts once."""

    closed: int | None
    wanting: int | None  # reopened, unsolved or again
    reopened: int | None
    unsolved: int | None
    again: int | None

    @property
    def share(self) -> float | None:
        """Of the closed ones those that were found wanting."""
        if self.closed is None or self.wanting is None or not self.closed:
            return None
        return round(self.wanting / self.closed, 3)


async def after_closing(tenant_id: str, since: date, until: date) -> AfterClosing:
    """Both days included; what came of them up to now."""
    end = until + timedelta(days=1)
    found = await row(CLOSED, tenant_id, _midnight(since), _midnight(end)) or {}
    counts = {name: int(found.get(name, 0)) for name in ("closed", "wanting")}
    parts = suppressed(
        {"wanting": counts["wanting"], "stood": counts["closed"] - counts["wanting"]}
    )
    causes = {name: _told(int(found.get(name, 0))) for name in ("reopened", "unsolved", "again")}
    whole = counts["closed"] if None not in parts.values() else None
    return AfterClosing(closed=whole, wanting=parts["wanting"], **causes)


def _told(count: int) -> int | None:
    return None if 0 < count < LEAST else count


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
