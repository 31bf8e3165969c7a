"""公开规则: by when what must be public, or gone, or answered; the printed table's columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.rules.clocks import Calendar, Due, Scheme, Unit, due

CREATE: Final = "create"  # 主动公开: the result of a matter
WITHDRAW: Final = "withdraw"  # 撤回公开: what no longer stands
FIRST: Final = "first"  # 首次发布权威信息: a major event
CONFERENCE: Final = "conference"  # 新闻发布会: a major event
ANSWER: Final = "answer"  # 舆情回应: any other matter in the press


@dataclass(frozen=True, slots=True)
class PublicRule:
    """One term of the pack, with the law it comes from."""

    code: str
    name: str
    count: int
    unit: Unit
    source: str

    def due(self, started: datetime, calendar: Calendar) -> Due:
        """The day of start is not counted; hours run through nights."""
        scheme = Scheme(self.code, self.name, "order", self.count, self.unit, starts="")
        return due(scheme, started, calendar)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the pack says of what is public. What it does not say is not there."""

    rules: Mapping[str, PublicRule] = field(default_factory=dict)
    table_title: str = ""
    columns: tuple[tuple[str, str], ...] = ()  # code and name, in the printed order
    number_pattern: str = ""
    publicity: str = ""  # 宣传部门: the department told of what the press writes

    def is_inspection_number(self, number: str) -> bool:
        """Whether a number is shaped as the inspection prints them."""
        return bool(self.number_pattern and re.fullmatch(self.number_pattern, number))


def answering(*, is_major: bool) -> tuple[str, ...]:
    """Which terms run once the press has a matter: 国办发〔2016〕61号."""
    return (FIRST, CONFERENCE) if is_major else (ANSWER,)
