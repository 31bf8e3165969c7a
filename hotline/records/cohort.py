"""考核: the orders of one month, each with what it is assessed by, as one statement reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotline.rules.assessing import Assessment, midnight, next_month
from hotline.rules.clocks import Scheme

# late: true or false once the term has ended or run out, null while it may still be kept
COHORT: Final = """
WITH cohort AS MATERIALIZED (SELECT o.id, o.first_request_id, coalesce(o.lead, '-') AS lead,
    coalesce(o.county, '-') AS county, o.kinds, o.redo_count, o.answered_at FROM work_order o
  WHERE o.tenant_id = $1 AND o.jurisdiction = $2 AND o.opened_at >= $3 AND o.opened_at < $4
    AND ($12 = '' OR coalesce(o.lead, '-') = $12) AND ($13 = '' OR coalesce(o.county, '-') = $13)
    AND NOT o.historical AND o.stage <> ALL($6) AND NOT o.kinds && $7::text[]
    AND (cardinality($8::text[]) = 0 OR NOT EXISTS (SELECT FROM service_request r
      WHERE r.tenant_id = $1 AND r.id = o.first_request_id AND r.wish = ANY($8)))),
told AS (SELECT c.holder_id, bool_or(c.outcome = 'late' OR c.stopped_at IS NULL) AS late
  FROM clock c WHERE c.tenant_id = $1 AND c.holder_id IN (SELECT first_request_id FROM cohort)
    AND c.scheme = ANY($9) AND (c.outcome IN ('kept', 'late')
      OR c.stopped_at IS NULL AND c.due_at < $5) GROUP BY 1),
ended AS (SELECT c.holder_id, bool_or(c.outcome = 'late' OR c.stopped_at IS NULL) AS late
  FROM clock c WHERE c.tenant_id = $1 AND c.holder_id IN (SELECT id FROM cohort)
    AND c.scheme = ANY($10) AND (c.outcome IN ('kept', 'late')
      OR c.stopped_at IS NULL AND c.due_at < $5) GROUP BY 1),
rated AS (SELECT DISTINCT ON (f.request_id) f.order_id, f.score FROM feedback f
  WHERE f.tenant_id = $1 AND f.order_id IN (SELECT id FROM cohort) AND NOT f.by_default
  ORDER BY f.request_id, f.at DESC),
said AS (SELECT order_id, count(*) AS n, count(*) FILTER (WHERE score >= $11) AS good
  FROM rated GROUP BY 1)
"""
FROM: Final = """
FROM cohort o LEFT JOIN told t ON t.holder_id = o.first_request_id
LEFT JOIN ended e ON e.holder_id = o.id LEFT JOIN said s ON s.order_id = o.id
"""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whose orders of which month, by which rules; of one department or county, if named."""

    tenant: str
    jurisdiction: str
    scheme: Assessment
    schemes: Sequence[Scheme]
    month: date
    lead: str = ""
    county: str = ""

    def values(self, now: datetime) -> tuple[object, ...]:
        """Of COHORT. Of the terms those that acceptance ends, and those that closing ends."""
        out = self.scheme.excluded
        duties = [one for one in self.schemes if not one.is_right]
        return (
            self.tenant,
            self.jurisdiction,
            midnight(self.month),
            midnight(next_month(self.month)),
            now,
            [stage for one in out for stage in one.stages],
            [kind for one in out for kind in one.kinds],
            [wish for one in out for wish in one.wishes],
            [s.code for s in duties if s.holder == "request" and "accept" in s.stops],
            [s.code for s in duties if s.holder == "order" and "close" in s.stops],
            self.scheme.satisfied_from,
            self.lead,
            self.county,
        )
