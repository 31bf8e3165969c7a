"""One form for one text: what was typed, pasted or dictated, made comparable."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

SHORTEST_KEYED: Final = 15  # characters of body_key_text below which two bodies are equal by chance
LONGEST_WORD: Final = 40  # an index entry has a largest size, a hostile word has none
HIGHEST_HEAP: Final = 4  # accents on one letter; putting thousands in order takes a square of time

# What stands for a masked value; a document number such as 〔2020〕12号 is none of these.
MASKS: Final = ("手机", "座机", "证件", "银行卡", "邮箱", "账号", "车牌", "姓名")
# Chinese characters, as they are cut into pairs.
HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese ways to write a digit, in numbers read out one by one (幺 is one on the telephone).
SPOKEN: Final = str.maketrans(
    "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789"
)

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MASK = re.compile(f"〔(?:{'|'.join(MASKS)})〕")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:\.\d+)*")
_MOBILE = re.compile(r"(?:\+?(?:00)?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+?(?:00)?860?|0)((?:10|2\d|[3-9]\d\d)[2-8]\d{6,7})")
_SHORT = re.compile(r"[48]00\d{7}|[2-8]\d{6,7}")  # 400 and 800 numbers; a local number
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{7,14})")


def tidy(text: str) -> str:
    """The form in which texts are compared: legible, and NFKC."""
    return unicodedata.normalize("NFKC", _thinned(legible(text))).strip()


def legible(text: str) -> str:
    """The form in which people read it: one kind of line end, nothing invisible, its own 。，！"""
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    return _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text)).strip()


def body_key_text(text: str) -> str:
    """Letters and digits alone: two bodies that differ in spaces or punctuation are one."""
    return "".join(filter(str.isalnum, tidy(text).casefold()))


def bigrams(text: str) -> tuple[str, ...]:
    """Pairs of Chinese characters, other words whole; masks are nobody's word and left out."""
    return tuple(sorted(set(grams(text))))


def grams(text: str) -> tuple[str, ...]:
    """The same pairs and words in the order of the text."""
    return tuple(_grams(_MASK.sub("", tidy(text)).casefold()))


def phone_digits(raw: str) -> str | None:
    """A number as it is dialled within the country, or None; one number is written many ways."""
    if raw.isascii() and (usual := _MOBILE.fullmatch(raw)):  # spares every caller the rest
        return usual[1]
    number = tidy(raw).translate(SPOKEN)
    number = re.split(r"转|分机|ext|#|\*", number, maxsplit=1, flags=re.IGNORECASE)[0]
    number = re.sub(r"[\s().·_-]|[\u2010-\u2015]", "", number)
    if not number.isascii():
        return None
    if mobile := _MOBILE.fullmatch(number):
        return mobile[1]
    if landline := _LANDLINE.fullmatch(number):
        return "0" + landline[1]
    return number if _SHORT.fullmatch(number) else _number_abroad(number)


def _number_abroad(number: str) -> str | None:
    abroad = _ABROAD.fullmatch(number)
    return f"+{abroad[1]}" if abroad and not abroad[1].startswith("86") else None


def _thinned(text: str) -> str:
    if not any(map(unicodedata.combining, text)):
        return text
    kept, heap = [], 0
    for character in text:
        heap = heap + 1 if unicodedata.combining(character) else 0
        if heap <= HIGHEST_HEAP:
            kept.append(character)
    return "".join(kept)


def _grams(text: str) -> Iterator[str]:
    """Punctuation does not part two Chinese characters, another word does."""
    run: list[str] = []
    for word in _WORD.findall(text):
        if _is_han(word[0]):
            run.append(word)
            continue
        yield from _pairs("".join(run))
        yield word[:LONGEST_WORD]
        run = []
    yield from _pairs("".join(run))


def _pairs(run: str) -> Iterable[str]:
    """Each character with the next; this is done for every character that is stored."""
    return (run,) if len(run) == 1 else map(add, run, run[1:])


def _is_han(character: str) -> bool:
    return _HAN.match(character) is not None
