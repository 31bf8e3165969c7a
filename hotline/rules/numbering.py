"""编号与查询码: the number a reporter may tell, and the code only the reporter holds.

A number tells its jurisdiction and day and nothing of order or volume: its eight digits are drawn
by lot (six would be drawn twice too often on a busy day). The check digit (Damm) finds every single
wrong digit and every two neighbours exchanged.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from hotline.rules.normalise import tidy

LOT_DIGITS: Final = 8
CODE_DIGITS: Final = 16
_LONGEST_TYPED: Final = 80

_SHAPE: Final = "a number needs a prefix of 1-6 capital letters and eight digits"
_NUMBER = re.compile(r"([A-Z]{1,6})([0-9]{8})([0-9]{8})([0-9])")
_PREFIX = re.compile(r"[A-Z]{1,6}")
_LOT = re.compile(r"[0-9]{8}")
_CODE = re.compile(r"[0-9]{16}")
_BETWEEN = re.compile(r"[\s._\-\u2010-\u2015\u2212\u30fc]")
# Damm's totally anti-symmetric quasigroup of order 10.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

# the same square, read as "interim and digit give the next interim"
_STEP: Final = {
    f"{row}{n}": after for row, line in enumerate(_DAMM) for n, after in enumerate(line)
}
_LAST_DIGIT: Final = bytes(ord("0") + byte % 10 for byte in range(256))
_UNFAIR: Final = bytes(range(250, 256))


def public_number(prefix: str, day: date, digits: str) -> str:
    """`digits` are eight drawn by lot; see lot_from."""
    if not _LOT.fullmatch(digits):
        raise ValueError(_SHAPE)
    head, interim = _head(prefix, day)
    return f"{head}{digits}{_check_digit(digits, interim)}"


def is_public_number(text: str) -> bool:
    """Well formed, a day of the calendar, and the check digit agrees."""
    parts = _NUMBER.fullmatch(text)
    if parts is None:
        return False
    return _is_day(parts[2]) and _check_digit(parts[2] + parts[3]) == parts[4]


def asked(text: str) -> str:
    """The number as it stands in an address or a form; "", which nothing has, when it is none."""
    return text if is_public_number(text) else ""


def clean_number(text: str) -> str | None:
    """The number in what somebody typed or read out: spaces, dashes, full width, small letters."""
    number = _joined(text).upper()
    return number if is_public_number(number) else None


def lot_from(entropy: bytes) -> str:
    """Eight digits, each equally likely."""
    return _digits(entropy, LOT_DIGITS)


def code_from(entropy: bytes) -> str:
    """A query code; 32 random bytes always suffice in practice."""
    return _digits(entropy, CODE_DIGITS)


def grouped(code: str) -> str:
    """In fours, as on a bank card: easier to copy from a screen to paper."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def clean_code(text: str) -> str | None:
    """The code in what somebody typed, or None."""
    code = _joined(text)
    return code if _CODE.fullmatch(code) else None


def _joined(text: str) -> str:
    return _BETWEEN.sub("", tidy(text)) if len(text) <= _LONGEST_TYPED else ""


def _digits(entropy: bytes, count: int) -> str:
    """Bytes from 250 up are passed over: they would favour the digits 0 to 5."""
    digits = entropy.translate(_LAST_DIGIT, _UNFAIR)[:count]
    if len(digits) < count:
        raise ValueError("too little entropy")
    return digits.decode("ascii")


@lru_cache(maxsize=64)
def _head(prefix: str, day: date) -> tuple[str, str]:
    """What all numbers of a day begin with, and how far their check digit is computed by it."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(_SHAPE)
    said = f"{day:%Y%m%d}".zfill(8)
    return f"{prefix}{said}", _check_digit(said)


def _check_digit(digits: str, interim: str = "0") -> str:
    for digit in digits:
        interim = _STEP[interim + digit]
    return interim


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
