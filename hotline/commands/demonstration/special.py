"""Reports that the intake cannot decide, must refuse, or must not let wait; and the press."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hotline.commands.demonstration.book import Lots, one_of, page
from hotline.commands.demonstration.spots import Spot, draw_spot
from hotline.commands.demonstration.telling import Telling
from hotline.policy.pack import Pack


def special(lots: Lots, pack: Pack, say: str, place: int) -> Telling:
    """The place-th report of this sort, worded as the data has it."""
    spot, (family, _, name) = draw_spot(lots, pack), say.partition(".")
    words = page("undecided")
    match family:
        case "media":
            return _clue(lots, spot, place)
        case "spot":
            return _placed(_nth(words["spot"]["asks"], place), spot)
        case "emergency":
            telling = _placed(_nth(words["emergency"]["texts"], place), spot)
            return replace(telling, about=_nth(words["emergency"]["about"], place))
        case _:
            return _undecided(words, _nth(words[family][name], place), name, spot)


def reply_to(text: str) -> str:
    """What is answered at once to a question of the data."""
    words = page("undecided")
    pairs = [
        *zip(words["spot"]["asks"], words["spot"]["replies"], strict=True),
        *zip(words["triage"]["consult"], words["triage"]["consult_replies"], strict=True),
    ]
    return str(dict(pairs)[text])


def _nth(phrases: list[str], place: int) -> str:
    return phrases[place % len(phrases)]


def _undecided(words: Mapping[str, Any], text: str, name: str, spot: Spot) -> Telling:
    if wrong := words["wrong"].get(name):
        return replace(_placed(text, spot), county=wrong, township="")
    if name in words["placed"]:
        return _placed(text, spot)
    return Telling(text, spot)


def _placed(text: str, spot: Spot) -> Telling:
    said = text.format(place=spot.name, spot=spot.spot)
    return Telling(said, spot, county=spot.county, township=spot.township)


def _clue(lots: Lots, spot: Spot, place: int) -> Telling:
    told = page("media")
    clue = told["clues"][place % len(told["clues"])]
    return replace(
        _placed(clue["text"], spot),
        title=clue["title"].format(place=spot.name),
        about=clue["kind"],
        kinds=(clue["kind"],),
        outlet=one_of(lots, told["outlets"]),
        url=told["page"].format(n=lots.randrange(10_000, 99_999)),
    )
