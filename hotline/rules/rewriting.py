"""改写: a text for the public is told anew; the reporter's own words would point at one."""

from collections.abc import Iterable
from typing import Final

from hotline.rules.normalise import body_key_text

LONGEST_RUN: Final = 11  # characters in a row that may be the same by chance


def repeated(text: str, originals: Iterable[str], allowed: Iterable[str] = ()) -> bool:
    """Whether the text repeats more than LONGEST_RUN characters in a row, spaces and signs aside.

    `allowed`: names that are nobody's words, such as the accused firm and the place.
    """
    free = {run for name in allowed for run in _runs(body_key_text(name))}
    told = {run for original in originals for run in _runs(body_key_text(original))} - free
    return any(run in told for run in _runs(body_key_text(text)))


def _runs(text: str) -> Iterable[str]:
    size = LONGEST_RUN + 1
    return (text[start : start + size] for start in range(len(text) - size + 1))
