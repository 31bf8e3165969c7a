"""考核统计: a month's cohort of orders counted anew, by department and county. Repeats nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import AssessmentCell, AssessmentKindCell, AssessmentMonth
from hotline.records.cohort import COHORT, FROM, Cohort
from hotline.rules.assessing import NAMES, months_back

LATELY: Final = 6  # months that may still change much: counted again and again
LONG: Final = 36  # months that are counted at all
FRESH: Final = timedelta(minutes=15)
OLD: Final = timedelta(days=1)
LOCK: Final = "SELECT pg_advisory_xact_lock($1::int, hashtext($2))"
COUNTS: Final = """
SELECT o.lead, o.county, o.kinds, grouping(o.kinds) = 0 AS by_kinds, count(*)::int AS orders,
  count(*) FILTER (WHERE NOT t.late)::int AS accepted, count(t.late)::int AS accepted_of,
  count(*) FILTER (WHERE NOT e.late)::int AS closed, count(e.late)::int AS closed_of,
  coalesce(sum(s.good), 0)::int AS satisfied, coalesce(sum(s.n), 0)::int AS satisfied_of,
  count(*) FILTER (WHERE o.redo_count > 0)::int AS reopened,
  count(*) FILTER (WHERE o.redo_count > 0 OR o.answered_at IS NOT NULL)::int AS reopened_of
"""
COUNTED: Final = f"{COHORT} {COUNTS} {FROM} GROUP BY GROUPING SETS ((1, 2), (1, 2, 3))"
AGES: Final = """
SELECT jurisdiction, month, counted_at FROM assessment_month WHERE tenant_id = ANY($1)
"""


async def count_cohort(pack: Pack, month: date, now: datetime) -> bool:
    """False where the pack assesses nobody. One counts at a time; the last count stands."""
    if pack.assessment is None:
        return False
    cohort = Cohort(pack.tenant, pack.code, pack.assessment, pack.schemes, month)
    where: dict[str, Any] = {"tenant_id": pack.tenant, "jurisdiction": pack.code, "month": month}
    async with transaction():
        await rows(LOCK, int(pack.tenant), f"assessment:{pack.code}:{month}")
        found = await rows(COUNTED, *cohort.values(now))
        cells = [AssessmentCell(**where, **_cell(one)) for one in found if not one["by_kinds"]]
        await AssessmentCell.filter(**where).delete()
        await AssessmentCell.bulk_create(cells)
        by_kinds = [
            AssessmentKindCell(**where, **_cell(one), kinds=one["kinds"])
            for one in found
            if one["by_kinds"]
        ]
        await AssessmentKindCell.filter(**where).delete()
        await AssessmentKindCell.bulk_create(by_kinds)
        await AssessmentMonth.filter(**where).delete()
        await AssessmentMonth(**where, counted_at=now).save(force_create=True)
    return True


async def count_stalest(now: datetime) -> int:
    """The clock's: the month that was not counted for longest, if any is due. How many."""
    serving = [pack for pack in (await packs()).serving() if pack.assessment]
    counted = {
        (one["jurisdiction"], one["month"]): one["counted_at"]
        for one in await rows(AGES, sorted({pack.tenant for pack in serving}))
    }
    for pack in serving:
        for month in _due(counted, pack.code, now):
            return int(await count_cohort(pack, month, now))
    return 0


def _due(counted: dict[tuple[str, date], datetime], code: str, now: datetime) -> Iterator[date]:
    for back, month in enumerate(months_back(now, LONG)):
        last = counted.get((code, month))
        if last is None or now - last >= (FRESH if back < LATELY else OLD):
            yield month


def _cell(one: dict[str, object]) -> dict[str, object]:
    return {name: one[name] for name in ("lead", "county", *NAMES)}
