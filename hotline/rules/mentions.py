"""地名出现: where a text names a place, and what the pack has under that name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hotline.rules.misheard import ENDINGS, TOWNSHIP
from hotline.rules.places import COUNTY_LEVELS, Gazetteer

# 惠水大道 lies in another town, 瓮安路 too: a short name that names a street names no place.
_STREET: Final = re.compile(
    "[东南西北中]?(?:大道|大街|大路|(?:路|街)(?!过|上|边|头|道|面))|[一二三四五六七八九]+路|胡同|巷"
)
# 火锅店, 老表, 牌香烟: what a place gave its name to, wherever it is now.
_CALLED_AFTER: Final = re.compile(
    "(?:正宗|老牌|特色|特产|风味)?(?:火锅|串串|小面|米粉|米线|豆花|酸汤|羊肉粉|牛肉粉|牛肉面|拌粉|炒粉|粉馆|粉店|面馆"
    "|拉面|冷面|烤肉|烧烤|烤鱼|烙锅|瓦罐|汤馆|土菜|菜馆|家常菜|小吃|大米|脐橙|蜜桔|酱鸭|辣椒|人参|银行|信用社|农商行"
    "|毛尖(?!镇)|翠芽|酱酒|白酒|大曲|老窖|啤酒|卷烟|香烟|商会|会馆|老表|口音|方言|牌|籍)"
)
_NO_ROAD: Final = re.compile("路(?![边口上旁])")  # 长安街道路: a street and a road, no 街道
_GAP: Final = "省市州县区的，, 　"
# 鄱阳村, 桐梓坡: the name of something smaller, wherever it lies.
_SMALLER: Final = re.compile(
    "村(?![里民委])|乡(?![下村里镇亲])|新村|新城(?!区)|社区|小区|花园|公馆|大厦|坡|阁|苑|技术企业"
)
# 公司叫都昌能源, 南昌牌
_NAMED: Final = ("叫", "叫做", "名为", "店名", "品牌")
# 我市小围寨 is ours; 新晃县凉伞镇 is another county's, which no pack of ours knows.
_ABOVE: Final = frozenset("省市州县旗")
_OWN: Final = frozenset("本我全该这那们各")
# What may stand before a name: 双江口镇 is no 江口镇, 部分城市 no 汾城.
_BEFORE_NAMES: Final = frozenset(
    "在到住是的我去来从了们于往向给叫说把里有和与跟及或对就离距这那各原老家近壁边面侧头段内中外上下"
    "区镇乡村处过由经为归属往至将被让令使后前旁举报诉映"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text. `sure` is a name by itself; else it needs company to be one."""

    at: int
    word: str
    codes: tuple[str, ...]  # as the pack has them, former ones too
    sure: bool = True

    @property
    def end(self) -> int:
        return self.at + len(self.word)


def mentions(gazetteer: Gazetteer, text: str) -> tuple[Mention, ...]:
    """Every name in the order of the text; each character belongs to one name at most."""
    taken: set[int] = set()
    said: list[Mention] = []
    for found in _candidates(gazetteer, text):
        span = range(found.at, found.end)
        if taken.isdisjoint(span):
            taken.update(span)
            if found.codes:
                said.append(found)
    said += _bare(gazetteer, text, said, taken)
    return tuple(sorted(said, key=lambda one: one.at))


def beside(text: str, left: int, right: int) -> bool:
    """Two names stand side by side: 贵州省 贵定, 瓮安的猴场."""
    between = text[left:right]
    return len(between) <= 1 and all(sign in _GAP for sign in between)


def _candidates(gazetteer: Gazetteer, text: str) -> Iterator[Mention]:
    """The surest first: later ones give way where they overlap. No codes: a word that hides."""
    misheard = [Mention(*found) for found in gazetteer.misheard.found(text)]
    ends = {one.end for one in misheard}  # where a name ended: another may follow at once
    longer = {one.end: one.at for one in misheard if _may_begin(text, one.at)}
    for at, word in gazetteer.scan.found(text):
        end = at + len(word)
        if longer.get(end, at) < at:  # 余赣县 is no 赣县
            continue
        real = word in gazetteer.names and not _is_another(gazetteer, text, at, end)
        codes = gazetteer.names[word] if real else ()
        if word.endswith(TOWNSHIP) and at not in ends:
            yield _township(gazetteer, text, at, word, codes)
        else:
            yield Mention(at, word, codes)
        ends.add(end)
    misheard += [Mention(*found) for found in gazetteer.misheard.townships(text)]
    yield from (one for one in misheard if one.at in ends or _may_begin(text, one.at))
    for at, word in gazetteer.stem_scan.found(text):
        yield from _by_stem(gazetteer, text, at, word)


def _may_begin(text: str, at: int) -> bool:
    """No longer name of some other place can end here, and no place above it that is not ours."""
    before = text[at - 1] if at else " "
    if before in _ABOVE:
        return text[at - 2 : at - 1] in _OWN
    return before in _BEFORE_NAMES or not (before.isalnum() or before in "_#*")


def _township(
    gazetteer: Gazetteer, text: str, at: int, word: str, codes: tuple[str, ...]
) -> Mention:
    """修雯县扎佐镇: of the county that stands before it, written nearly so; else where it may."""
    near = tuple(code for code in codes if _is_nearly_said(gazetteer, text[:at], code))
    return Mention(at, word, near or codes, sure=bool(near) or _may_begin(text, at))


def _is_nearly_said(gazetteer: Gazetteer, before: str, code: str) -> bool:
    """The text before ends like the name of the township's county, one character differing."""
    county = gazetteer.get(gazetteer.county_of(code) or "")
    return county is not None and any(
        len(name) > 2
        and before[-1:] == name[-1]
        and bool(set(name[:-1]) & set(before[-len(name) : -1]))
        for name in (county.name, *county.aliases)
    )


def _by_stem(gazetteer: Gazetteer, text: str, at: int, stem: str) -> Iterator[Mention]:
    """A stem with an ending of its kind is a name, though the ending has changed since."""
    after = text[at + len(stem) :]
    ending = next((word for word in TOWNSHIP if after.startswith(word)), "")
    towns = gazetteer.same_stem(stem) if ending and not _NO_ROAD.match(after, len(ending)) else ()
    if towns:
        yield _township(gazetteer, text, at, stem + ending, towns)
    elif not _STREET.match(after):
        yield Mention(at, stem, gazetteer.stems[stem], sure=False)


def _is_another(gazetteer: Gazetteer, text: str, at: int, end: int) -> bool:
    """The word names a street, a dish, a shop, and no place."""
    word, after = text[at:end], text[end:]
    if word.endswith("街道"):
        return _NO_ROAD.match(after) is not None
    if any(place.name == word for place in gazetteer.named(word)):
        return False
    if text[:at].endswith(_NAMED) or any(one.match(after) for one in (_STREET, _CALLED_AFTER)):
        return True
    # 净月区小区门口: with its ending the name is whole
    return word[-1] not in ENDINGS and _SMALLER.match(after) is not None


def _bare(
    gazetteer: Gazetteer, text: str, said: Iterable[Mention], taken: set[int]
) -> Iterator[Mention]:
    """Misheard names without their ending, known by the company they keep."""
    sure_county = False
    for one in list(said):
        levels = {place.level for code in one.codes if (place := gazetteer.get(code))}
        sure_county = sure_county or (one.sure and not levels.isdisjoint(COUNTY_LEVELS))
        if "township" in levels:
            yield from _before(gazetteer, text, one, taken)
    if not sure_county:
        for at, word, codes in gazetteer.misheard.towns(text):
            if taken.isdisjoint(range(at, at + len(word))) and _may_begin(text, at):
                yield Mention(at, word, codes)


def _before(gazetteer: Gazetteer, text: str, town: Mention, taken: set[int]) -> Iterator[Mention]:
    """幅陵白涛: what stands before a township sounds like the county it lies in."""
    end = town.at - (text[max(0, town.at - 1) : town.at] in tuple(ENDINGS))
    above = {gazetteer.county_of(code) for code in town.codes}
    for at, word, codes in gazetteer.misheard.before(text, end):
        inside = tuple(code for code in codes if code in above)
        if not town.sure:  # 蓝光幸福 is no 南关 and its 幸福乡
            inside = tuple(c for c in inside if (p := gazetteer.get(c)) and set(word) & set(p.name))
        if inside and taken.isdisjoint(range(at, at + len(word))):
            yield Mention(at, word, inside)
