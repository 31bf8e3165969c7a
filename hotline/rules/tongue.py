"""语种: in which language a person in a chat is answered: chosen by a word, else heard from theirs.

Few words prove nothing: a shop's name is no sentence, and whoever writes English names places in
Chinese.
"""

import re
from dataclasses import dataclass
from typing import Final

from hotline.rules.spoken_orders import Order, spoken

CHINESE: Final = ""  # the house's own: nothing is kept of it
ENGLISH: Final = "en"
CHOSEN: Final = {Order.ENGLISH: ENGLISH, Order.CHINESE: CHINESE}
FEWEST_WORDS: Final = 3  # a sentence
FEWEST_SIGNS: Final = 8
FIRST: Final = frozenset({"hello", "hi", "hey", "help", "progress", "supplement", "restart"})
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SIGN: Final = re.compile(r"[\u3400-\u9fff]")
_ADDRESS: Final = re.compile(r"\S+(?:://|@)\S*|www\.\S+")
_MARKS: Final = ("://", "@", "www.")  # one of them is in every address


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a talk; `chosen`: said so, nothing heard changes it."""

    language: str = CHINESE
    chosen: bool = False


def tongue_after(known: Tongue | None, words: str, *, is_told: bool = True) -> Tongue:
    """`known` is None for whom nothing is known of. `is_told`: in words of the person's own."""
    if (order := spoken(words).order) in CHOSEN:
        return Tongue(CHOSEN[order], chosen=True)
    before = known or Tongue()
    if before.chosen or not is_told:
        return before
    heard = _heard(words, is_first=known is None)
    return before if heard is None else Tongue(heard)


def _heard(words: str, *, is_first: bool) -> str | None:
    latin = [one.lower() for one in _WORD.findall(_own(words))]
    signs = len(_SIGN.findall(words))
    if not signs and len(latin) >= FEWEST_WORDS:
        return ENGLISH
    if is_first and not signs and latin and latin[0] in FIRST:
        return ENGLISH
    return CHINESE if signs >= FEWEST_SIGNS and signs > len(latin) else None


def _own(words: str) -> str:
    """Without addresses. Where no mark of one is, nothing is gone over from every character."""
    return _ADDRESS.sub(" ", words) if any(mark in words for mark in _MARKS) else words
