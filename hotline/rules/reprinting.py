"""转载: is a story the same as an earlier clue's, printed or posted by another outlet?

A reprint says nothing that the first did not: it changes the head, leaves out, adds a line of its
own. A story that adds much is followed up, not reprinted; one about another county is another.
"""

from dataclasses import dataclass
from typing import Final

NOTHING_NEW: Final = 0.8  # this share of its words stood in the first
SAME_HEAD: Final = 0.8
LITTLE_NEW: Final = 0.5  # enough under the same headline
ENOUGH: Final = 20  # words; of fewer the share says nothing


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared of one story. An earlier one that was not yet read has no words."""

    county: str | None
    headline: frozenset[str]
    words: frozenset[str]
    body_key: bytes | None = None


def is_reprint(new: Story, first: Story) -> bool:
    """Whether the new one belongs to the first as one story."""
    if new.county and first.county and new.county != first.county:
        return False
    if new.body_key is not None and new.body_key == first.body_key:
        return True
    same_head = _share(new.headline, first.headline) >= SAME_HEAD
    if not first.words:
        return same_head and new.headline == first.headline
    if len(new.words) < ENOUGH:
        return False
    return _share(new.words, first.words) >= (LITTLE_NEW if same_head else NOTHING_NEW)


def _share(words: frozenset[str], found_in: frozenset[str]) -> float:
    return len(words & found_in) / len(words) if words else 0.0
