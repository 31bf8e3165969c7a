"""Messages of a file as the service would hold them, and the same search for earlier ones."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.commands.evaluation.coded import gazetteer_of, places_in
from hotline.commands.evaluation.files import Row
from hotline.records.alike import ANYWHERE, BY_KEY, IN_COUNTY, LOOK_BACK
from hotline.records.rarity import Known
from hotline.records.signing import signed
from hotline.rules.clocks import SHANGHAI
from hotline.rules.dedupe import Likeness, Sketch, likeness
from hotline.rules.locating import locate
from hotline.rules.normalise import body_key_text, legible, tidy
from hotline.rules.places import Gazetteer
from hotline.rules.probing import BY_ONE_WORD, Shares, probes
from hotline.rules.rarity import Rarity
from hotline.rules.redaction import mask

TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what is compared of it, and the coded places it names."""

    number: str
    sketch: Sketch
    grams: Sequence[int]  # by their characters: what is looked up
    title_grams: Sequence[int]
    places: frozenset[str]


def messages_of(rows: Sequence[Row]) -> list[Message]:
    """In the order in which they came."""
    gazetteer = gazetteer_of(f"{row['title']}\n{row['body']}" for row in rows)
    found = [_message(row, gazetteer) for row in rows]
    return sorted(found, key=lambda one: (one.sketch.at, one.sketch.id))


def _message(row: Row, gazetteer: Gazetteer) -> Message:
    """Masked, cut, located and keyed as intake does; these texts have no kind of ours."""
    title, text = mask(legible(row["title"])).text, mask(legible(row["body"])).text
    said, numbers = f"{title}\n{text}", signed(title[:TITLE], text)
    at = datetime.fromisoformat(_padded(row["time"])).replace(tzinfo=SHANGHAI)
    located = locate(
        gazetteer, chosen_county=None, chosen_township=None, text=tidy(said), on=at.date()
    )
    sketch = Sketch(
        id=UUID(int=int(row["id"])),
        county=located.county,
        township=None,
        kinds=frozenset(),
        words=frozenset(numbers.words),
        title_words=tuple(numbers.title_words),
        opening=tuple(numbers.opening),
        body_key=hashlib.sha256(body_key_text(row["body"] or row["title"]).encode()).digest(),
        sender=str(row["user"]).encode() or None,
        landmark="",
        target="",
        at=at,
        open=True,
    )
    places = places_in(title) or places_in(text)
    return Message(str(row["id"]), sketch, numbers.grams, numbers.title_grams, places)


def _padded(time: str) -> str:
    """2019/8/3 9:05:00 is written so too."""
    day, _, clock = time.strip().replace("/", "-").partition(" ")
    year, month, date = day.split("-")
    hour, _, rest = (clock or "0:00:00").partition(":")
    return f"{year}-{int(month):02}-{int(date):02} {int(hour):02}:{rest}"


def known_of(messages: Sequence[Message]) -> Known:
    """Counted as records.rarity counts."""
    return Known(
        Rarity(len(messages), _held((one.sketch.words for one in messages), least=2)),
        Shares(len(messages), _held((one.grams for one in messages), least=3)),
    )


def _held(words: Iterable[Iterable[int]], least: int) -> dict[int, int]:
    held = Counter(word for said in words for word in said)
    return {word: count for word, count in held.items() if count >= least}


class Index:
    """In memory what records.alike asks of the database: the same look-ups and the same limits."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._by_gram: defaultdict[int, list[Message]] = defaultdict(list)
        self._by_body: defaultdict[bytes | None, list[Message]] = defaultdict(list)
        self._by_sender: defaultdict[bytes | None, list[Message]] = defaultdict(list)

    def add(self, message: Message) -> None:
        for gram in message.grams:
            self._by_gram[gram].append(message)
        self._by_body[message.sketch.body_key].append(message)
        self._by_sender[message.sketch.sender].append(message)

    def alike(self, new: Message) -> list[tuple[Message, Likeness]]:
        """Earlier messages with their likeness, likest first."""
        found = [
            (old, likeness(new.sketch, old.sketch, rarity=self.known.rarity))
            for old in self._found(new)
        ]
        return sorted(found, key=lambda one: rank(one[1]), reverse=True)

    def _found(self, new: Message) -> Iterable[Message]:
        shared = self._shared(new)
        ordered = sorted(shared, key=lambda number: -shared[number][0])
        near = [n for n in ordered if _same_county(shared[n][1], new)][:IN_COUNTY]
        picked = {number: shared[number][1] for number in (*near, *ordered[:ANYWHERE])}
        for old in self._by_body[new.sketch.body_key][:BY_KEY]:
            picked[old.number] = old
        if new.sketch.sender is not None:
            picked |= {old.number: old for old in self._by_sender[new.sketch.sender][-BY_KEY:]}
        return picked.values()

    def _shared(self, new: Message) -> dict[str, tuple[float, Message]]:
        shared: dict[str, tuple[float, Message]] = {}
        for probe in probes(new.title_grams, new.grams, self.known.shares):
            for old in self._by_gram[probe.gram][:BY_ONE_WORD]:
                if new.sketch.at - old.sketch.at <= LOOK_BACK:
                    so_far = shared.get(old.number, (0.0, old))[0]
                    shared[old.number] = (so_far + probe.weight, old)
        return shared


def rank(like: Likeness) -> tuple[bool, float]:
    """As records.alike ranks."""
    return like.band == "join", like.score


def _same_county(old: Message, new: Message) -> bool:
    return new.sketch.county is not None and old.sketch.county == new.sketch.county
