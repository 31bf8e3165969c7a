"""免打扰: at night a short message waits for the morning."""

from datetime import datetime, time, timedelta
from typing import Final

from hotline.rules.clocks import SHANGHAI

NONE: Final = ""


def quiet_until(now: datetime, hours: str) -> datetime | None:
    """The end of the quiet hours that `now` lies in; `hours` as `21-8`, "" for none at all."""
    if hours == NONE:
        return None
    first, last = parsed(hours)
    here = now.astimezone(SHANGHAI)
    quiet = here.hour >= first or here.hour < last if first > last else first <= here.hour < last
    if not quiet:
        return None
    end = datetime.combine(here.date(), time(last), SHANGHAI)
    return end if end > here else end + timedelta(days=1)


def parsed(hours: str) -> tuple[int, int]:
    """ValueError for anything but two full hours of the day."""
    first, _, last = hours.partition("-")
    if not (first.isdigit() and last.isdigit() and int(first) < 24 and int(last) < 24):
        raise ValueError("quiet hours are written 21-8")
    return int(first), int(last)
