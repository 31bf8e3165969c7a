"""How seldom words are in this installation's reports, from samples that a process keeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows
from hotline.records.hot import Lately
from hotline.rules.probing import NONE, Shares
from hotline.rules.rarity import PLAIN, Rarity

SPELT: Final = 40_000  # reports; most words are seldom, and the seldom ones matter
HEARD: Final = 5_000
KEPT: Final = timedelta(hours=1)
LOOKED: Final = timedelta(minutes=1)
GROWN: Final = 2  # times as many reports: what was rare in the sample need not be so any more

SIZE: Final = """
SELECT greatest(reltuples, 0)::bigint AS reports FROM pg_class WHERE oid = 'signature'::regclass
"""
# A share of the table's pages, so that a million reports cost no more than the sample.
COUNTED: Final = """
WITH taken AS MATERIALIZED (
  SELECT {column} AS numbers FROM signature TABLESAMPLE SYSTEM ({percent:.6f}) LIMIT {most}),
counted AS (
  SELECT number, count(*)::int AS held FROM taken CROSS JOIN LATERAL unnest(numbers) number
  GROUP BY number HAVING count(*) >= {least})
SELECT (SELECT count(*) FROM taken) AS reports, array_agg(number) AS numbers,
  array_agg(held) AS held FROM counted
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What words weigh by their sound, by which of them it pays to look, and what is hot."""

    rarity: Rarity = PLAIN
    shares: Shares = NONE
    lately: Lately | None = None  # None: nothing is hot


NOTHING: Final = Known()


class _Kept:
    """What this process knows, and since when. Figures of words alone, of no report."""

    known = NOTHING
    since: datetime | None = None
    looked: datetime | None = None


async def rarity(now: datetime) -> Known:
    """Counted again once an hour, and soon after a large import. Whoever comes meanwhile takes what
    is kept.

    Not inside a transaction: the counting would go on in it.
    """
    if _Kept.since is None:
        _Kept.known, _Kept.since, _Kept.looked = await counted(), now, now
    elif not _is_lately(now, _Kept.since, KEPT) or await _has_grown(now):
        _Kept.since = now
        _Kept.known = await counted()
    return _Kept.known


async def _has_grown(now: datetime) -> bool:
    """A word of ten reports that is in a thousand by now costs as much more to look up."""
    if _Kept.looked is not None and _is_lately(now, _Kept.looked, LOOKED):
        return False
    _Kept.looked = now
    return await _stored() > GROWN * max(_Kept.known.shares.stored, HEARD)


def _is_lately(now: datetime, since: datetime, within: timedelta) -> bool:
    return timedelta(0) <= now - since < within


async def _stored() -> int:
    """As many as there were when the table was last looked through."""
    return int((await rows(SIZE))[0]["reports"])


async def counted() -> Known:
    """Count the words of samples of the reports."""
    stored = await _stored()
    heard, by_sound = await _sample("words", HEARD, stored, least=2)
    spelt, by_character = await _sample("grams", SPELT, stored, least=3)
    return Known(
        Rarity(heard, by_sound),
        Shares(spelt, by_character, stored=max(stored, spelt)),
    )


async def _sample(column: str, most: int, stored: int, least: int) -> tuple[int, dict[int, int]]:
    percent = min(100.0, 100.0 * most / max(stored, 1))
    sql = COUNTED.format(column=column, percent=percent, most=most, least=least)
    found = (await rows(sql))[0]
    numbers, held = found["numbers"] or [], found["held"] or []
    return int(found["reports"]), dict(zip(numbers, held, strict=True))
