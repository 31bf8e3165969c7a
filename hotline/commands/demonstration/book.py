"""The phrases of the demonstration, as data: our own writing, everybody in it made up."""

import random
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

FOLDER: Final = Path(__file__).parents[1] / "demo_data"
DEEDS: Final = ("deeds_air", "deeds_noise", "deeds_water", "deeds_other")

Lots = random.Random
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class KindWords:
    """How people speak of one kind of matter, and how often they do."""

    code: str
    group: str
    weight: float
    plain: bool  # whoever does it is no firm
    who: tuple[str, ...]
    deeds: tuple[str, ...]
    titles: tuple[str, ...]
    when: tuple[str, ...]
    harm: str


@cache
def page(name: str) -> Mapping[str, Any]:
    """One file of phrases."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> tuple[KindWords, ...]:
    """Every kind the demonstration speaks of."""
    return tuple(kind for name in DEEDS for kind in _kinds_of(page(name)))


def kind(code: str) -> KindWords:
    """The words for one kind."""
    return next(one for one in kinds() if one.code == code)


def group_of(code: str) -> str:
    """air, noise, water or other: the groups of the phrases, also for a kind without words here."""
    medium = code.partition(".")[0]
    return medium if medium in {words.group for words in kinds()} else "other"


def lots(*seed: object) -> Lots:
    """The same seed draws the same lots."""
    return random.Random(":".join(map(str, seed)))  # noqa: S311 (stories are drawn, no secrets)


def weighted(drawn: Lots, shares: Mapping[Drawn, float]) -> Drawn:
    """One key, by its share."""
    return drawn.choices(list(shares), list(shares.values()))[0]


def one_of(drawn: Lots, *phrases: Iterable[str]) -> str:
    """One phrase of all these lists."""
    return drawn.choice([phrase for several in phrases for phrase in several])


def some_of(drawn: Lots, phrases: Sequence[str], most: int) -> list[str]:
    """One or several different ones."""
    return drawn.sample(phrases, drawn.randint(1, min(most, len(phrases))))


def _kinds_of(told: Mapping[str, Any]) -> Iterable[KindWords]:
    total = sum(row["weight"] for row in told["kind"])
    for row in told["kind"]:
        yield KindWords(
            code=row["code"],
            group=told["group"],
            weight=told["weight"] * row["weight"] / total,
            plain=row.get("plain", False),
            who=tuple(row["who"]),
            deeds=tuple(row["deeds"]),
            titles=tuple(row["titles"]),
            when=tuple(row["when"]),
            harm=row.get("harm", told["group"]),
        )
