"""遮蔽: what staff may read of a report, and what the public may not find in a published text.

Pollutant figures, dates, document numbers, firms and the numbers of public lines stay readable.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hotline.rules.identifiers import Span, cued, numbers, written
from hotline.rules.normalise import SPOKEN
from hotline.rules.person_names import beside_numbers, names, signatures
from hotline.rules.telling import telling

MASKING_VERSION: Final = 1
TOKENS: Final = {
    "mobile": "〔手机〕",
    "landline": "〔座机〕",
    "id": "〔证件〕",
    "card": "〔银行卡〕",
    "mail": "〔邮箱〕",
    "account": "〔账号〕",
    "plate": "〔车牌〕",
    "name": "〔姓名〕",
}
# What stands in the shadow for what is masked already: a number of the person, anything else.
NUMBER, OTHER = "\ue000", "\ue001"
_NUMBERS: Final = frozenset({"mobile", "landline", "id"})


@dataclass(frozen=True, slots=True)
class Masked:
    """The text as staff may read it, and which kinds of personal data were found, sorted."""

    text: str
    found: tuple[str, ...]


NOTHING: Final = Masked("", ())


def mask(text: str) -> Masked:
    """Everything by which a person is found, replaced by a word for its kind."""
    if not text:  # as most landmarks and targets are
        return NOTHING
    spans = sorted(_personal(text), key=lambda span: span.start)
    parts, reached = [], 0
    for span in spans:
        parts += [text[reached : span.start], TOKENS[span.kind]]
        reached = span.end
    return Masked("".join([*parts, text[reached:]]), _kinds(spans))


def leaks(text: str) -> tuple[str, ...]:
    """Kinds of personal data still in a text meant for the public; stricter than mask."""
    return _kinds(betraying(text))


def betraying(text: str) -> tuple[Span, ...]:
    """Whatever finds or points at a person, in order; where two overlap the first and longest."""
    return tuple(_apart([*telling(_shadow(text)), *_personal(text)]))


def _personal(text: str) -> list[Span]:
    """Each reader sees the text without what the readers before it took."""
    shadow, spans = _MASKED.sub(_blank, _shadow(text)), []
    for reader in _READERS:
        found = list(_apart(reader(shadow)))
        spans += found
        shadow = _without(shadow, found)
    return spans


def _shadow(text: str) -> str:
    """Place for place the same, in plain letters and digits."""
    return text.translate(_FOLD)


class _Fold(dict[int, int]):
    """Full-width, mathematical and foreign digits and letters → plain ones, one for one."""

    def __missing__(self, code: int) -> int:
        plain = unicodedata.normalize("NFKC", chr(code))
        digit = unicodedata.decimal(chr(code), -1)
        folded = ord(plain) if len(plain) == 1 else code
        self[code] = ord("0") + int(digit) if digit >= 0 else folded
        return self[code]


def _spoken(shadow: str) -> Iterator[Span]:
    """一三八…: numbers written as they are read out."""
    plain = shadow.translate(SPOKEN)
    return iter(()) if plain == shadow else numbers(plain)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """In order, none over another: the first and longest stands."""
    reached = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reached:
            yield span
            reached = span.end


def _without(shadow: str, spans: Iterable[Span]) -> str:
    parts, reached = [], 0
    for span in spans:
        sign = NUMBER if span.kind in _NUMBERS else OTHER
        parts += [shadow[reached : span.start], sign * (span.end - span.start)]
        reached = span.end
    return "".join([*parts, shadow[reached:]])


def _blank(hit: re.Match[str]) -> str:
    return (NUMBER if hit[0] in _NUMBER_TOKENS else OTHER) * len(hit[0])


def _kinds(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(sorted({span.kind for span in spans}))


_FOLD: Final = _Fold()
_NUMBER_TOKENS: Final = frozenset(TOKENS[kind] for kind in _NUMBERS)
_MASKED: Final = re.compile("|".join(TOKENS.values()))
_READERS: Final[tuple[Callable[[str], Iterator[Span]], ...]] = (
    written,
    numbers,
    _spoken,
    cued,
    beside_numbers,
    names,
    signatures,
)
