"""请假代理: from which day to which, by whom, and never twice at once."""

from datetime import date, datetime, time, timedelta
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.clocks import SHANGHAI

LONGEST: Final = timedelta(days=366)


def span(first: date, last: date, now: datetime) -> tuple[datetime, datetime]:
    """Whole days in Shanghai, the last one with. StepRefused for days that cannot be meant."""
    start = datetime.combine(first, time.min, SHANGHAI)
    end = datetime.combine(last + timedelta(days=1), time.min, SHANGHAI)
    if end <= now or end <= start or end - start > LONGEST:
        raise StepRefused("absence.bad_days")
    return start, end


def check_apart(start: datetime, end: datetime, others: list[tuple[datetime, datetime]]) -> None:
    """One deputy at a time."""
    if any(start < other_end and other_start < end for other_start, other_end in others):
        raise StepRefused("absence.twice")
