"""Messages of a file as the service would hold them, and the same search for earlier ones."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.commands.evaluation.coded import gazetteer_of, places_in
from hotline.commands.evaluation.files import Row
from hotline.rules.clocks import SHANGHAI
from hotline.rules.dedupe import Likeness, Sketch, likeness
from hotline.rules.locating import locate
from hotline.rules.normalise import bigrams, body_key_text, grams, legible, tidy
from hotline.rules.places import Gazetteer
from hotline.rules.probing import BY_ONE_WORD, Shares, probes
from hotline.rules.rarity import Rarity
from hotline.rules.redaction import mask
from hotline.rules.spelling import spelt

LOOK_BACK: Final = timedelta(days=400)  # as records.alike looks
BY_KEY: Final = 8
IN_COUNTY: Final = 8
ANYWHERE: Final = 16
TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what is compared of it, and the coded places it names."""

    number: str
    sketch: Sketch
    places: frozenset[str]


def messages_of(rows: Sequence[Row]) -> list[Message]:
    """In the order in which they came."""
    gazetteer = gazetteer_of(f"{row['title']}\n{row['body']}" for row in rows)
    found = [_message(row, gazetteer) for row in rows]
    return sorted(found, key=lambda one: (one.sketch.at, one.sketch.id))


def _message(row: Row, gazetteer: Gazetteer) -> Message:
    """Masked, cut, located and keyed as intake does; these texts have no kind of ours."""
    title, text = mask(legible(row["title"])).text, mask(legible(row["body"])).text
    said = f"{title}\n{text}"
    at = datetime.fromisoformat(_padded(row["time"])).replace(tzinfo=SHANGHAI)
    located = locate(
        gazetteer, chosen_county=None, chosen_township=None, text=tidy(said), on=at.date()
    )
    sketch = Sketch(
        id=UUID(int=int(row["id"])),
        county=located.county,
        township=None,
        kinds=frozenset(),
        grams=frozenset(bigrams(said)),
        title=title[:TITLE],
        body_key=hashlib.sha256(body_key_text(row["body"] or row["title"]).encode()).digest(),
        sender=str(row["user"]).encode() or None,
        landmark="",
        target="",
        at=at,
        open=True,
    )
    return Message(str(row["id"]), sketch, places_in(title) or places_in(text))


def _padded(time: str) -> str:
    """2019/8/3 9:05:00 is written so too."""
    day, _, clock = time.strip().replace("/", "-").partition(" ")
    year, month, date = day.split("-")
    hour, _, rest = (clock or "0:00:00").partition(":")
    return f"{year}-{int(month):02}-{int(date):02} {int(hour):02}:{rest}"


def shares_of(messages: Sequence[Message]) -> Shares:
    """By which words it pays to look, counted over the file."""
    held = Counter(gram for one in messages for gram in map(spelt, one.sketch.grams))
    return Shares(len(messages), held)


def rarity_of(messages: Sequence[Message]) -> Rarity:
    """Counted as records.rarity counts."""
    held = Counter(gram for one in messages for gram in one.sketch.grams)
    return Rarity(len(messages), {gram: count for gram, count in held.items() if count > 1})


class Index:
    """In memory what records.alike asks of the database: the same look-ups and the same limits."""

    def __init__(self, rarity: Rarity, shares: Shares) -> None:
        self.rarity, self.shares = rarity, shares
        self._by_gram: defaultdict[int, list[Message]] = defaultdict(list)
        self._by_body: defaultdict[bytes | None, list[Message]] = defaultdict(list)
        self._by_sender: defaultdict[bytes | None, list[Message]] = defaultdict(list)

    def add(self, message: Message) -> None:
        for gram in map(spelt, message.sketch.grams):
            self._by_gram[gram].append(message)
        self._by_body[message.sketch.body_key].append(message)
        self._by_sender[message.sketch.sender].append(message)

    def alike(self, new: Message) -> list[tuple[Message, Likeness]]:
        """Earlier messages with their likeness, likest first."""
        found = [
            (old, likeness(new.sketch, old.sketch, rarity=self.rarity)) for old in self._found(new)
        ]
        return sorted(found, key=lambda one: rank(one[1]), reverse=True)

    def _found(self, new: Message) -> Iterable[Message]:
        shared = self._shared(new.sketch)
        ordered = sorted(shared, key=lambda number: -shared[number][0])
        near = [n for n in ordered if _same_county(shared[n][1], new)][:IN_COUNTY]
        picked = {number: shared[number][1] for number in (*near, *ordered[:ANYWHERE])}
        for old in self._by_body[new.sketch.body_key][:BY_KEY]:
            picked[old.number] = old
        if new.sketch.sender is not None:
            picked |= {old.number: old for old in self._by_sender[new.sketch.sender][-BY_KEY:]}
        return picked.values()

    def _shared(self, new: Sketch) -> dict[str, tuple[float, Message]]:
        shared: dict[str, tuple[float, Message]] = {}
        title, said = map(spelt, grams(new.title)), map(spelt, new.grams)
        for probe in probes(title, said, self.shares):
            for old in self._by_gram[probe.gram][:BY_ONE_WORD]:
                if new.at - old.sketch.at <= LOOK_BACK:
                    so_far = shared.get(old.number, (0.0, old))[0]
                    shared[old.number] = (so_far + probe.weight, old)
        return shared


def rank(like: Likeness) -> tuple[bool, float]:
    """As records.alike ranks."""
    return like.band == "join", like.score


def _same_county(old: Message, new: Message) -> bool:
    return new.sketch.county is not None and old.sketch.county == new.sketch.county
