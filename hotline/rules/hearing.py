"""听出地名: the counties that a text's place names stand for, each read by the others' company."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from hotline.rules.affected import Part, part, together
from hotline.rules.mentions import Mention, beside, mentions
from hotline.rules.places import COUNTY_LEVELS, Gazetteer

_TOWN: Final = re.compile("县城|城区|城里|城关|老城|市区|县里|区里|市里")
_ASKED_ABOUT: Final = re.compile("(?:在|住|到|我们|我是|我|咱|俺|家|是)$")
_HEREABOUTS: Final = re.compile("那边|这边|那里|这里|那儿|这儿|街上|场上|那块|这块|那旮|镇上|老街")
LEVELS: Final = 3  # province, prefecture, county before a township
LONG_STEM: Final = 3  # 观音桥 in a city is told from other words, 解放 is not


@dataclass(frozen=True, slots=True)
class Said:
    """The counties a text speaks of, each with its part; doubtful when a shared name stays open."""

    parts: dict[str, Part] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    @property
    def counties(self) -> set[str]:
        return set(self.parts) | self.open

    @property
    def doubtful(self) -> bool:
        return not self.open <= set(self.parts)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mention read as one county."""

    county: str
    at: int  # the mention's place among the mentions
    named: bool  # the county itself was named, not a township of it


@dataclass(frozen=True, slots=True)
class Heard:
    """The place names of one text, on the day of reading it."""

    gazetteer: Gazetteer
    text: str
    on: date
    mentions: tuple[Mention, ...]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(word, place that stands on the day) of every name that is one by itself."""
        said = [
            (one.word, self._now(code)) for one in self.mentions if one.sure for code in one.codes
        ]
        return tuple(dict.fromkeys(said))

    def townships_in(self, county: str) -> set[str]:
        """Inside a known county a bare stem (小围寨) is enough; alone it could be anything."""
        said = {self._now(code) for one in self.mentions for code in one.codes}
        return {
            code for code in said if code != county and self.gazetteer.county_of(code) == county
        }

    def is_told_from_outside(self, county: str) -> bool:
        """Another prefecture or province is named, and not as left behind."""
        return any(
            not self._lies_in(county, code) and part(self.text, one.at, one.end) >= Part.NAMED
            for one, code in self._areas()
        )

    def said(self, within: str | None) -> Said:
        """Every county the names lead to; `within` leaves out what lies elsewhere."""
        areas = {code for _, code in self._areas()}
        spots, unread = self._by_name(areas, within)
        around = {code for spot in spots for code in (spot.county, *self.mentions[spot.at].codes)}
        for at, town in enumerate(self.mentions):
            if town.sure and self._townships(town):
                read = self._town(at, around, areas, within)
                spots += [_Spot(code, at, named=False) for code in read if len(read) == 1]
                unread |= read if len(read) > 1 else set()
        if not spots and not unread:
            spots = self._by_stem(areas, within)
        return Said(self._parts(self._absorbed(spots)), frozenset(unread))

    def _by_name(self, areas: set[str], within: str | None) -> tuple[list[_Spot], set[str]]:
        """Counties called by a name of their own, or by its stem in company."""
        spots: list[_Spot] = []
        unread: set[str] = set()
        for at, one in enumerate(self.mentions):
            codes = [code for code in one.codes if self._is_county(code)]
            if not codes or not (one.sure or self._is_in_company(at, codes)):
                continue
            counties = {self._led_on(at, code) for code in codes}
            counties = {code for code in counties if self._lies_in(code, within)}
            counties = self._in_any(counties, areas) or counties
            spots += [_Spot(code, at, named=True) for code in counties if len(counties) == 1]
            unread |= counties if len(counties) > 1 else set()
        return spots, unread

    def _is_in_company(self, at: int, codes: Iterable[str]) -> bool:
        """赣州大余, 樟树临江镇, 长寿城区: the stem of a county is a name in such company."""
        one, around = self.mentions[at], {*codes, *(self._county(code) for code in codes)}
        before, after = self._neighbours(at)
        if before and any(self._lies_in(c, b) for c in codes for b in before.codes):
            return True
        towns = self._townships(after) if after else []
        return bool(_TOWN.match(self.text, one.end)) or any(
            {self.gazetteer.county_of(code), self._county(code)} & around for code in towns
        )

    def _neighbours(self, at: int) -> tuple[Mention | None, Mention | None]:
        """The names that stand side by side with this one."""
        one = self.mentions[at]
        before = self.mentions[at - 1] if at else None
        after = self.mentions[at + 1] if at + 1 < len(self.mentions) else None
        left = before if before and beside(self.text, before.end, one.at) else None
        right = after if after and beside(self.text, one.end, after.at) else None
        return left, right

    def _led_on(self, at: int, code: str) -> str:
        """渝北区统景镇: of a former county, the township tells which of its heirs is meant."""
        after = self._neighbours(at)[1]
        for town in self._townships(after) if after else ():
            if self.gazetteer.county_of(town) == code:
                return self._county(town)
        return self._county(code)

    def _town(self, at: int, around: set[str], areas: set[str], within: str | None) -> set[str]:
        """The counties a township's name may mean: its neighbour's, one said, one of the area."""
        before = self._neighbours(at)[0]
        beside_it = {*before.codes, *(self._county(c) for c in before.codes)} if before else set()
        of = self._counties_of(self.mentions[at], within)
        alike = of | self._counties_of(self._alike(self.mentions[at]), within)
        for company in (beside_it, around):
            if inside := {now for was, now in alike.items() if {was, now} & company}:
                return inside
        if before and before.end == self.mentions[at].at and beside_it & around:
            return set()  # 瓮安县和平镇, of which nobody knows: 瓮安县 was said
        return self._nearest(set(of.values()), around | areas)

    def _counties_of(self, town: Mention, within: str | None) -> dict[str, str]:
        """The county as it was when the township lay in it → as it is."""
        return {
            self.gazetteer.county_of(code) or "": self._county(code)
            for code in self._townships(town)
            if self._lies_in(self._county(code), within)
        }

    def _alike(self, town: Mention) -> Mention:
        """梅林镇 has become 梅林街道: the same name with another ending."""
        return replace(town, codes=self.gazetteer.same_stem(town.word))

    def _nearest(self, counties: set[str], known: set[str]) -> set[str]:
        """Of a name's counties those in what was named, else in the same province as that."""
        if inside := self._in_any(counties, known):
            return inside
        provinces = {self._province(code) for code in known}
        near = {code for code in counties if self._province(code) in provinces}
        prefectures = {self._parent(code) for code in known}
        close = {code for code in near if self._parent(code) in prefectures}
        return (close or near) if known else counties

    def _by_stem(self, areas: set[str], within: str | None) -> list[_Spot]:
        """Townships without their ending, when nothing else was named: 长春范家屯, 我们麻尾这边."""
        spots = []
        cities = {code for code in areas if self._is_city(code)}
        for at, one in enumerate(self.mentions):
            if one.sure:
                continue
            counties = {self._county(code) for code in one.codes}
            inside = self._in_any(counties, cities)
            before = self._neighbours(at)[0]
            if len(inside) == 1 and (before or len(one.word) >= LONG_STEM):
                spots.append(_Spot(next(iter(inside)), at, named=False))
            elif not areas and len(counties) == 1 and self._is_asked_about(one):
                spots.append(_Spot(next(iter(counties)), at, named=False))
        return [spot for spot in spots if self._lies_in(spot.county, within)]

    def _is_city(self, code: str) -> bool:
        """Counties lie in it directly: a prefecture or a municipality, no province."""
        return any(place.level == "county" for place in self.gazetteer.children(code))

    def _is_asked_about(self, one: Mention) -> bool:
        before = self.text[max(0, one.at - 3) : one.at]
        return bool(_ASKED_ABOUT.search(before) and _HEREABOUTS.match(self.text, one.end))

    def _absorbed(self, spots: list[_Spot]) -> list[_Spot]:
        """净月新立城镇: a zone that stands for itself takes what is named beside or inside it."""
        zones = {spot.at: spot.county for spot in spots if self._is(spot.county, "zone")}
        parents = {self._parent(county) for county in zones.values()}
        return [
            spot
            for spot in spots
            if self._is(spot.county, "zone")
            or not (
                (not spot.named and self._parent(spot.county) in parents)
                or self._touches(spot.at, zones)
            )
        ]

    def _touches(self, at: int, others: Iterable[int]) -> bool:
        return any(
            other in others
            and beside(self.text, self.mentions[left].end, self.mentions[left + 1].at)
            for other, left in ((at - 1, at - 1), (at + 1, at))
        )

    def _parent(self, code: str) -> str:
        place = self.gazetteer.get(code)
        return place.parent if place else ""

    def _parts(self, spots: Iterable[_Spot]) -> dict[str, Part]:
        said: dict[str, list[Part]] = {}
        for spot in spots:
            found = part(self.text, self._begins(spot.at), self.mentions[spot.at].end)
            if found is not Part.DENIED:
                said.setdefault(spot.county, []).append(found)
        return {county: together(several) for county, several in said.items()}

    def _begins(self, at: int) -> int:
        """老家江西省赣州市于都县: the phrase begins where the first of its names does."""
        begin = self.mentions[at].at
        for one in reversed(self.mentions[max(0, at - LEVELS) : at]):
            if not beside(self.text, one.end, begin):
                break
            begin = one.at
        return begin

    def _areas(self) -> list[tuple[Mention, str]]:
        return [
            (one, self._now(code))
            for one in self.mentions
            if one.sure
            for code in one.codes
            if self._is(code, "province", "prefecture")
        ]

    def _townships(self, one: Mention) -> list[str]:
        return [code for code in one.codes if self._is(code, "township")]

    def _in_any(self, counties: set[str], areas: Iterable[str]) -> set[str]:
        """Those in the narrowest of the areas that has any."""
        narrow = sorted(areas, key=lambda code: -len(self.gazetteer.path(code)))
        found = ({c for c in counties if self._lies_in(c, area)} for area in narrow)
        return next(filter(None, found), set())

    def _lies_in(self, code: str, within: str | None) -> bool:
        return within is None or any(place.code == within for place in self.gazetteer.path(code))

    def _province(self, code: str) -> str:
        return next((place.code for place in self.gazetteer.path(code)), "")

    def _county(self, code: str) -> str:
        return self.gazetteer.county_of(self._now(code)) or ""

    def _now(self, code: str) -> str:
        return self.gazetteer.current(code, self.on)

    def _is_county(self, code: str) -> bool:
        return self._is(code, *COUNTY_LEVELS)

    def _is(self, code: str, *levels: str) -> bool:
        place = self.gazetteer.get(code)
        return place is not None and place.level in levels


def hear(gazetteer: Gazetteer, text: str, on: date) -> Heard:
    """Every place name in the text."""
    return Heard(gazetteer, text, on, mentions(gazetteer, text))
