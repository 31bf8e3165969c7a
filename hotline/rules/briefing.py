"""新闻通报与舆情回应: drafts of what is public already, for a person to go on from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hotline.rules.release import ReleaseText

NOTHING = "（本期没有可以通报的内容。）"


@dataclass(frozen=True, slots=True)
class Fact:
    """One published matter or release."""

    title: str
    told: str


def briefing(
    place: str, span: tuple[date, date], parts: Mapping[str, Sequence[Fact]]
) -> ReleaseText:
    """整改进度、突发事件处置、违法典型, in this order; a part without facts says so."""
    since, until = span
    when = f"{since.year}年{since.month}月{since.day}日至{until.month}月{until.day}日"
    lines = [f"{when}，{place}生态环境投诉举报办理情况通报如下。"]
    for number, (head, facts) in zip("一二三四五", parts.items(), strict=False):
        lines.append(f"{number}、{head}")
        lines += [f"{fact.title}：{fact.told}" for fact in facts] or [NOTHING]
    return ReleaseText(f"{place}生态环境问题办理情况通报（{when}）", "\n\n".join(lines))


def answer(headline: str, outlet: str, facts: Sequence[Fact]) -> ReleaseText:
    """Facts first, what is being done next; nothing is said that is not established."""
    lines = [
        f"近日，{outlet}发布《{headline}》，我们高度重视，立即组织核查。现将有关情况说明如下。"
    ]
    lines += [f"{fact.title}：{fact.told}" for fact in facts]
    if not facts:
        lines.append("目前核查正在进行，结果将及时公布。")
    lines.append("感谢媒体和公众的关心与监督。")
    return ReleaseText(f"关于“{headline[:40]}”有关情况的说明", "\n\n".join(lines))
