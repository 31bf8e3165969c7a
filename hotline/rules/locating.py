"""定位: which county and township does a report speak of? What was chosen beats the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hotline.rules.affected import Part, lies_between
from hotline.rules.hearing import Heard, hear
from hotline.rules.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Located:
    """Where it is. `place.conflict` beside a county is a note for the desk, not an obstacle."""

    county: str | None
    township: str | None
    how: Literal["chosen", "text", "point", "none"]
    cause: str  # "" | place.none | place.several | place.unknown_code | place.conflict
    candidates: tuple[str, ...] = ()
    heard: tuple[tuple[str, str], ...] = ()  # (word in the text, place code)


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
        return _unsure("place.unknown_code", heard.said(None).counties, heard)
    return _from_choice(heard, codes)


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
    said = heard.said(None).counties
    elsewhere = bool(said) and county not in said
    cause = "place.conflict" if elsewhere else ""
    candidates = _sorted(said) if elsewhere else ()
    township = township or _only(heard.townships_in(county))
    return Located(county, township, "chosen", cause, candidates, heard.pairs())


def _from_text(heard: Heard, within: str | None) -> Located:
    """`within` is a chosen prefecture or province: the text must name a county inside it."""
    said = heard.said(within)
    # 上游福泉市的厂 beside 我家在瓮安县: the place that suffers is the place of the report.
    meant = None if said.doubtful else _meant(heard.text, said.parts)
    if meant and not _is_left_behind(heard, meant, said.parts[meant]):
        township = _only(heard.townships_in(meant))
        others = _sorted(said.counties - {meant})
        return Located(meant, township, "text", "", others, heard.pairs())
    if said.counties:
        return _unsure("place.none" if meant else "place.several", said.counties, heard)
    outside = heard.said(None).counties if within else set()
    return _unsure("place.conflict" if outside else "place.none", outside, heard)


def _meant(text: str, parts: dict[str, Part]) -> str | None:
    """The one county with the greatest part in the text."""
    greatest = max(parts.values(), default=Part.NAMED)
    leading = [county for county, part in parts.items() if part == greatest]
    if len(leading) != 1 or len(parts) == 1:
        return leading[0] if len(parts) == 1 else None
    least = Part.SUFFERS if lies_between(text) else Part.NAMED
    return leading[0] if greatest >= least else None


def _is_left_behind(heard: Heard, county: str, part: Part) -> bool:
    """离都匀十公里, or 老家南康 told from another prefecture: the county named is not the place."""
    return part is Part.BESIDE or (part <= Part.LEFT and heard.is_told_from_outside(county))


def _only(codes: set[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes))


def _unsure(cause: str, candidates: Iterable[str], heard: Heard) -> Located:
    return Located(None, None, "none", cause, _sorted(candidates), heard.pairs())
