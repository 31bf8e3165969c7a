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
_BRACKETS: Final = str.maketrans("()", "（）")
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
    """The figures of `evaluate locate`: each text is read against every jurisdiction's places."""
    gazetteer = every_place()
    right = wrong = open_ones = 0
    for row in rows:
        answers, said = _answers(row), _located(gazetteer, row["text"], on)
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
    also = {_plain(word) for word in words(row.get("also_acceptable")) if word}
    return {row.get("county_code") or _plain(row.get("county") or ""), *also}


def _located(gazetteer: Gazetteer, text: str, on: date) -> set[str]:
    """The county found, and the zone in it that the text names: each by its code and its names."""
    found = locate(
        gazetteer, chosen_county=None, chosen_township=None, text=mask(tidy(text)).text, on=on
    )
    if found.county is None:
        return {""}
    places = [gazetteer.get(found.county), gazetteer.get(found.township or "")]
    said = [p for p in places if p and (p.level == "zone" or p.code == found.county)]
    return {_plain(word) for p in said for word in (p.code, p.name, *p.aliases)}


def _plain(name: str) -> str:
    """Brackets of either width are one."""
    return name.translate(_BRACKETS)


@cache
def every_place() -> Gazetteer:
    """Of every jurisdiction that has a pack, each read as the service reads its own."""
    packs = packs_on_disk()
    codes = sorted(code for code, pack in packs.items() if pack.tenant)
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
