"""到期日: when a term would end, by the shipped packs or by those in force, day by day."""

import argparse
import json
from datetime import datetime
from typing import Any, Final

from hotline.commands.launch.words import Trouble, say
from hotline.errors import PolicyGap
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.times import calendar_of
from hotline.policy.topics import Topic
from hotline.rules.clocks import SHANGHAI, Calendar, Scheme, Unit, due
from hotline.rules.day_by_day import DayOfTerm, day_by_day

UNITS: Final = {
    "hour": Unit.HOUR,
    "calendar": Unit.CALENDAR_DAY,
    "working": Unit.WORKING_DAY,
    "month": Unit.MONTH,
}
MOST: Final = {Unit.HOUR: 20_000, Unit.MONTH: 240}
MOST_DAYS: Final = 5_000
WORDS: Final = {
    "start": "起始日，不计入 the day of start",
    "working": "工作日 working day",
    "make_up": "调休上班 make-up working day",
    "weekend": "周末 weekend",
    "holiday": "节假日 holiday",
    "calendar": "自然日 calendar day",
    "rolled": "末日遇休顺延 moved from a rest day",
}


def run(args: argparse.Namespace) -> int:
    """By the packs as shipped: no server is asked."""
    return answered(args, _shipped(args.jurisdiction))


def answered(args: argparse.Namespace, calendar: Calendar) -> int:
    """The last line is one JSON object with --json, else the last day in words."""
    started, scheme = _start(args.start), _scheme(args.count, UNITS[args.unit])
    try:
        end, days = due(scheme, started, calendar), day_by_day(scheme, started, calendar)
    except OverflowError as too_far:
        raise Trouble("期限超出可计算的年份", "the term ends beyond the last year") from too_far
    told = {
        "due": end.at.isoformat(timespec="seconds"),
        "provisional": end.provisional,
        "days": [_day(one) for one in days],
    }
    say(json.dumps(told, ensure_ascii=False) if args.json else _in_words(told))
    return 0


def _start(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as wrong:
        raise Trouble(f"起始时间不是 ISO 8601：{said}", "the start is not ISO 8601") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _scheme(count: int, unit: Unit) -> Scheme:
    if not 0 <= count <= MOST.get(unit, MOST_DAYS):
        raise Trouble(f"期限长度不合理：{count}", "the count is negative or too large")
    return Scheme(code="asked", name="", holder="order", count=count, unit=unit, starts="")


def _shipped(jurisdiction: str) -> Calendar:
    try:
        topics = topics_of(packs_on_disk(), jurisdiction)
    except PolicyGap as unknown:
        raise Trouble(f"没有这个规则包：{jurisdiction}", "no such pack") from unknown
    return calendar_of(Topic(jurisdiction, "calendar", topics.get("calendar", {})))


def _day(one: DayOfTerm) -> dict[str, Any]:
    return {"on": one.on.isoformat(), "why": one.why, "count": one.count, "known": one.is_known}


def _in_words(told: dict[str, Any]) -> str:
    doubt = "（暂定：放假安排未公布 provisional）" if told["provisional"] else ""
    return "\n".join([*map(_line, told["days"]), f"{told['due']}{doubt}"])


def _line(day: dict[str, Any]) -> str:
    doubt = "" if day["known"] else " ?"
    return f"  {day['on']}  {day['count'] or '–':>4}  {WORDS[day['why']]}{doubt}"
