"""核查: what another person found on the spot, and what it means for the answer."""

from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from hotline.errors import StepRefused
from hotline.rules.actor import Actor


class CheckOutcome(StrEnum):
    """What was found against what was written."""

    CONFIRMED = "confirmed"  # 与办理情况一致
    DIFFERS = "differs"  # 与办理情况不符
    UNFINISHED = "unfinished"  # 整改未到位


def check_visitor(by: Actor, handled: Set[str]) -> None:
    """StepRefused for whoever has handled the order."""
    if by.is_one_of(*handled):
        raise StepRefused("check.own_work")


def check_times(done: int, most: int) -> None:
    """StepRefused once the pack's number of visits is used up."""
    if done >= most:
        raise StepRefused("check.too_many", most=most)


def check_moment(visited: datetime, opened: datetime, now: datetime) -> None:
    """A visit, told to the minute, lies between the order's opening and now."""
    if not opened.replace(second=0, microsecond=0) <= visited <= now:
        raise StepRefused("check.bad_time")


def check_agrees(outcome: str | None, visited: datetime | None, written: datetime) -> None:
    """No answer over a visit that found otherwise, until the result is written anew."""
    if outcome in (None, CheckOutcome.CONFIRMED) or visited is None or written > visited:
        return
    raise StepRefused("check.not_agreed")
