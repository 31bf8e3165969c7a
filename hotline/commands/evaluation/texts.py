"""定位 and 分类 by the figures: texts whose county and type of pollution are known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from hotline.commands.evaluation.files import Row, words
from hotline.commands.evaluation.measures import Tally, mean, rounded, share
from hotline.policy.lexicon import lexicon_of
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.merge import Content
from hotline.policy.topics import Topic, gazetteer_of
from hotline.rules.classifying import Classified, Lexicon, classify
from hotline.rules.locating import locate
from hotline.rules.normalise import tidy
from hotline.rules.places import Gazetteer
from hotline.rules.redaction import mask

ENOUGH: Final = 5  # texts of a type, below which its F1 is chance
NOT_OURS: Final = "非环保"
TYPES: Final = {
    "air": "大气",
    "water": "水",
    "noise": "噪声",
    "solid": "固废",
    "soil": "土壤",
    "ecology": "生态",
    "radiation": "辐射",
}


def placed(rows: Sequence[Row], on: date) -> dict[str, float]:
    """The figures of `evaluate locate`. A text is read by the province it was sent to."""
    right = wrong = open_ones = 0
    for row in rows:
        answers = _answers(row)
        said = _located(row, on)
        right += bool(said & answers)
        wrong += "" not in said and not said & answers
        open_ones += "" in said
    n = len(rows)
    return {
        "n": n,
        "right": rounded(share(right, n)),
        "wrong": rounded(share(wrong, n)),
        "to_person": rounded(share(open_ones, n)),
    }


def _answers(row: Row) -> set[str]:
    """A code, or the name of a zone without one; '' when a person must ask."""
    also = {word for word in words(row.get("also_acceptable")) if word}
    return {row.get("county_code") or row.get("county") or "", *also}


def _located(row: Row, on: date) -> set[str]:
    gazetteer = _gazetteer(_province(row.get("county_code") or ""))
    text = mask(tidy(row["text"])).text
    found = locate(gazetteer, chosen_county=None, chosen_township=None, text=text, on=on)
    place = gazetteer.get(found.county or "")
    return {place.code, place.name} if place else {""}


def _province(code: str) -> str:
    """The tenant is known by the door a text came in; a text without a place names none."""
    tenants = {pack.tenant for pack in packs_on_disk().values() if pack.tenant}
    own = f"{code[:2]}0000"
    return own if own in tenants else ""


@cache
def _gazetteer(province: str) -> Gazetteer:
    """Of one province with every zone its packs know, or of all of them."""
    packs = packs_on_disk()
    codes = sorted(c for c, pack in packs.items() if pack.tenant and province in {"", pack.tenant})
    known = [
        gazetteer_of(Topic(code, "places", topics_of(packs, code)["places"])) for code in codes
    ]
    places = {place.code: place for gazetteer in known for place in gazetteer}
    return Gazetteer(places.values(), _not_places(topics_of(packs, code) for code in codes))


def _not_places(topics: Iterable[Mapping[str, Content]]) -> list[str]:
    return [word for topic in topics for word in topic["places"].get("not_places", ())]


def typed(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures of `evaluate kinds`."""
    lexicon = _lexicon()
    tallies = {name: Tally() for name in (*TYPES.values(), NOT_OURS)}
    for row in rows:
        said = type_of(classify(lexicon, tidy(mask(tidy(row["text"])).text), ()))
        if said in set(words(row.get("also_types"))) - {""}:
            continue
        for name, tally in tallies.items():
            tally.add(said=said == name, true=row.get("type") == name)
    counts = {name: sum(row.get("type") == name for row in rows) for name in tallies}
    f1 = {name: rounded(tally.f1) for name, tally in tallies.items()}
    return {
        "n": len(rows),
        "macro_f1": rounded(mean(f1[name] for name in f1 if counts[name] >= ENOUGH)),
        "f1": f1,
    }


def type_of(found: Classified) -> str:
    """The type of the first kind that has one; another body's matter is 非环保."""
    ours = (TYPES.get(hit.code.partition(".")[0], "") for hit in found.kinds)
    return next(filter(None, ours), "" if found.kinds or not found.not_ours else NOT_OURS)


@cache
def _lexicon() -> Lexicon:
    """The kinds every pack inherits."""
    packs = packs_on_disk()
    root = next(code for code, pack in packs.items() if not pack.parent)
    return lexicon_of(Topic(root, "kinds", topics_of(packs, root)["kinds"]))
