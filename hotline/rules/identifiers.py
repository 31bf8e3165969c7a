"""号码: the numbers and accounts by which a person is found, as they stand in running text.

Every reader takes a shadow of the text (plain digits and letters, place for place) and gives spans.
Each looks at a bounded stretch around a cue or a run of digits, so time grows with length alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

LONGEST: Final = 23  # 0086 and a card's 19 digits; no number of a person is longer


@dataclass(frozen=True, slots=True)
class Span:
    """Where something personal stands, and of which kind."""

    start: int
    end: int
    kind: str


_SOFT: Final = r" \-_()*~\u200b\u2010-\u2015\u2212\u20e3\u2060\ufe0f\ufeff"
_RUN = re.compile(rf"\d(?:[{_SOFT}]{{0,3}}\d)*")
_GROUP = re.compile(rf"(?:(?<!\d)\d{{1,2}}(?:[{_SOFT}]{{1,3}}\d{{1,2}}(?!\d))++|\d+)")
_GAP = re.compile(rf"[{_SOFT}]+")
_MOBILE = re.compile(r"(?:0|(?:00)?86)?1[3-9]\d{9}")
_GLUED = re.compile(r"(?:1[3-9]\d{9}){2,4}")
_LANDLINE = re.compile(r"(?:(?:00)?860?|0)(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}")
_AREA = re.compile(r"(?:00)?86|0(?:10|2\d|[3-9]\d\d)(?:[2-8]\d{6,7})?")
_ID = re.compile(r"[1-8]\d{5}(\d{8})\d{3}[\dX]|[1-8]\d{5}(\d{6})\d{3}")
_CARD = re.compile(r"[3-6]\d{14,18}")
_AMOUNT = re.compile(r"\.\d|[千万亿]?(?:元|吨|米|平方|立方|克|公斤|千瓦|度|株|[mk㎎㎡]|t\b)")
_CODE_CUE = re.compile(r"(?:编号|单号|代码|文号|注册号|案号|批号|流水号|设备号)\W{0,3}$")

_DOTTED = re.compile(r"(?<!\d)1[3-9]\d([.,/、·])\d{4}\1\d{4}(?!\d)")
_LOCAL = re.compile(
    r"(?:电话|座机|手机|联系方式|tel|phone)(?:号码?)?[是为: .]{0,4}([2-8]\d{2,3}[ -]?\d{4})(?!\d)",
    re.IGNORECASE,
)
_ID_CUE = re.compile(
    r"身份证(?:号码?|件号码?)?[是为:( ]{0,4}(?=\*{0,17}\d)([\d*]{6,18}[X*]?)", re.IGNORECASE
)
_CARD_CUE = re.compile(r"(?:卡号|账号|帐号|账户|帐户)[是为: ]{0,4}(\d(?:[ -]?\d){9,24})")
_SECRET = re.compile(r"(?:查询码|提取码|验证码|密码)[是为: ]{0,4}(\d(?:[ -]?\d){3,19})")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_MAIL_SAID = re.compile(  # spelled so that machines do not see it: 123 艾特 qq 点 com
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{2,64} ?(?:@|艾特|[(\[]at[)\]]) ?[A-Za-z0-9-]{1,63}"
    r"(?: ?[.点] ?[A-Za-z0-9-]{1,63}){0,3} ?[.点] ?(?:com|cn|net|org)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![A-Za-z0-9])(?=\d*[OolI])[1lI][3-9][\dOolI]{9}(?![A-Za-z0-9])")
_OPENID = re.compile(
    r"(?<![A-Za-z0-9_-])(?=o[a-z0-9_-]{0,26}[A-Z])(?=o[A-Za-z_-]{0,26}\d)"
    r"o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])"
)
_WXID = re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{6,30}", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:微信|威信|薇信|微心|扣扣|企鹅|加我|加微|加V|抖音|快手|钉钉|小红书"
    r"|(?<![A-Za-z])(?:V ?X|W ?X|V信|QQ|wechat|weixin))"
    r"(?:号码?|账号|ID|群|同号|联系|是|为)?[ :=是为(]{0,4}"
    r"([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{4,11})(?![A-Za-z0-9_元万块年月])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Z][ ·.-]{0,2}"
    r"(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SIMPLE: Final = (
    ("mail", _MAIL),
    ("mail", _MAIL_SAID),
    ("mobile", _LETTERED),
    ("account", _OPENID),
    ("account", _WXID),
    ("mobile", _DOTTED),
    ("plate", _PLATE),
)
_CUED: Final = (
    ("id", _ID_CUE),
    ("card", _CARD_CUE),
    ("landline", _LOCAL),
    ("account", _ACCOUNT),
    ("account", _SECRET),
)


def written(shadow: str) -> Iterator[Span]:
    """Known by their own form: mail, openids, plates, dotted mobiles."""
    for kind, form in _SIMPLE:
        yield from (Span(*hit.span(), kind) for hit in form.finditer(shadow))


def cued(shadow: str) -> Iterator[Span]:
    """Known by the word before them: 身份证号, 卡号, 电话, 微信号."""
    for kind, form in _CUED:
        yield from (Span(*hit.span(1), kind) for hit in form.finditer(shadow))


def numbers(shadow: str) -> Iterator[Span]:
    """Mobiles, landlines, ID numbers and cards among the runs of digits."""
    for run in _RUN.finditer(shadow):
        if run.end() - run.start() >= 10:
            yield from _in_run(shadow, run.start(), run.end())


def _in_run(shadow: str, start: int, end: int) -> Iterator[Span]:
    """A run may hold several numbers, each in one or several groups: 138 0000 0000 0854-8220000."""
    groups = [hit.span() for hit in _GROUP.finditer(shadow, start, end)]
    first = 0
    while first < len(groups):
        last, kind = _longest(shadow, groups, first)
        if kind:
            yield _whole(shadow, groups[first][0], groups[last][1], kind)
        first = last + 1


def _longest(shadow: str, groups: list[tuple[int, int]], first: int) -> tuple[int, str]:
    """The last group of the longest number that begins with this group, and its kind."""
    joined, best = "", (first, "")
    for place in range(first, min(first + LONGEST, len(groups))):
        joined += _GAP.sub("", shadow[slice(*groups[place])])
        if len(joined) > LONGEST and place > first:
            break
        if len(joined) >= 10 and (kind := _kind(joined, shadow, groups[first : place + 1])):
            best = (place, kind)
    return best


def _kind(digits: str, shadow: str, groups: list[tuple[int, int]]) -> str:
    start, end = groups[0][0], groups[-1][1]
    if _MOBILE.fullmatch(digits) or (len(groups) == 1 and _GLUED.fullmatch(digits)):
        return "" if _AMOUNT.match(shadow, end) else "mobile"
    if shadow[start - 1 : start].isascii() and shadow[start - 1 : start].isalpha():
        return ""
    if _is_id(digits + shadow[end : end + 1].upper()) or _is_id(digits):
        return "id"
    if _LANDLINE.fullmatch(digits) and _AREA.fullmatch(shadow, *groups[0]):
        return "landline"
    return "card" if _is_card(digits) and not _is_code(shadow, start) else ""


def _whole(shadow: str, start: int, end: int, kind: str) -> Span:
    """With the country's plus sign before, and the X that ends some ID numbers."""
    if kind == "id" and shadow[end : end + 1] in ("X", "x"):
        end += 1
    if shadow[start - 1 : start] == "+":
        start -= 1
    return Span(start, end, kind)


def _is_id(digits: str) -> bool:
    form = _ID.fullmatch(digits)
    if form is None:
        return False
    born = form[1] or f"19{form[2]}"
    try:
        return 1880 <= date(int(born[:4]), int(born[4:6]), int(born[6:])).year < 2100
    except ValueError:
        return False


def _is_card(digits: str) -> bool:
    """Luhn: every second digit from the right doubled, its own digits added; the sum ends in 0."""
    if not _CARD.fullmatch(digits):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _is_code(shadow: str, start: int) -> bool:
    return _CODE_CUE.search(shadow[max(0, start - 8) : start]) is not None
