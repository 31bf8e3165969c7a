"""行政区划: the places a pack knows, how they lie in one another, how people call them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from hotline.rules.misheard import BARE, ENDINGS, Misheard
from hotline.rules.wordscan import WordScan

COUNTY_LEVELS: Final = ("county", "zone")
PEOPLES: Final = "苗|布依|侗|土家|彝|仡佬|水|回|白|瑶|壮|毛南|蒙古|仫佬|满|羌|畲|朝鲜|锡伯"
# 小围寨街道 is called 小围寨, 归兰水族乡 is called 归兰: what people leave off.
TOWNSHIP_ENDING: Final = re.compile(rf"(?:(?:{PEOPLES})族)*(?:街道|镇|乡)$")


LONG_NAME: Final = 4
ZONE_ENDINGS: Final = ("经开区", "高新区")


@dataclass(frozen=True, slots=True)
class Place:
    """One division or functional zone, with the days it stands and what came after it."""

    code: str
    name: str
    level: Literal["province", "prefecture", "county", "zone", "township"]
    parent: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    def stands_on(self, day: date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)

    @property
    def short(self) -> str:
        """三都县 for 三都水族自治县: made of the name's own characters, with its ending."""
        shorter = (alias for alias in self.aliases if len(alias) < len(self.name))
        own = (alias for alias in shorter if set(alias) <= set(self.name))
        return next((alias for alias in own if alias[-1] == self.name[-1]), self.name)


class Gazetteer:
    """Places by code, by parent and by name. Built once per pack, never changed."""

    def __init__(self, places: Iterable[Place], not_places: Iterable[str] = ()) -> None:
        self._by_code = {place.code: place for place in places}
        self._children: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self._by_code.values():
            self._children[place.parent].append(place)
        self.names = self._named()
        self.stems = self._stemmed()
        self._same_stem = self._townships_by_stem()
        names = self._county_names()
        standing = {name: codes for name, codes in names.items() if self._stands(codes)}
        former = {name: codes for name, codes in names.items() if name not in standing}
        self.misheard = Misheard(standing, former, self._named_only("township"))
        # 优惠水费 is not 惠水: such words are data and hide the name inside them.
        self.scan = WordScan([*self.names, *not_places])
        self.stem_scan = WordScan(self.stems)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Place | None:
        return self._by_code.get(code)

    def named(self, word: str) -> list[Place]:
        """The places called so, by name or alias."""
        return [self._by_code[code] for code in self.names.get(word, ())]

    def children(self, code: str) -> list[Place]:
        """What lies directly in it today; former divisions are not offered."""
        inside = [place for place in self._children.get(code, []) if place.valid_to is None]
        return sorted(inside, key=lambda place: place.code)

    def same_stem(self, name: str) -> tuple[str, ...]:
        """Townships of this name, whatever its ending: 梅林镇 and 梅林街道."""
        return self._same_stem.get(TOWNSHIP_ENDING.sub("", name), ())

    def path(self, code: str) -> tuple[Place, ...]:
        """From the province down to the place itself."""
        way: list[Place] = []
        place = self.get(code)
        while place is not None and place not in way:
            way.append(place)
            place = self.get(place.parent)
        return tuple(reversed(way))

    def county_of(self, code: str) -> str | None:
        """The county it lies in; a zone outside every county stands for itself."""
        way = self.path(code)
        for level in COUNTY_LEVELS:
            for place in way:
                if place.level == level:
                    return place.code
        return None

    def label(self, code: str) -> str:
        """都匀市小围寨街道, the prefecture before it: as people write it, without the province."""
        way = self.path(code)
        return "".join(place.short for place in way[1:] or way)

    def current(self, code: str, on: date) -> str:
        """The code itself while the place stands, else what came after it."""
        seen: set[str] = set()
        place = self.get(code)
        while place and place.successor and not place.stands_on(on) and place.code not in seen:
            seen.add(place.code)
            code, place = place.successor, self.get(place.successor)
        return code

    def counties(self) -> list[Place]:
        """Every county and county-like zone that stands today."""
        return [
            place
            for place in self._by_code.values()
            if place.level in COUNTY_LEVELS
            and place.valid_to is None
            and self.county_of(place.code) == place.code
        ]

    def _named(self) -> Mapping[str, tuple[str, ...]]:
        names: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._by_code.values():
            for name in dict.fromkeys((place.name, *place.aliases, *_said_shorter(place))):
                names[name].append(place.code)
        return {name: tuple(codes) for name, codes in names.items()}

    def _county_names(self) -> Mapping[str, tuple[str, ...]]:
        """Of a zone its own name, the long ones and the shortest: 井开区 sounds like 经开区."""
        named = self._named_only(*COUNTY_LEVELS)
        own = {place.name for place in self._by_code.values()} | set(self._named_only("county"))
        return {
            name: codes
            for name, codes in named.items()
            if name in own or len(name) == BARE or len(name) > LONG_NAME
        }

    def _stands(self, codes: Iterable[str]) -> bool:
        return any(not self._by_code[code].successor for code in codes)

    def _townships_by_stem(self) -> Mapping[str, tuple[str, ...]]:
        stems: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._by_code.values():
            if place.level == "township":
                stems[TOWNSHIP_ENDING.sub("", place.name)].append(place.code)
        return {stem: tuple(codes) for stem, codes in stems.items()}

    def _named_only(self, *levels: str) -> Mapping[str, tuple[str, ...]]:
        """Names that only places of these levels bear."""
        return {
            name: codes
            for name, codes in self.names.items()
            if all(self._by_code[code].level in levels for code in codes)
        }

    def _stemmed(self) -> Mapping[str, tuple[str, ...]]:
        """Names without their ending that are no name by themselves: they need company."""
        stems: defaultdict[str, list[str]] = defaultdict(list)
        for place in self._by_code.values():
            stem = _stem(place)
            if len(stem) > 1 and stem not in self.names:
                stems[stem].append(place.code)
        return {stem: tuple(codes) for stem, codes in stems.items()}


def _said_shorter(place: Place) -> tuple[str, ...]:
    """湖潮乡 for 湖潮苗族布依族乡, 长春经开 for 长春经开区: what people leave off."""
    if place.level == "zone":
        return tuple(name[:-1] for name in place.aliases if name[2:].endswith(ZONE_ENDINGS))
    ending = TOWNSHIP_ENDING.search(place.name) if place.level == "township" else None
    if ending is None or "族" not in ending.group() or not ending.start():
        return ()
    return (place.name[: ending.start()] + ending.group().rpartition("族")[2],)


def _stem(place: Place) -> str:
    if place.level == "township":
        return TOWNSHIP_ENDING.sub("", place.name)
    return place.name[:-1] if place.level == "county" and place.name[-1] in ENDINGS else ""
