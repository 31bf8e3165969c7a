"""措辞: what staff write down, made fit to keep: tidy, long enough, and naming no reporter."""

import unicodedata
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.redaction import mask

SHORTEST_REASON: Final = 5
LONGEST_REASON: Final = 1000
LONGEST_TEXT: Final = 5000
# a text that goes to every reporter of a matter holds none of these; lines of an office may stand
TELLING: Final = frozenset({"mobile", "id", "card", "account"})


def plain(text: str) -> str:
    """As written, Chinese punctuation and all, without control or invisible characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        sign for sign in lines if sign == "\n" or not unicodedata.category(sign).startswith("C")
    ).strip()


def reason(text: str) -> str:
    """A reason for the history, masked. StepRefused when it says nothing."""
    said = plain(text)
    if len(said) < SHORTEST_REASON:
        raise StepRefused("reason.too_short", least=SHORTEST_REASON)
    if len(said) > LONGEST_REASON:
        raise StepRefused("reason.too_long", most=LONGEST_REASON)
    return mask(said).text


def reason_told(text: str) -> str:
    """A reason as reporters read it, whole. StepRefused: empty, too long or telling of a person."""
    said = letter(text)
    if len(said) > LONGEST_REASON:
        raise StepRefused("reason.too_long", most=LONGEST_REASON)
    return said


def remark(text: str) -> str:
    """Words beside a choice, masked; none are needed."""
    return reason(text) if plain(text) else ""


def letter(text: str) -> str:
    """A text that leaves the house. StepRefused when empty, too long or telling of a person."""
    said = plain(text)
    if not said:
        raise StepRefused("text.empty")
    if len(said) > LONGEST_TEXT:
        raise StepRefused("text.too_long", most=LONGEST_TEXT)
    found = TELLING.intersection(mask(said).found)
    if "name" in mask(said.partition("\n")[0]).found:  # 王先生，您好: the others would read it too
        found |= {"name"}
    if found:
        raise StepRefused("text.personal", kinds=sorted(found))
    return said
