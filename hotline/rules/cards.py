"""监督员证、网格员证: a number that proves a role, never a person; good on its days alone."""

import re
from enum import StrEnum
from typing import Final

from hotline.errors import StepRefused

_NUMBER: Final = re.compile(r"[0-9A-Z-]{4,32}")


class CardKind(StrEnum):
    """Whom an authority has appointed, beside its staff."""

    MONITOR = "monitor"  # 生态环境监督员
    GRID = "grid"  # 网格员


def card_number(typed: str) -> str:
    """The one form of a number. StepRefused for what is none."""
    number = "".join(typed.split()).upper()
    if not _NUMBER.fullmatch(number):
        raise StepRefused("card.bad_number")
    return number
