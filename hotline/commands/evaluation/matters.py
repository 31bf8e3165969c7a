"""并单 by the figures: suggestions, topics, judged pairs, and what joins by itself.

Every message is compared with the earlier ones of the file, as if it had just come in. Topics are
counted on the orders that result when a person takes the first suggestion; pairs on the rule alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from hotline.commands.evaluation.coded import differ
from hotline.commands.evaluation.files import Row
from hotline.commands.evaluation.measures import (
    Scored,
    Tally,
    interval,
    mean,
    recall_at,
    rounded,
    share,
)
from hotline.commands.evaluation.reports import Index, Message, known_of, messages_of
from hotline.rules.dedupe import Likeness, likeness
from hotline.rules.weighing import DEFAULT

SHOWN: Final = 5
APART: Final = "S7"  # judged for what the other strata leave out; too few to count with them
SAME_BODY: Final = "same_body"
ENOUGH: Final = 0.95

Found = Mapping[str, list[tuple[Message, Likeness]]]
Pair = frozenset[str]


@dataclass(slots=True)
class Known:
    """The messages, what is known of them, and what the search found for each."""

    messages: dict[str, Message]
    topics: dict[str, str]  # message → topic
    labels: dict[Pair, str]
    index: Index
    found: dict[str, list[tuple[Message, Likeness]]] = field(default_factory=dict)


def evaluated(
    rows: Sequence[Row], pairs: Sequence[Row], topics: Sequence[Row]
) -> dict[str, dict[str, Any]]:
    """The figures of `evaluate dedupe`."""
    messages = messages_of(rows)
    known = Known(
        messages={one.number: one for one in messages},
        topics={str(row["id"]): row["topic"] for row in topics},
        labels={frozenset((row["id_a"], row["id_b"])): row["label"] for row in pairs},
        index=Index(known_of(messages)),
    )
    for one in messages:
        known.found[one.number] = known.index.alike(one)
        known.index.add(one)
    return {
        "suggest": suggested(known),
        "topics": by_orders(known),
        "topics_by_pair": by_pairs(known),
        "pairs": judged(known, [row for row in pairs if row["stratum"] != APART]),
        "s7": apart(known, [row for row in pairs if row["stratum"] == APART]),
        "automatic": automatic(known, pairs),
    }


def suggested(known: Known) -> dict[str, float]:
    """How often the likest earlier message, and one of the five likest, is of the same topic."""
    seen: set[str] = set()
    hits: list[list[bool]] = []
    for number, found in known.found.items():
        topic = known.topics.get(number)
        if topic in seen:
            hits.append([known.topics.get(old.number) == topic for old, _ in found[:SHOWN]])
        if topic is not None:
            seen.add(topic)
    return {
        "n": len(hits),
        "top1": rounded(mean(any(hit[:1]) for hit in hits)),
        "top5": rounded(mean(any(hit) for hit in hits)),
    }


def by_orders(known: Known) -> dict[str, float]:
    """Which messages end in one order."""
    order: dict[str, str] = {}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for number, found in known.found.items():
        like = next((old for old, one in found if one.one_matter), None)
        order[number] = order[like.number] if like else number
        members[order[number]].append(number)
    said = {
        frozenset((number, other))
        for number in known.topics
        if number in order
        for other in members[order[number]]
        if other != number
    }
    return _topic_figures(known, said)


def by_pairs(known: Known) -> dict[str, float]:
    """Which pairs the rule alone calls one matter."""
    said = {
        frozenset((number, old.number))
        for number, found in known.found.items()
        for old, one in found
        if one.one_matter and (number in known.topics or old.number in known.topics)
    }
    return _topic_figures(known, said)


def _topic_figures(known: Known, said: set[Pair]) -> dict[str, float]:
    """All pairs that touch a topic, topic by topic."""
    tallies = [_tally(known, topic, said) for topic in sorted(set(known.topics.values()))]
    whole = Tally(
        sum(one.right for one in tallies),
        sum(one.wrong for one in tallies),
        sum(one.missed for one in tallies),
    )
    return {
        "precision": rounded(mean(one.precision for one in tallies)),
        "recall": rounded(mean(one.recall for one in tallies)),
        "f1": rounded(mean(one.f1 for one in tallies)),
        "micro_f1": rounded(whole.f1),
    }


def _tally(known: Known, topic: str, said: set[Pair]) -> Tally:
    inside = {number for number, own in known.topics.items() if own == topic}
    touching = [pair for pair in said if pair & inside]
    right = sum(pair <= inside for pair in touching)
    pairs = len(inside) * (len(inside) - 1) // 2
    return Tally(right, len(touching) - right, pairs - right)


def judged(known: Known, rows: Sequence[Row]) -> dict[str, float]:
    """Pairs a person has judged, each standing for the pairs of its stratum."""
    tally, scored = Tally(), []
    for row in rows:
        if row["label"] == "U":
            continue
        like, true, weight = _like(known, row), row["label"] == "D", _weight(row)
        tally.add(said=like.one_matter, true=true, weight=weight)
        scored.append(Scored(like.score, true, weight))
    at = recall_at(ENOUGH, scored)
    return {**tally.figures(), "recall_at_precision_95": rounded(at)}


def apart(known: Known, rows: Sequence[Row]) -> dict[str, Any]:
    """The stratum of the unlikely pairs, with the interval of the share judged rightly."""
    tally, right, n = Tally(), 0, 0
    for row in rows:
        if row["label"] == "U":
            continue
        said, true = _like(known, row).one_matter, row["label"] == "D"
        tally.add(said=said, true=true)
        right += said == true
        n += 1
    agreed = share(right, n)
    return {"n": n, **tally.figures(), "right": rounded(agreed), "interval": interval(agreed, n)}


def automatic(known: Known, pairs: Sequence[Row]) -> dict[str, float]:
    """What joins with nobody looking must be right, and never about two places."""
    joined = {
        frozenset((number, old.number))
        for number, found in known.found.items()
        for old, one in found
        if one.band == "join"
    }
    same = [frozenset((row["id_a"], row["id_b"])) for row in pairs if row["how"] == SAME_BODY]
    elsewhere = sum(_elsewhere(known, pair) for pair in joined)
    wrong = sum(_elsewhere(known, pair) or _other_topic(known, pair) for pair in joined)
    return {
        "joined": rounded(mean(pair in joined for pair in same)),
        "precision": rounded(share(len(joined) - wrong, len(joined))),
        "different_places": elsewhere,
        "pairs": len(joined),
    }


def _elsewhere(known: Known, pair: Pair) -> bool:
    one, other = (known.messages[number].places for number in pair)
    return known.labels.get(pair) in {"N", "R"} or differ(one, other)


def _other_topic(known: Known, pair: Pair) -> bool:
    """Topics are complete: whatever is joined with a member belongs to the topic."""
    return len({known.topics.get(number) for number in pair}) > 1


def _like(known: Known, row: Row) -> Likeness:
    ends = [known.messages[row[end]].sketch for end in ("id_a", "id_b")]
    old, new = sorted(ends, key=lambda sketch: (sketch.at, sketch.id))
    return likeness(new, old, DEFAULT, known.index.known.rarity)


def _weight(row: Row) -> float:
    if row["how"] == SAME_BODY or not row["stratum_judged"]:
        return 1.0
    return float(row["stratum_pairs"]) / float(row["stratum_judged"])
