"""热点: does one kind of matter at one place come so often just now that most of it is one matter?

While it does, a report of that kind and place that is like no matter by its words waits for a
person. Everything else goes on as ever: other kinds, other townships, every emergency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

LATELY: Final = timedelta(hours=6)  # an evening's smell; in the morning it is news again
DAYS: Final = 28  # four weeks: every day of the week alike
# Fewer are decided one by one. A township brings one or two of a kind on a day, a busy one eight.
FEWEST: Final = 10
TIMES: Final = 3  # a usual day's number, and that in a quarter of the day
# Less than a third belongs to the largest matter: many work at night, none of them is the matter.
SHARE: Final = 1 / 3
SAME_SPOT: Final = "hot.same_spot"


@dataclass(frozen=True, slots=True)
class Spot:
    """One kind at one place: a township, or a whole county for what names no township of it."""

    tenant_id: str
    county: str
    township: str | None
    kind: str


def spots(
    tenant_id: str, county: str | None, township: str | None, kinds: Iterable[str]
) -> tuple[Spot, ...]:
    """Where a report counts: by each of its kinds, in its township and in its county."""
    if county is None:
        return ()
    places = dict.fromkeys((township, None))
    return tuple(Spot(tenant_id, county, place, kind) for kind in kinds for place in places)


def spot_of(
    tenant_id: str, county: str | None, township: str | None, kinds: Sequence[str]
) -> Spot | None:
    """Where a report is looked at: by its leading kind, as closely as it tells the place."""
    return Spot(tenant_id, county, township, kinds[0]) if county and kinds else None


def is_hot(lately: int, days: Sequence[int]) -> bool:
    """`days`: what each of the last days brought that brought anything.

    By the median: one earlier storm makes no storm usual.
    """
    usual = median([*days, *[0] * (DAYS - len(days))])
    return lately >= max(FEWEST, TIMES * usual)


def is_one_matter(of_largest: int, lately: int) -> bool:
    """Whether the largest matter of a spot is what the others most likely are about."""
    return lately >= FEWEST and of_largest >= SHARE * lately
