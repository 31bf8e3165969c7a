"""How many reports each kind and place brought lately, as this process knows it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.rules.hot import DAYS, FEWEST, LATELY, Spot, is_hot, is_one_matter, spots

KEPT: Final = timedelta(seconds=5)  # what other workers decide meanwhile is not yet counted
USUAL_KEPT: Final = timedelta(hours=1)
LOOKED_AT: Final = 300  # of the newest of a spot

COUNTED: Final = """
SELECT tenant_id, county, township, kinds, count(*)::int AS n FROM service_request
WHERE tenant_id = ANY($1) AND registered_at > $2 AND county IS NOT NULL AND NOT historical
GROUP BY tenant_id, county, township, kinds
"""
USUAL: Final = """
SELECT count(*)::int AS n FROM service_request
WHERE tenant_id = $1 AND county = $2 AND ($3::text IS NULL OR township = $3) AND $4 = ANY(kinds)
  AND registered_at BETWEEN $5::timestamptz - make_interval(days => $6) AND $5
GROUP BY (registered_at AT TIME ZONE 'Asia/Shanghai')::date
"""
# A report that waits at the desk counts for the order it is most like.
RUNNING: Final = """
WITH newest AS (
  SELECT r.id, r.stage, r.suggestions->0->>'order' AS likest FROM service_request r
  WHERE r.tenant_id = $1 AND r.county = $2 AND ($3::text IS NULL OR r.township = $3)
    AND $4 = ANY(r.kinds) AND r.registered_at > $5 AND NOT r.historical
    AND r.stage IN ('accepted', 'triage') ORDER BY r.registered_at DESC LIMIT $6),
held AS (
  SELECT coalesce(m.order_id, CASE WHEN n.stage = 'triage' THEN n.likest::uuid END) AS order_id
  FROM newest n
  LEFT JOIN membership m ON m.tenant_id = $1 AND m.request_id = n.id AND m.to_at IS NULL)
SELECT o.id, o.number, count(*)::int AS held, (SELECT count(*)::int FROM newest) AS lately
FROM held h JOIN work_order o ON o.tenant_id = $1 AND o.id = h.order_id
WHERE o.stage NOT IN ('closed', 'closed_interim', 'withdrawn', 'merged') AND NOT o.historical
GROUP BY o.id, o.number ORDER BY count(*) DESC, o.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Running:
    """The order that most reports of a spot belong to."""

    id: UUID
    number: str


class Lately:
    """Counts of every spot: read now and then, and with each decision of this process one more."""

    def __init__(self) -> None:
        self.read_at: datetime | None = None
        self.tenants: frozenset[str] = frozenset()
        self._counts: Counter[Spot] = Counter()
        self._usual: dict[Spot, tuple[list[int], datetime]] = {}
        self._running: dict[Spot, Running | None] = {}

    def note(self, counted: Collection[Spot], reports: int = 1) -> None:
        """So many reports more."""
        for spot in counted:
            self._counts[spot] += reports

    async def running(self, spot: Spot, now: datetime) -> Running | None:
        """The matter a hot spot is about. Where few report nothing is asked of the database."""
        if self._counts[spot] < FEWEST or not await self._is_hot(spot, now):
            return None
        if spot not in self._running:
            self._running[spot] = await _running(spot, now)
        return self._running[spot]

    async def read(self, tenants: frozenset[str], now: datetime) -> None:
        """Count again what has been decided by now, here and elsewhere."""
        found = await rows(COUNTED, sorted(tenants), now - LATELY)
        self._counts.clear()
        self._running.clear()
        for one in found:
            where = one["tenant_id"], one["county"], one["township"]
            self.note(spots(*where, one["kinds"]), one["n"])
        self.read_at, self.tenants = now, tenants

    async def _is_hot(self, spot: Spot, now: datetime) -> bool:
        """What is usual is asked once an hour."""
        known = self._usual.get(spot)
        if known is None or not timedelta(0) <= now - known[1] < USUAL_KEPT:
            known = self._usual[spot] = await _usual(spot, now), now
        return is_hot(self._counts[spot], known[0])


async def _usual(spot: Spot, now: datetime) -> list[int]:
    place = spot.tenant_id, spot.county, spot.township, spot.kind
    return [one["n"] for one in await rows(USUAL, *place, now - LATELY, DAYS)]


async def _running(spot: Spot, now: datetime) -> Running | None:
    place = spot.tenant_id, spot.county, spot.township, spot.kind
    found = await row(RUNNING, *place, now - LATELY, LOOKED_AT)
    if found is None or not is_one_matter(found["held"], found["lately"]):
        return None
    return Running(found["id"], found["number"])


_kept = Lately()


async def lately(tenants: Collection[str], now: datetime) -> Lately:
    """The counts this process keeps, read again every few seconds.

    Not inside a transaction: it would count what is not yet said for good.
    """
    is_read = _kept.read_at is not None and timedelta(0) <= now - _kept.read_at < KEPT
    if not is_read or not _kept.tenants.issuperset(tenants):
        await _kept.read(_kept.tenants.union(tenants), now)
    return _kept
