"""How seldom words are in this installation's reports, from a sample that a process keeps."""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows
from hotline.rules.rarity import PLAIN, Rarity

SAMPLED: Final = 5_000  # reports; their words are counted in about a second
KEPT: Final = timedelta(hours=1)

SIZE: Final = """
SELECT greatest(reltuples, 0)::bigint AS reports FROM pg_class
WHERE oid = 'service_request'::regclass
"""
# A share of the table's pages, so that a million reports cost no more than the sample.
COUNTED: Final = """
WITH taken AS MATERIALIZED (
  SELECT grams FROM service_request TABLESAMPLE SYSTEM ({percent}) WHERE grams <> '{{}}'
  LIMIT {most})
SELECT '' AS word, count(*) AS held FROM taken
UNION ALL
SELECT word, count(*) FROM taken CROSS JOIN LATERAL unnest(grams) word
GROUP BY word HAVING count(*) > 1
"""


class _Kept:
    """What this process knows, and since when. Figures of words alone, of no report."""

    rarity = PLAIN
    since: datetime | None = None


async def rarity(now: datetime) -> Rarity:
    """Counted again once an hour."""
    if _Kept.since is None or not timedelta(0) <= now - _Kept.since < KEPT:
        _Kept.rarity, _Kept.since = await counted(), now
    return _Kept.rarity


async def counted() -> Rarity:
    """Count the words of a sample of the reports."""
    stored = int((await rows(SIZE))[0]["reports"])
    percent = min(100.0, 200.0 * SAMPLED / max(stored, 1))
    found = await rows(COUNTED.format(percent=f"{percent:.6f}", most=SAMPLED))
    held = {row["word"]: int(row["held"]) for row in found}
    reports = held.pop("", 0)
    return Rarity(reports, held, stored=max(stored, reports))
