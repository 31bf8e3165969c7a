"""Time as a desk reads it: short moments, and deadlines in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.lookups.terms import Left
from hotline.rules.clocks import SHANGHAI
from webforms.visit import current

SOON: Final = 3  # working days


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in words, with the look it has in a list: over, soon, fine or none."""

    look: str
    words: str


def clock(at: datetime) -> str:
    """10:32:05."""
    return f"{at.astimezone(SHANGHAI):%H:%M:%S}"


def short(at: datetime | None) -> str:
    """03-05 10:32, with the year when it is another one."""
    if at is None:
        return ""
    here, now = at.astimezone(SHANGHAI), current().now.astimezone(SHANGHAI)
    return f"{here:%m-%d %H:%M}" if here.year == now.year else f"{here:%Y-%m-%d}"


def age(since: datetime) -> str:
    """How many days ago."""
    days = (current().now.astimezone(SHANGHAI).date() - since.astimezone(SHANGHAI).date()).days
    return current().t("when.age", days=days) if days else current().t("when.today")


def lasting(seconds: float) -> str:
    """4 小时 18 分: how long somebody or something has waited."""
    hours, minutes = divmod(int(seconds) // 60, 60)
    return current().t("when.hours" if hours else "when.minutes", hours=hours, minutes=minutes)


def deadline(left: Left | None) -> Deadline:
    """还剩 3 个工作日, 今天到期, 已超期 2 个工作日."""
    t = current().t
    if left is None:
        return Deadline("none", t("when.no_term"))
    days = left.working_days
    if left.overdue:
        return Deadline("over", t("when.over", days=-days) if days else t("when.over_today"))
    if left.due_on == current().now.astimezone(SHANGHAI).date():
        return Deadline("soon", t("when.due_today", time=f"{left.due_at:%H:%M}"))
    return Deadline("soon" if days <= SOON else "fine", t("when.left", days=days))
