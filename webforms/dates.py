"""Dates as people read them: absolute, with the weekday, in China's time."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

CHINA: Final = ZoneInfo("Asia/Shanghai")
WEEKDAYS: Final = "一二三四五六日"


def day(moment: date | datetime, language: str = "zh") -> str:
    """2026年3月5日（星期四） / Thu 5 Mar 2026."""
    on = moment.astimezone(CHINA).date() if isinstance(moment, datetime) else moment
    if language == "en":
        return f"{on:%a} {on.day} {on:%b %Y}"
    return f"{on.year}年{on.month}月{on.day}日（星期{WEEKDAYS[on.weekday()]}）"


def moment(at: datetime, language: str = "zh") -> str:
    """The day and the time of day."""
    return f"{day(at, language)} {at.astimezone(CHINA):%H:%M}"


def month(said: str, language: str = "zh") -> str:
    """2026-03 as 2026年3月 / Mar 2026."""
    first = date.fromisoformat(f"{said}-01")
    return f"{first:%b %Y}" if language == "en" else f"{first.year}年{first.month}月"
