"""标记: what in a text betrays somebody, each place with a proposal; a person decides each.

A text for the public is published when every mark was replaced, or kept by two people with a
reason. What can only be a private person's own number is never kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hotline.rules.redaction import betraying

PROPOSED: Final[Mapping[str, str]] = {
    "mobile": "",
    "landline": "",
    "id": "",
    "card": "",
    "mail": "",
    "account": "",
    "plate": "某车辆",
    "name": "某人",
    "address": "某住户",
    "first_person": "反映人",
    "only_one": "有群众",
    "clock_time": "某时段",
}
# 不得保留: no public text needs one
NEVER_KEPT: Final = frozenset({"mobile", "id", "card", "account"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One place: its kind, the words that stand there, and what could stand instead."""

    start: int
    end: int
    kind: str
    words: str

    @property
    def proposed(self) -> str:
        """What the detector would write."""
        return PROPOSED[self.kind]

    @property
    def may_stay(self) -> bool:
        """Whether two people may decide that it is nobody's."""
        return self.kind not in NEVER_KEPT


@dataclass(frozen=True, slots=True)
class Kept:
    """保留: these words of this field were looked at and may stay, and why."""

    field: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text as it is shown; `mark` where it betrays somebody."""

    words: str
    mark: Mark | None = None


def marks(text: str) -> tuple[Mark, ...]:
    """Every place, in order; none over another. 5栋2单元1801室 is one."""
    found: list[tuple[int, int, str]] = []
    for one in betraying(text):
        if found and found[-1][1:] == (one.start, one.kind):
            found[-1] = (found[-1][0], one.end, one.kind)
        else:
            found.append((one.start, one.end, one.kind))
    return tuple(Mark(start, end, kind, text[start:end]) for start, end, kind in found)


def undecided(field: str, text: str, kept: Iterable[Kept]) -> tuple[Mark, ...]:
    """What still stands in the way of a publication."""
    stays = {one.words for one in kept if one.field == field and one.why}
    return tuple(one for one in marks(text) if not one.may_stay or one.words not in stays)


def pieces(text: str) -> tuple[Piece, ...]:
    """The whole text, cut at its marks."""
    cut, reached = [], 0
    for one in marks(text):
        if one.start > reached:
            cut.append(Piece(text[reached : one.start]))
        cut.append(Piece(one.words, one))
        reached = one.end
    return (*cut, Piece(text[reached:])) if text[reached:] else tuple(cut)


def rewritten(text: str, instead: Mapping[int, str]) -> str:
    """The text with the marks of these numbers replaced; the others stand."""
    parts, reached = [], 0
    for number, one in enumerate(marks(text)):
        if number in instead:
            parts += [text[reached : one.start], instead[number]]
            reached = one.end
    return "".join([*parts, text[reached:]])
