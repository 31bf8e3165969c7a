"""并单: is this report about a matter that is already known?

Only the same words join by themselves, and only from the same sender or about the same known place.
Likeness of words alone is a suggestion to a person, with its reasons; a closed matter never takes
a new report. Another problem of the same place, project or firm is related, and no more than that.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from hotline.rules.coordinates import Point
from hotline.rules.nearness import near
from hotline.rules.normalise import bigrams
from hotline.rules.rarity import PLAIN, Rarity
from hotline.rules.resembling import Resemblance, Words, resemblance, words_of
from hotline.rules.terms import Relation
from hotline.rules.weighing import DEFAULT, Weights

Band = Literal["join", "suggest", "related", "new"]

SAME_TEXT: Final = "dedupe.same_text"
SAME_SENDER: Final = "dedupe.same_sender"
SAME_TOWNSHIP: Final = "dedupe.same_township"
SAME_COUNTY: Final = "dedupe.same_county"
SAME_LANDMARK: Final = "dedupe.same_landmark"
SAME_TARGET: Final = "dedupe.same_target"
SAME_KIND: Final = "dedupe.same_kind"
LIKE_TEXT: Final = "dedupe.like_text"
LIKE_TITLE: Final = "dedupe.like_title"
SAME_NAME: Final = "dedupe.same_name"
NEAR: Final = "dedupe.near"
OTHER_PLACE: Final = "dedupe.other_place"
OTHER_SPOT: Final = "dedupe.other_spot"
CLOSED: Final = "dedupe.closed"
LONG_AGO: Final = "dedupe.long_ago"
REASONS: Final = (
    *(SAME_TEXT, SAME_SENDER, SAME_TOWNSHIP, SAME_COUNTY, SAME_LANDMARK, SAME_TARGET, SAME_KIND),
    *(LIKE_TEXT, LIKE_TITLE, SAME_NAME, NEAR, OTHER_PLACE, OTHER_SPOT, CLOSED, LONG_AGO),
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of one report: masked words and keyed digests, nothing of the person."""

    id: UUID
    county: str | None
    township: str | None
    kinds: frozenset[str]
    words: frozenset[int]  # by their sound, as rules.signature numbers them
    title_words: tuple[int, ...]
    opening: tuple[int, ...]
    body_key: bytes | None
    sender: bytes | None
    landmark: str
    target: str
    at: datetime
    open: bool
    point: Point | None = None  # roughly: no single house


@dataclass(frozen=True, slots=True)
class Likeness:
    """What to do with the pair, how they belong together, and why, as message keys."""

    band: Band
    relation: Relation
    score: float
    reasons: tuple[str, ...]

    @property
    def one_matter(self) -> bool:
        """A related report is worth knowing of, and holds nothing up."""
        return self.band in ("join", "suggest")


_UNLIKE: Final = {"related": Relation.RELATED, "new": Relation.FIRST}
APART: Final = 0.4  # below it two landmarks or targets are two
ALIKE_TEXT: Final = 0.2  # from here the reasons say so
ALIKE_TITLE: Final = 0.4


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one pair has in common, and what not."""

    words: Resemblance
    landmark: float
    target: float
    same_text: bool
    same_sender: bool
    same_county: bool
    same_township: bool
    other_county: bool
    other_township: bool
    near: bool
    far: bool
    other_spot: bool  # both name a landmark, a target or a position, and not the same one
    days: float

    @property
    def other_place(self) -> bool:
        return self.other_county or self.other_township


def ready(new: Sketch, rarity: Rarity = PLAIN) -> Words:
    """The words of a report that is to be compared with many."""
    return words_of(new.words, new.title_words, new.opening, rarity)


def is_elsewhere(new: Sketch, old: Sketch, weights: Weights = DEFAULT) -> bool:
    """In another county, and not at a spot of the same name: `new` whatever else is said, so that
    two thirds of the candidates need not be compared at all.
    """
    if not _differ(new.county, old.county) or _agree(new.body_key, old.body_key):
        return False
    return not _same_spot(new, old, weights)


def _same_spot(new: Sketch, old: Sketch, weights: Weights) -> bool:
    pairs = (new.landmark, old.landmark), (new.target, old.target)
    return any((_alike(*pair) or 0.0) >= weights.alike for pair in pairs)


def likeness(
    new: Sketch,
    old: Sketch,
    weights: Weights = DEFAULT,
    rarity: Rarity = PLAIN,
    words: Words | None = None,
) -> Likeness:
    """The score says how likely it is one matter; from `suggest` on a person is shown the pair.

    `words`: those of `new`, made `ready` before.
    """
    facts = _facts(new, old, words or ready(new, rarity), rarity)
    score = _score(facts, _kinds(new, old, weights), weights)
    band = _band(new, old, facts, score, weights)
    alike = band in ("join", "suggest")
    score = max(score, weights.suggest) if alike else min(score, weights.suggest - 0.01)
    relation = _relation(facts, old) if alike else _UNLIKE[band]
    return Likeness(band, relation, round(score, 4), _reasons(new, old, facts, weights))


def _band(new: Sketch, old: Sketch, facts: _Facts, score: float, weights: Weights) -> Band:
    if old.open and _joins(new, facts, weights):
        return "join"
    if facts.same_text:
        return "suggest"
    if facts.other_county and max(facts.landmark, facts.target) < weights.alike:
        return "new"
    if score >= weights.suggest:
        return "suggest"
    return "related" if _is_related(facts, weights) else "new"


def _is_related(facts: _Facts, weights: Weights) -> bool:
    """关联: the same place, project or firm by name, and another problem."""
    return facts.words.name >= weights.related and not facts.other_place


def _joins(new: Sketch, facts: _Facts, weights: Weights) -> bool:
    if not facts.same_text or facts.other_place or facts.other_spot:
        return False
    return facts.same_sender or _same_place(new, facts, weights)


def _same_place(new: Sketch, facts: _Facts, weights: Weights) -> bool:
    if max(facts.landmark, facts.target) >= weights.alike or facts.same_township or facts.near:
        return facts.same_county
    return facts.same_county and len(new.words) >= weights.fewest_words


def _relation(facts: _Facts, old: Sketch) -> Relation:
    if not old.open:
        return Relation.REOFFENCE
    if facts.same_sender:
        return Relation.AGAIN if facts.same_text else Relation.NEW_FACTS
    return Relation.SAME


def _facts(new: Sketch, old: Sketch, words: Words, rarity: Rarity) -> _Facts:
    landmark, target = _alike(new.landmark, old.landmark), _alike(new.target, old.target)
    others, same_sender = ready(old, rarity), _agree(new.sender, old.sender)
    same_county, close = _agree(new.county, old.county), near(new.point, old.point)
    spots = (landmark, target, None if close is None else float(close))
    return _Facts(
        words=resemblance(words, others, rarity),
        landmark=landmark or 0.0,
        target=target or 0.0,
        same_text=_agree(new.body_key, old.body_key),
        same_sender=same_sender,
        same_county=same_county,
        same_township=same_county and _agree(new.township, old.township),
        other_county=_differ(new.county, old.county),
        other_township=_differ(new.township, old.township),
        near=close is True,
        far=close is False,
        other_spot=any(spot is not None and spot < APART for spot in spots),
        days=abs((new.at - old.at).total_seconds()) / 86_400,
    )


def _alike(one: str, other: str) -> float | None:
    """The share of the shorter name found in the longer; None when one is blank."""
    if not one or not other:
        return None
    words, others = frozenset(bigrams(one)), frozenset(bigrams(other))
    if not words or not others:
        return None
    return len(words & others) / min(len(words), len(others))


def _score(facts: _Facts, kinds: float, weights: Weights) -> float:
    total = weights.bias + kinds + _said(facts, weights) + _stood(facts, weights)
    return 1 / (1 + math.exp(-total))


def _said(facts: _Facts, weights: Weights) -> float:
    words = facts.words
    return (
        weights.heads * words.heads
        + weights.told * words.told
        + weights.title_told * words.title_told
        + weights.problems * words.problems
        + weights.first_problems * words.first_problems
        + weights.own_case * words.own_case
        + weights.other_names * words.other_names
        + weights.missing * words.missing
        + (weights.rare + weights.sender_rare * facts.same_sender) * words.rare
        + weights.length * words.length
    )


def _stood(facts: _Facts, weights: Weights) -> float:
    return (
        weights.same_county * facts.same_county
        + weights.other_county * facts.other_county
        + weights.same_township * facts.same_township
        + weights.other_township * (facts.other_township and not facts.other_county)
        + weights.near * facts.near
        + weights.far * facts.far
        + weights.landmark * facts.landmark
        + weights.target * facts.target
        + weights.gap * math.log1p(facts.days)
    )


def _kinds(new: Sketch, old: Sketch, weights: Weights) -> float:
    if not new.kinds or not old.kinds:
        return 0.0
    return weights.same_kind if new.kinds & old.kinds else weights.other_kind


def _reasons(new: Sketch, old: Sketch, facts: _Facts, weights: Weights) -> tuple[str, ...]:
    told = {
        SAME_TEXT: facts.same_text,
        SAME_SENDER: facts.same_sender,
        SAME_TOWNSHIP: facts.same_township,
        SAME_COUNTY: facts.same_county and not facts.same_township,
        SAME_LANDMARK: facts.landmark >= weights.alike,
        SAME_TARGET: facts.target >= weights.alike,
        SAME_KIND: bool(new.kinds & old.kinds),
        LIKE_TEXT: facts.words.heads >= ALIKE_TEXT and not facts.same_text,
        LIKE_TITLE: facts.words.title_told >= ALIKE_TITLE,
        SAME_NAME: facts.words.name >= weights.related,
        NEAR: facts.near,
        OTHER_PLACE: facts.other_place,
        OTHER_SPOT: facts.other_spot,
        CLOSED: not old.open,
        LONG_AGO: facts.days > weights.long_ago,
    }
    return tuple(key for key in REASONS if told[key])


def _agree(one: object, other: object) -> bool:
    return one is not None and one == other


def _differ(one: object, other: object) -> bool:
    return None not in (one, other) and one != other
