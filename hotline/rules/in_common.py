"""相同的字句: what two texts say alike, so that a person comparing them sees it at once."""

from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 3  # characters; two stand in any two texts
LONGEST: Final = 3000  # of a text that is looked through
PAUSES: Final = frozenset("，。；：、！？,.;:!?()（）《》“”\"' \n\t")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `shared` when the other text has it too."""

    text: str
    shared: bool


def pieces(text: str, others: tuple[str, ...]) -> tuple[Piece, ...]:
    """The text in parts, nothing lost. Punctuation neither begins nor ends what is shared."""
    said = [other[:LONGEST] for other in others if other]
    found: list[Piece] = []
    at = plain = 0
    while at < min(len(text), LONGEST):
        size = 0 if text[at] in PAUSES else _longest(text, at, said)
        if size < SHORTEST:
            at += 1
            continue
        if plain < at:
            found.append(Piece(text[plain:at], shared=False))
        found.append(Piece(text[at : at + size], shared=True))
        at += size
        plain = at
    if plain < len(text):
        found.append(Piece(text[plain:], shared=False))
    return tuple(found)


def _longest(text: str, at: int, others: list[str]) -> int:
    size = SHORTEST
    if not _stands(text[at : at + size], size, others):
        return 0
    while at + size < len(text) and _stands(text[at : at + size + 1], size + 1, others):
        size += 1
    while text[at + size - 1] in PAUSES:
        size -= 1
    return size


def _stands(words: str, size: int, others: list[str]) -> bool:
    return len(words) == size and any(words in other for other in others)
