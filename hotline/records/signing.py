"""文本签名: the numbers by which a report is found and compared, made from its masked words."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.rules.normalise import grams
from hotline.rules.signature import signature, title_signature
from hotline.rules.spelling import spellings


@dataclass(frozen=True, slots=True)
class Signed:
    """By characters, by sound, and the title's by sound in their order."""

    grams: Sequence[int] = ()
    words: Sequence[int] = ()
    title_words: Sequence[int] = ()


def signed(title: str, text: str) -> Signed:
    """`title` and `text`: masked."""
    return Signed(
        grams=spellings(grams(f"{title}\n{text}")),
        words=signature(title, text),
        title_words=title_signature(title),
    )
