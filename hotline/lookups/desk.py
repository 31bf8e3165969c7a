"""工作台: a department's orders, or a whole jurisdiction's, by what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from hotline.lookups.order_rows import MOST_COUNTED, PAGE, Chosen, DeskRow, counted, listed
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight

SOON: Final = timedelta(days=3)
NO_FILTER: Final[Mapping[str, str]] = {}
# Of a tab that says "more than a thousand" it stands for a moment: it is rarely another number, and
# to count a thousand of each tab takes longer than to read the page.
STANDS: Final = timedelta(minutes=1)


class Tab(StrEnum):
    """What is to be done next."""

    TO_SIGN = "to_sign"
    IN_WORK = "in_work"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    ANSWERED = "answered"


Under: TypeAlias = tuple[Sight, frozenset[tuple[str, str]], Tab]
_very_many: dict[Under, datetime] = {}

OPEN: Final = "o.stage IN ('opened', 'dispatched', 'signed', 'returned', 'submitted')"


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One tab's page, and how many wait under each tab."""

    tab: Tab
    counts: Mapping[Tab, int]
    rows: tuple[DeskRow, ...]
    page: int
    pages: int


async def queue(
    by: Actor, tab: Tab, now: datetime, page: int = 1, wanted: Mapping[str, str] = NO_FILTER
) -> DeskPage:
    """Emergencies first, then by the nearest term; `wanted` narrows every tab."""
    counts = await tab_counts(by, now, wanted)
    pages = max(1, -(-counts[tab] // PAGE))
    page = min(max(1, page), pages)
    return DeskPage(tab, counts, await tab_rows(by, tab, now, page, wanted), page, pages)


async def tab_rows(
    by: Actor, tab: Tab, now: datetime, page: int = 1, wanted: Mapping[str, str] = NO_FILTER
) -> tuple[DeskRow, ...]:
    """The rows of one page alone, () behind the last: for a page that asks again and again."""
    chosen, conditions = await _chosen(by, now, wanted)
    chosen.only(conditions[tab])
    return await listed(chosen, by, now, max(1, page))


async def tab_counts(
    by: Actor, now: datetime, wanted: Mapping[str, str] = NO_FILTER
) -> dict[Tab, int]:
    """How many wait under each tab."""
    chosen, conditions = await _chosen(by, now, wanted)
    under = {tab: (chosen.sight, frozenset(wanted.items()), tab) for tab in Tab}
    for one in [one for one, at in _very_many.items() if not timedelta(0) <= now - at < STANDS]:
        del _very_many[one]
    asked = {tab: conditions[tab] for tab in Tab if under[tab] not in _very_many}
    found = await counted(chosen, asked) if asked else {}
    if chosen.is_wide:
        _very_many.update({under[tab]: now for tab, n in found.items() if n >= MOST_COUNTED})
    return {tab: found.get(tab, MOST_COUNTED) for tab in Tab}


async def _chosen(
    by: Actor, now: datetime, wanted: Mapping[str, str]
) -> tuple[Chosen, dict[Tab, str]]:
    chosen = Chosen(await sight_of(by))
    chosen.narrow(wanted)
    at, soon = chosen.given(now), chosen.given(now + SOON)
    chosen.only(f"{at}::timestamptz < {soon}::timestamptz")  # a tab may not ask the time
    return chosen, {
        Tab.TO_SIGN: "o.stage = 'dispatched'",
        Tab.IN_WORK: "o.stage = 'signed'",
        Tab.DUE_SOON: f"{OPEN} AND o.next_due_at BETWEEN {at} AND {soon}",
        Tab.OVERDUE: f"{OPEN} AND o.next_due_at < {at}",
        Tab.RETURNED: "o.stage = 'returned'",
        Tab.SUBMITTED: "o.stage = 'submitted'",
        Tab.ANSWERED: "o.stage = 'answered'",
    }
