"""考核: the orders of one month, each with what it is assessed by, as one statement reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotline.rules.assessing import Assessment, midnight, next_month
from hotline.rules.clocks import Scheme

OF_MONTH: Final = """
o.tenant_id = $1 AND o.jurisdiction = $2 AND o.opened_at >= $3 AND o.opened_at < $4
    AND ($12 = '' OR coalesce(o.lead, '-') = $12) AND ($13 = '' OR coalesce(o.county, '-') = $13)
    AND NOT o.historical AND o.stage <> ALL($6) AND NOT o.kinds && $7::text[]
    AND (cardinality($8::text[]) = 0 OR NOT EXISTS (SELECT FROM service_request r
      WHERE r.tenant_id = $1 AND r.id = o.first_request_id AND r.wish = ANY($8)))
"""
# late: true or false once the term has ended or run out, null while it may still be kept
LATE: Final = """
bool_or(c.outcome = 'late' OR c.stopped_at IS NULL) AS late
  FROM clock c WHERE c.tenant_id = $1 AND c.holder_id {of} AND c.scheme = ANY({schemes})
    AND (c.outcome IN ('kept', 'late') OR c.stopped_at IS NULL AND c.due_at < $5)
"""
TOLD: Final = "$9"
ENDED: Final = "$10"
COHORT: Final = f"""
WITH cohort AS MATERIALIZED (SELECT o.id, o.first_request_id, coalesce(o.lead, '-') AS lead,
    coalesce(o.county, '-') AS county, o.kinds, o.redo_count, o.answered_at FROM work_order o
  WHERE {OF_MONTH}),
told AS (SELECT c.holder_id,
  {LATE.format(of="IN (SELECT first_request_id FROM cohort)", schemes=TOLD)} GROUP BY 1),
ended AS (SELECT c.holder_id,
  {LATE.format(of="IN (SELECT id FROM cohort)", schemes=ENDED)} GROUP BY 1),
rated AS (SELECT DISTINCT ON (f.request_id) f.order_id, f.score FROM feedback f
  WHERE f.tenant_id = $1 AND f.order_id IN (SELECT id FROM cohort) AND NOT f.by_default
  ORDER BY f.request_id, f.at DESC),
said AS (SELECT order_id, count(*) AS n, count(*) FILTER (WHERE score >= $11) AS good
  FROM rated GROUP BY 1)
"""  # noqa: S608 (statements of ours)
FROM: Final = """
FROM cohort o LEFT JOIN told t ON t.holder_id = o.first_request_id
LEFT JOIN ended e ON e.holder_id = o.id LEFT JOIN said s ON s.order_id = o.id
"""
# The same order by order, in the order of time: of a page no more are looked into than it shows.
EACH: Final = f"""
FROM work_order o
CROSS JOIN LATERAL (SELECT {LATE.format(of="= o.first_request_id", schemes=TOLD)}) t
CROSS JOIN LATERAL (SELECT {LATE.format(of="= o.id", schemes=ENDED)}) e
CROSS JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE r.score >= $11) AS good
  FROM (SELECT DISTINCT ON (f.request_id) f.score FROM feedback f
    WHERE f.tenant_id = $1 AND f.order_id = o.id AND NOT f.by_default
    ORDER BY f.request_id, f.at DESC) r) s
WHERE {OF_MONTH}
"""  # noqa: S608


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
