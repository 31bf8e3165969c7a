"""Quiet hours end in the morning, and a wrong setting is refused."""

from datetime import datetime

import pytest

from hotline.rules.clocks import SHANGHAI
from hotline.rules.quiet import quiet_until


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-09T20:59", None),
        ("2026-03-09T21:00", "2026-03-10T08:00"),
        ("2026-03-10T03:00", "2026-03-10T08:00"),
        ("2026-03-10T07:59", "2026-03-10T08:00"),
        ("2026-03-10T08:00", None),
        ("2026-12-31T23:30", "2027-01-01T08:00"),
    ],
)
def test_a_night_ends_at_eight(now: str, until: str | None) -> None:
    assert quiet_until(at(now), "21-8") == (at(until) if until else None)


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    assert quiet_until(at("2026-03-09T13:00"), "12-14") == at("2026-03-09T14:00")
    assert quiet_until(at("2026-03-09T11:00"), "12-14") is None
    assert quiet_until(at("2026-03-09T03:00"), "") is None


@pytest.mark.parametrize("hours", ["night", "21", "21-25", "-8", "21-08:30"])
def test_hours_that_are_none_are_refused(hours: str) -> None:
    with pytest.raises(ValueError, match="quiet hours"):
        quiet_until(at("2026-03-09T03:00"), hours)
