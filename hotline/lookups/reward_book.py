"""R4 奖励台账: every sum that moved in a jurisdiction's year, and what stands on each account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.lookups.reward_budget import budget
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor
from hotline.rules.reward_ledger import Account

MOST: Final = 2000
ENTRIES: Final = """
SELECT p.at, coalesce(c.number, '') AS number, p.from_account AS source, p.to_account AS target,
  p.fen, p.step
FROM reward_posting p LEFT JOIN reward_case c ON c.tenant_id = p.tenant_id AND c.id = p.case_id
WHERE p.tenant_id = $1 AND p.jurisdiction = $2 AND p.year = $3
ORDER BY p.at DESC, p.id DESC LIMIT $4
"""
YEARS: Final = """
SELECT DISTINCT year FROM reward_posting WHERE tenant_id = $1 AND jurisdiction = $2
ORDER BY year DESC
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting; `number` "" for the year's budget itself."""

    at: datetime
    number: str
    source: str
    target: str
    fen: int
    step: str


@dataclass(frozen=True, slots=True)
class Book:
    """A year: its newest postings in order, its balances, and what must come to nothing."""

    year: int
    years: tuple[int, ...]
    entries: tuple[Entry, ...]
    stands: dict[str, int]  # of the whole year, however few of its postings are shown
    cut: bool = False

    @property
    def balances(self) -> bool:
        """Whatever was moved from one account stands on another."""
        return sum(self.stands.values()) == 0


async def book(by: Actor, year: int, most: int | None = MOST) -> Book:
    """Of the person's own jurisdiction. `most` None: every posting, for whoever audits."""
    sight = await sight_of(by)
    own = (sight.tenant_id, by.jurisdiction)
    found = await rows(ENTRIES, *own, year, None if most is None else most + 1)
    stands = await budget(by, year)
    return Book(
        year=year,
        years=tuple(one["year"] for one in await rows(YEARS, *own)),
        entries=tuple(Entry(**one) for one in found[:most])[::-1],
        stands={account.value: stands[account.value] for account in Account},
        cut=most is not None and len(found) > most,
    )
