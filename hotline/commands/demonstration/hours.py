"""When it happens: people report at all hours, offices work on working days, now is the end."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from hotline.commands.demonstration.book import Lots, page
from hotline.rules.clocks import SHANGHAI, Calendar

# how many of a day's reports come in each hour, from midnight on
RHYTHM: Final = (3, 2, 1, 1, 1, 2, 4, 7, 10, 12, 12, 10, 7, 6, 8, 9, 9, 8, 8, 10, 12, 12, 9, 6)
OPENS: Final = time(8, 30)
SHUTS: Final = time(17, 30)
AT_ANY_HOUR: Final = frozenset({"decide", "look", "spot", "fail", "rate", "supplement", "withdraw"})
DECIDED_AFTER: Final = (5, 40)  # seconds
LOOKED_AT_AFTER: Final = (4, 50)  # minutes
PACES: Final = (1.0, 0.6, 0.3, 0.1)
A_DAY: Final = timedelta(days=1)


def registered_at(lots: Lots, days: tuple[float, float], now: datetime) -> datetime:
    """Between these two ages; what is younger than a day is today's, even just after midnight."""
    youngest, oldest = days
    at = now - lots.uniform(youngest, oldest) * A_DAY
    if oldest <= 1:
        return _today(lots, at, now)
    hour = lots.choices(range(24), RHYTHM)[0]
    local = at.astimezone(SHANGHAI).replace(hour=hour, minute=lots.randrange(60))
    return min(max(local, now - oldest * A_DAY), now - youngest * A_DAY - timedelta(minutes=2))


def times(
    lots: Lots, start: datetime, acts: Sequence[str], now: datetime, calendar: Calendar
) -> list[datetime]:
    """When each act follows the one before: as fast as it must be to lie before now."""
    for pace in PACES:
        found, at = [], start
        for act in acts:
            at = _next(lots, at, (act, pace), calendar)
            found.append(at)
        if not found or found[-1] < now:
            return found
    width = (now - start) / (len(acts) + 1)
    return [start + width * place for place in range(1, len(acts) + 1)]


def _next(lots: Lots, at: datetime, step: tuple[str, float], calendar: Calendar) -> datetime:
    act, pace = step
    if act == "decide":
        return at + timedelta(seconds=lots.uniform(*DECIDED_AFTER))
    if act == "look":
        return at + timedelta(minutes=lots.uniform(*LOOKED_AT_AFTER))
    name = act.partition(".")[0]
    later = at + timedelta(hours=lots.uniform(*page("fates")["delay"][name]) * pace)
    return later if name in AT_ANY_HOUR else _in_office(lots, later, calendar)


def _in_office(lots: Lots, at: datetime, calendar: Calendar) -> datetime:
    """The same moment, or soon after the office opens next."""
    local = at.astimezone(SHANGHAI)
    if calendar.is_working(local.date()) and OPENS <= local.time() <= SHUTS:
        return at
    day = local.date()
    if local.time() > SHUTS or not calendar.is_working(day):
        day += A_DAY
    while not calendar.is_working(day):
        day += A_DAY
    return datetime.combine(day, OPENS, SHANGHAI) + timedelta(minutes=lots.uniform(0, 240))


def _today(lots: Lots, at: datetime, now: datetime) -> datetime:
    midnight = datetime.combine(now.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    latest = now - timedelta(minutes=1)
    if midnight <= at <= latest:
        return at
    return midnight + (max(latest, midnight) - midnight) * lots.random()
