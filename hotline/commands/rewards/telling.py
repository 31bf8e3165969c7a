"""A computed reward line by line, in words and as one JSON object."""

from typing import Any, Final

from hotline.rules.reward import Line, Reward

LINES: Final = {
    "scheme": "按 {title}",
    "tier": "等级：{name}",
    "fixed": "定额 {high} 元",
    "range": "幅度 {low} 至 {high} 元，由核定人说明理由",
    "percent": "罚款的 {percent_bp} 为 {fen} 元",
    "at_most": "不超过 {percent_bp}，即至多 {fen} 元",
    "base.fine": "计算基数：罚款 {fen} 元",
    "base.daily_once": "按日连续处罚 {fen} 元不重复计算",
    "base.statutory_max": "移送司法，无罚款：以法定最高罚款 {fen} 元为基数",
    "insider": "内部知情人：按标准的 {percent}%，不超过上限",
    "insider.not_this_kind": "内部知情人：此类事项不提高",
    "cap": "上限 {fen} 元",
    "joint": "联名 {reporters} 人共享一份",
    "excluded.unfounded": "不属实：不奖励",
    "excluded.real_name": "仅奖励实名举报：不奖励",
    "excluded.earlier_rewarded": "首报人已获奖励：不重复奖励",
    "excluded.media_exposed": "举报前已被媒体公开：不奖励",
}
MISSING: Final = {
    "version.none": "当日没有施行中的奖励办法",
    "version.day_unknown": "新旧办法交接或施行日期未查明，当日适用哪一版不清楚",
    "scheme.amounts": "办法的等级与金额未查到",
    "finding": "查实结论",
    "real_name": "是否实名",
    "penalty": "行政处罚决定",
    "penalty.fine_fen": "罚款数额",
    "statutory_max_fen": "法定最高罚款额",
    "criminal_base": "移送司法时的计算基数",
    "daily_fines": "按日连续处罚是否计入",
    "tier": "等级（由核定人指明）",
    "tier.sum": "该等级的金额未查到",
    "tier.which_kind_pays_which": "哪类对应 500、1000、2000 元未查到",
    "tier.event_steps": "突发环境事件的分级金额未查到",
    "kind": "是否重大事项（决定能否提高）",
    "joint": "联名奖金如何分配",
    "first_reporter_only": "是否只奖励首报人",
    "excludes_media_exposed": "媒体已曝光的是否奖励",
}
SUMS: Final = frozenset({"fen", "low", "high"})


def told(reward: Reward) -> dict[str, Any]:
    """`lines` name the rule, its values and its words; `identity` ones are not for every eye."""
    return {
        "version": reward.version,
        "status": reward.status,
        "sum_fen": reward.sum_fen,
        "min_fen": reward.min_fen,
        "max_fen": reward.max_fen,
        "lines": [_line(line) for line in reward.lines],
        "missing": [f"{what}: {MISSING[what]}" for what in reward.missing],
    }


def in_words(reward: Reward) -> str:
    """Every line of the computation, then the result."""
    lines = [f"  {_text(line)}" for line in reward.lines]
    lines += [f"  缺 missing: {MISSING[what]}" for what in reward.missing]
    if reward.status == "blocked":
        return "\n".join([*lines, "不能计算 / blocked"])
    low, high = _yuan(reward.min_fen or 0), _yuan(reward.max_fen or 0)
    said = f"{high} 元" if reward.status == "sum" else f"{low} 至 {high} 元"
    return "\n".join([*lines, f"{said} / {reward.status}"])


def _line(line: Line) -> dict[str, Any]:
    values = dict(line.values)
    return {"rule": line.rule, **values, "text": _text(line), "identity": line.identity}


def _text(line: Line) -> str:
    return LINES[line.rule].format_map({name: _said(name, one) for name, one in line.values})


def _said(name: str, value: object) -> str:
    if name in SUMS and isinstance(value, int):
        return _yuan(value)
    return f"{value / 100:g}%" if name == "percent_bp" and isinstance(value, int) else str(value)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole:,}" if not rest else f"{whole:,}.{rest:02d}"
