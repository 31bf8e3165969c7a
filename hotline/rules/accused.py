"""被反映单位: which departments is a matter about? They never handle it themselves (回避).

Whoever is only asked for help, or is said to have come and looked, is not accused: 请环保局查处
must still reach the bureau. Named as the party complained of, blamed, or said to pollute, it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.rules.departments import Department, Directory
from hotline.rules.recusal import blamed, names_another_office, shortened
from hotline.rules.wordscan import WordScan

NEAR: Final = 12
LEVELS: Final = ("县", "市", "区", "州", "省")  # 县环保局, 州水务局
TOWNSHIP: Final = ("镇", "乡", "街道", "村", "办")  # 镇政府 is not the county's

_COMPLAINED_OF: Final = re.compile(
    "(?:举报|投诉|控告|检举|状告|曝光|反映)(?:的是|对象[是为:：]?|单位[是为:：]?|了)?$"
)
_ASKED: Final = re.compile(
    "(?:请|望|盼|求|让|由|向|给|跟|找|打|拨|致|到|去|报|联系|通知|转|交|告诉|建议|要求|呼吁|尊敬的|感谢)"
    "[^，。；！？,;!?\n]{0,8}$"
)
_DOES_IT: Final = re.compile(
    "(?:的(?!人|同志|领导|工作|电话|执法|监)|下属|所属|下面|管理的|经营的|负责的|委托的|自己的?|食堂|锅炉|家属院|工地|施工队|垃圾车|洒水车|环卫车)"
    "[^，。；！？,;!?\n]{0,16}(?:排|倒|烧|堆|臭|污|噪|吵|冒|埋|烟|尘|垃圾|渗|漏|施工)"
    "|(?:食堂|锅炉|家属院|工地|自己|偷偷|私自|违规|非法|长期|直接|每天|天天|把|将)"
    "[^，。；！？,;!?\n]{0,10}(?:排|倒|烧|堆|埋|施工|冒|污染)"
)


@dataclass(frozen=True, slots=True)
class Calling:
    """What a word calls: departments by their codes, or a duty at the matter's own place."""

    codes: frozenset[str] = frozenset()
    duty: str = ""
    level: str = ""


@dataclass(frozen=True)
class Offices:
    """Every department by its names and by what people call it. Built once per pack."""

    departments: Directory
    said: Mapping[str, tuple[str, ...]]  # duty → 环保局, 生态环境局
    places: Mapping[str, tuple[str, ...]]  # place code → its names
    calls: Mapping[str, Calling] = field(init=False, repr=False, compare=False)
    short: Mapping[str, str] = field(default_factory=dict)  # 城管, 环保 → duty
    scan: WordScan = field(init=False, repr=False, compare=False)
    blames: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        calls = {**self._bare(), **self._placed()}
        if self.short:
            object.__setattr__(self, "blames", shortened(self.short))
        object.__setattr__(self, "calls", calls)
        object.__setattr__(self, "scan", WordScan(calls))

    def accused(self, target: str, told: Iterable[str], path: tuple[str, ...]) -> frozenset[str]:
        """Those the matter is about, with what stands below them. `path`: around its place."""
        named = {code for _, word in self._found(target) for code in self._whom(word, path)}
        for text in told:
            spans = list(blamed(text))
            named |= {
                code
                for at, word in self._found(text)
                if _is_accused(text, at, word, spans)
                for code in self._whom(word, path)
            }
            named |= {code for call in self._by_short_name(text) for code in self._met(call, path)}
        return self.departments.with_subordinates(named) if named else frozenset()

    def _found(self, text: str) -> Iterator[tuple[int, str]]:
        for at, word in self.scan.found(text):
            if self.calls[word].codes or not text[:at].endswith(TOWNSHIP):
                yield at, word

    def _whom(self, word: str, path: tuple[str, ...]) -> frozenset[str]:
        call = self.calls[word]
        return call.codes or self._met(call, path)

    def _by_short_name(self, text: str) -> Iterator[Calling]:
        """城管不作为, 县环保和城管都不管: only right before what they are blamed for."""
        for found in self.blames.finditer(text) if self.blames else ():
            before = text[: found.start()]
            level = before[-1:] if before.endswith(LEVELS) else ""
            if not before.endswith(TOWNSHIP):
                names = (duty for name, duty in self.short.items() if name in found[1])
                yield from (Calling(duty=duty, level=level) for duty in names)

    def _met(self, call: Calling, path: tuple[str, ...]) -> frozenset[str]:
        """The department with the duty at the place that is meant."""
        known = self.departments.by_code
        codes = [f"{place}.{call.duty}" for place in self._places_meant(call.level, path)]
        return frozenset([code for code in codes if code in known][:1])

    def _places_meant(self, level: str, path: tuple[str, ...]) -> tuple[str, ...]:
        """市 is the county where that is a city, else the prefecture; 局 alone is the nearest."""
        if level == "省":
            return path[:1]
        names = self.places.get(path[2], ()) if len(path) > 2 else ()
        county_is_city = any(name.endswith("市") for name in names)
        if level == "州" or (level == "市" and not county_is_city):
            return path[1:2]
        return tuple(reversed(path))

    def _placed(self) -> dict[str, Calling]:
        """都匀市环保局, 都匀环保局, and every department by its own name."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.departments:
            place = one.code.rpartition(".")[0]
            for name in self._names(one, place):
                found[name].add(one.code)
        return {name: Calling(codes=frozenset(codes)) for name, codes in found.items()}

    def _names(self, one: Department, place: str) -> Iterator[str]:
        yield one.name
        if one.short not in ("", one.name):
            yield one.short
        for name in self.places.get(place, ()):
            for word in self.said.get(one.duty, ()):
                yield f"{name}{word}"

    def _bare(self) -> dict[str, Calling]:
        return {
            f"{level}{word}": Calling(duty=duty, level=level)
            for duty, words in self.said.items()
            for word in words
            for level in ("", *LEVELS)
        }


def _is_accused(text: str, at: int, word: str, spans: list[tuple[int, int]]) -> bool:
    before, end = text[max(0, at - NEAR) : at], at + len(word)
    asked = bool(_ASKED.search(before))
    for start, stop in spans:
        if at < stop and end > start:  # the last office before the deed is the one that is blamed
            return not (asked and end < stop and names_another_office(text[end:stop]))
    if _COMPLAINED_OF.search(before):
        return True
    return not asked and bool(_DOES_IT.match(text[end : end + 2 * NEAR + 6]))
