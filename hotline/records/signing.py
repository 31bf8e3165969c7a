"""文本签名: the numbers by which a report is found and compared, made from its masked words."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.rules.normalise import grams
from hotline.rules.signature import opening_signature, signature, title_signature
from hotline.rules.spelling import spellings


@dataclass(frozen=True, slots=True)
class Signed:
    """By characters, each once; by sound, and those of title and opening in their order."""

    grams: Sequence[int] = ()
    title_grams: Sequence[int] = ()
    words: Sequence[int] = ()
    title_words: Sequence[int] = ()
    opening: Sequence[int] = ()


def signed(title: str, text: str) -> Signed:
    """`title` and `text`: masked."""
    return Signed(
        grams=spellings(grams(f"{title}\n{text}")),
        title_grams=spellings(grams(title)),
        words=signature(title, text),
        title_words=title_signature(title),
        opening=opening_signature(text),
    )
