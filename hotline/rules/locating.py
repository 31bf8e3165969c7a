"""定位: which county and township does a report speak of? What was chosen beats the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from hotline.rules.affected import is_elsewhere, lies_between
from hotline.rules.places import COUNTY_LEVELS, Gazetteer

# 惠水大道 lies in another town, 瓮安路 too: a short name that names a street names no county.
STREETS: Final = ("大道", "大街", "北路", "南路", "东路", "西路", "中路", "路")
NO_STREETS: Final = ("路过", "路上", "路边")


@dataclass(frozen=True, slots=True)
class Located:
    """Where it is. `place.conflict` beside a county is a note for the desk, not an obstacle."""

    county: str | None
    township: str | None
    how: Literal["chosen", "text", "none"]
    cause: str  # "" | place.none | place.several | place.unknown_code | place.conflict
    candidates: tuple[str, ...] = ()
    heard: tuple[tuple[str, str], ...] = ()  # (word in the text, place code)


@dataclass(frozen=True, slots=True)
class Heard:
    """The place names of one text, each already led to the division that stands on the day."""

    gazetteer: Gazetteer
    words: tuple[tuple[str, tuple[str, ...]], ...]
    stems: tuple[tuple[str, tuple[str, ...]], ...]
    text: str = ""
    spots: tuple[tuple[int, str, tuple[str, ...]], ...] = ()  # every name, as often as it is said

    def suffering(self, counties: set[str]) -> set[str]:
        """Those of the counties that are not only named as where something came from."""
        if lies_between(self.text):
            return counties
        return {
            county
            for at, word, codes in self.spots
            for county in {self.gazetteer.county_of(code) or "" for code in codes} & counties
            if not is_elsewhere(self.text, at, word)
        }

    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((word, code) for word, codes in self.words for code in codes)

    def prefectures(self) -> set[str]:
        return {code for _, codes in self.words for code in codes if self._is(code, "prefecture")}

    def counties(self) -> set[str]:
        """Counties called by a name of their own."""
        found = {
            self.gazetteer.county_of(code)
            for _, codes in self.words
            for code in codes
            if self._is(code, *COUNTY_LEVELS)
        }
        return {county for county in found if county}

    def townships(self) -> list[tuple[str, ...]]:
        """For each township name the townships that bear it."""
        return [codes for _, codes in self.words if all(self._is(c, "township") for c in codes)]

    def townships_in(self, county: str) -> set[str]:
        """Inside a known county a bare stem (小围寨) is enough; alone it could be anything."""
        said = [code for _, codes in (*self.words, *self.stems) for code in codes]
        below = (code for code in said if code != county)
        return {code for code in below if self.gazetteer.county_of(code) == county}

    def _is(self, code: str, *levels: str) -> bool:
        place = self.gazetteer.get(code)
        return place is not None and place.level in levels


def locate(
    gazetteer: Gazetteer,
    *,
    chosen_county: str | None,
    chosen_township: str | None,
    text: str,
    on: date,
) -> Located:
    """`on` is the day of deciding: a former division is led to the one that handles it that day."""
    heard = hear(gazetteer, text, on)
    chosen = chosen_township or chosen_county
    if not chosen:
        return _from_text(heard, within=None)
    codes = [gazetteer.current(code, on) for code in (chosen_county, chosen_township) if code]
    if any(gazetteer.get(code) is None for code in codes):
        return _unsure("place.unknown_code", _counties_said(heard, None)[0], heard)
    return _from_choice(heard, codes)


def hear(gazetteer: Gazetteer, text: str, on: date) -> Heard:
    """Every place name in the text, former ones led to what came after them."""
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    spots: list[tuple[int, str, tuple[str, ...]]] = []
    taken: set[int] = set()
    for at, word in gazetteer.scan.found(text):
        taken.update(range(at, at + len(word)))
        if word in gazetteer.names and not _names_a_street(
            gazetteer, word, text[at + len(word) : at + len(word) + 2]
        ):
            words[word] = _current(gazetteer, gazetteer.names[word], on)
            spots.append((at, word, words[word]))
        elif word in gazetteer.stems:
            stems[word] = _current(gazetteer, gazetteer.stems[word], on)
    misheard = [*gazetteer.misheard.found(text)]
    if not words:
        misheard += gazetteer.misheard.towns(text)
    for at, word, code in misheard:
        if taken.isdisjoint(range(at, at + len(word))):
            words[word] = _current(gazetteer, [code], on)
            spots.append((at, word, words[word]))
    return Heard(gazetteer, tuple(words.items()), tuple(stems.items()), text, tuple(spots))


def _names_a_street(gazetteer: Gazetteer, word: str, after: str) -> bool:
    is_alias = all(place.name != word for place in gazetteer.named(word))
    return is_alias and after.startswith(STREETS) and not after.startswith(NO_STREETS)


def _current(gazetteer: Gazetteer, codes: Iterable[str], on: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gazetteer.current(code, on) for code in codes))


def _from_choice(heard: Heard, codes: list[str]) -> Located:
    gazetteer = heard.gazetteer
    counties = list(dict.fromkeys(gazetteer.county_of(code) for code in codes))
    if None in counties:
        return _from_text(heard, within=codes[0])
    county = counties[0]
    assert county is not None
    if len(counties) > 1:  # a township that lies in another county than the one chosen
        return Located(county, None, "chosen", "place.conflict", _sorted(codes), heard.pairs())
    township = next((code for code in codes if code != county), None)
    said, _ = _counties_said(heard, None)
    elsewhere = bool(said) and county not in said
    cause = "place.conflict" if elsewhere else ""
    candidates = _sorted(said) if elsewhere else ()
    township = township or _only(heard.townships_in(county))
    return Located(county, township, "chosen", cause, candidates, heard.pairs())


def _from_text(heard: Heard, within: str | None) -> Located:
    """`within` is a chosen prefecture or province: the text must name a county inside it."""
    counties, doubtful = _counties_said(heard, within)
    # 上游福泉市的厂 beside 我家在瓮安县: the place that suffers is the place of the report.
    meant = heard.suffering(counties) if len(counties) > 1 and not doubtful else counties
    if len(meant) == 1 and not doubtful:
        county = next(iter(meant))
        township = _only(heard.townships_in(county))
        return Located(county, township, "text", "", _sorted(counties - meant), heard.pairs())
    if counties:
        return _unsure("place.several", counties, heard)
    outside = _counties_said(heard, None)[0] if within else set()
    return _unsure("place.conflict" if outside else "place.none", outside, heard)


def _counties_said(heard: Heard, within: str | None) -> tuple[set[str], bool]:
    """The counties the text speaks of, and whether a shared township name leaves it open."""
    direct = {county for county in heard.counties() if _lies_in(heard, county, within)}
    narrowed = heard.prefectures()
    sure, open_ones = set(direct), set[str]()
    for codes in heard.townships():
        bearers = {heard.gazetteer.county_of(code) or "" for code in codes}
        bearers = {county for county in bearers if county and _lies_in(heard, county, within)}
        inside = bearers & direct or _in_any(heard, bearers, narrowed) or bearers
        (sure if len(inside) == 1 else open_ones).update(inside)
    if sure:  # 中心镇 beside 都匀市 is 都匀市's, whoever else has one
        open_ones = set() if open_ones & sure else open_ones
    return sure | open_ones, bool(open_ones)


def _in_any(heard: Heard, counties: set[str], prefectures: set[str]) -> set[str]:
    return {c for c in counties if any(_lies_in(heard, c, p) for p in prefectures)}


def _lies_in(heard: Heard, code: str, within: str | None) -> bool:
    return within is None or any(place.code == within for place in heard.gazetteer.path(code))


def _only(codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))


def _unsure(cause: str, candidates: Iterable[str], heard: Heard) -> Located:
    return Located(None, None, "none", cause, _sorted(candidates), heard.pairs())
