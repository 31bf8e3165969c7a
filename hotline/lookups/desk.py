"""工作台: a department's orders, or a whole jurisdiction's, by what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.lookups.order_rows import PAGE, Chosen, DeskRow, counted, listed
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor

SOON: Final = timedelta(days=3)
NO_FILTER: Final[Mapping[str, str]] = {}


class Tab(StrEnum):
    """What is to be done next."""

    TO_SIGN = "to_sign"
    IN_WORK = "in_work"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    ANSWERED = "answered"


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
    chosen, conditions = await _chosen(by, now, wanted)
    chosen.only(conditions[tab])
    return DeskPage(tab, counts, await listed(chosen, by, now, page), page, pages)


async def tab_counts(
    by: Actor, now: datetime, wanted: Mapping[str, str] = NO_FILTER
) -> dict[Tab, int]:
    """How many wait under each tab."""
    found = await counted(*await _chosen(by, now, wanted))
    return {tab: found[tab] for tab in Tab}


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
