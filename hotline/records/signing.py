"""文本签名: the numbers by which a report is found and compared, made from its masked words."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.rules.normalise import grams
from hotline.rules.signature import number, numbered, opening_signature
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
    said, of_title = grams(f"{title}\n{text}"), grams(title)
    return Signed(
        grams=spellings(said),
        title_grams=spellings(of_title),
        words=numbered(said),
        title_words=tuple(map(number, of_title)),
        opening=opening_signature(text),
    )
