"""月报与年报: the system's draft, of counts in which nothing small stands; a person rewrites it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from hotline.rules.release import ReleaseKind, ReleaseText
from hotline.rules.terms import Channel

HIDDEN: Final = "数量少，不列出"
NOTE: Final = (
    "注：一件诉求可能同时属于几种污染类型，各类型的件数之和可能大于总数、比例之和可能大于100%。"
    "为保护反映人，数量少的项目不列出。"
)
Counts = Mapping[str, int | None]
CHANNELS: Final[Mapping[str, str]] = {  # 来源渠道 as the printed bulletins call them
    Channel.WEB: "网上",
    Channel.PHONE: "电话",
    Channel.WECHAT: "微信",
    Channel.LINE_12345: "12345热线",
    Channel.LINE_12369: "12369热线",
    Channel.LETTER: "来信",
    Channel.VISIT: "来访",
    Channel.MEDIA: "媒体线索",
    Channel.PARTNER: "其他平台",
    Channel.IMPORT: "历史导入",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One month or one year; both days included."""

    kind: ReleaseKind
    since: date

    @property
    def until(self) -> date:
        """The last day."""
        if self.kind is ReleaseKind.YEARLY:
            return date(self.since.year, 12, 31)
        return (self.since.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    @property
    def name(self) -> str:
        """2026年5月, or 2026年."""
        month = "" if self.kind is ReleaseKind.YEARLY else f"{self.since.month}月"
        return f"{self.since.year}年{month}"


def span_of(kind: ReleaseKind, day: date) -> Span:
    """The month or year that a day lies in."""
    first = day.replace(day=1)
    return Span(kind, first.replace(month=1) if kind is ReleaseKind.YEARLY else first)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted, by names; None: too few to be told."""

    totals: Counts  # registered, before, accepted, refused, closed
    channels: Counts
    kinds: Counts
    places: Counts

    def kept(self) -> dict[str, Any]:
        """As it is stored with the bulletin, and shown under its text."""
        return {
            "totals": dict(self.totals),
            "channels": dict(self.channels),
            "kinds": dict(self.kinds),
            "places": dict(self.places),
        }


def drafted(span: Span, place: str, figures: Figures) -> ReleaseText:
    """Plain sentences that a person goes on from."""
    told = figures.totals
    lines = [
        f"{span.name}，{place}共收到生态环境诉求{_pieces(told['registered'])}"
        f"{_compared(told['registered'], told['before'])}。"
        f"其中受理{_pieces(told['accepted'])}，不予受理{_pieces(told['refused'])}；"
        f"期内办结工单{_pieces(told['closed'])}。",
        f"按渠道分：{_listed(figures.channels)}。",
        f"按污染类型分：{_listed(figures.kinds)}。",
        f"按地区分：{_listed(figures.places)}。",
        NOTE,
    ]
    title = f"{span.name}{place}生态环境投诉举报办理情况通报"
    return ReleaseText(title, "\n\n".join(lines))


def _pieces(count: int | None) -> str:
    return "数量少" if count is None else f"{count}件"


def _compared(count: int | None, before: int | None) -> str:
    if count is None or not before:
        return ""
    change = round(100 * (count - before) / before, 1)
    if change == 0:
        return "，与上期持平"
    return f"，比上期{'增加' if change > 0 else '减少'}{abs(change)}%"


def _listed(counts: Counts) -> str:
    ranked = sorted(
        ((name, count) for name, count in counts.items() if count),
        key=lambda one: (-one[1], one[0]),
    )
    said = [f"{name}{count}件" for name, count in ranked]
    if any(count is None for count in counts.values()):
        said.append(f"其余{HIDDEN}")
    return "、".join(said) or "没有可以列出的项目"
