"""指向举报人的话: what tells which home, which minute, or that one person complained."""

import re
from collections.abc import Iterator
from typing import Final

from hotline.rules.identifiers import Span

_COUNT: Final = "[0-9零〇一二两三四五六七八九十]"
_DAYTIME: Final = (
    "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|深夜|夜间|半夜|当晚|昨晚|今晚|晚"
)
_CLOCK: Final = r"[012]?\d:[0-5]\d"
_KIN: Final = (
    "家(?!长)|孩|小孩|儿子|女儿|父母|父亲|母亲|爸|妈|老公|老婆|爱人|丈夫|妻子|爷爷|奶奶|老人|邻居"
)
_FORMS: Final = (
    (  # 3栋, 二单元, 1801室: which home, not which street; 共16栋 counts
        "address",
        re.compile(
            rf"(?<![共有余近约0-9])(?!两){_COUNT}{{1,4}} ?#?(?:[栋幢](?!房|住宅|建筑|违)|单元|号楼)"
            r"|(?<!\d)\d{3,4} ?[室房]"
        ),
    ),
    (  # 12号3楼, 五组8号, 门牌: to the door; a street's number alone is a firm's as well
        "address",
        re.compile(
            rf"门牌(?:号码?)?[是为: ]{{0,2}}\d{{0,4}}|{_COUNT}{{1,3}}组{_COUNT}{{1,3}}号"
            rf"|\d{{1,4}}号{_COUNT}{{1,3}}[楼层]|(?:住|家在){_COUNT}{{1,3}}[楼层]"
        ),
    ),
    (  # 经营者本人 and 您本人 speak of others
        "first_person",
        re.compile(
            r"(?<![者主人表方您你他她其由持带凭户员])本人(?!有效|身份|签|到|持)|(?<!国)家住(?!建|房)|俺|咱家"
            rf"|我(?:们)?(?:的)?(?:{_KIN}|住|租|姓|叫|是|打电话)"
        ),
    ),
    (  # the accused counts heads: 只有我家, 唯一的举报人, 第一个投诉的
        "only_one",
        re.compile(
            "(?:只有|就|就只有|仅有|仅)(?:我|咱|俺|他|她|这|一)(?:们)?(?:一)?[家户人个](?:人)?"
            "|(?:唯一|仅有|第一)(?:一?[个位名户])?的?(?:举报|投诉|反映|来信|来电)(?:人|者|户|的)"
            "|(?:没有?|无)(?:别|其他|其它|第二个?)人?(?:举报|投诉|反映)|除(?:了)?我(?:们)?(?:家)?(?:之?外|以外)?没"
        ),
    ),
    (  # opening hours, 8:00-18:00, are nobody's
        "clock_time",
        re.compile(
            rf"(?<![\d:])(?<![\d—~至到-]){_CLOCK}(?![\d:]| ?[—~至到-])"
            rf"|{_COUNT}{{1,3}}[点时](?:{_COUNT}{{1,3}}分|半(?!年|个)|一刻|三刻|许|左右|多)"
            rf"|(?:{_DAYTIME}){_COUNT}{{1,3}}[点时](?:{_COUNT}{{1,3}}分)?"
        ),
    ),
)


def telling(shadow: str) -> Iterator[Span]:
    """Every such place of a text in plain letters and digits."""
    for kind, form in _FORMS:
        yield from (Span(*hit.span(), kind) for hit in form.finditer(shadow))
