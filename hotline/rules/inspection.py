"""督察交办: the lines of a list that was handed over, and the funnel of a batch."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_BETWEEN: Final = re.compile(r"[\t,，;；|]")
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Item:
    """One line: 受理编号, 行政区域, 交办问题基本情况. `star`: 重点关注 (*)."""

    number: str
    county: str
    problem: str
    star: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """接到 → 受理 → 合并重复件后移交 → 办结."""

    received: int = 0
    refused: int = 0
    accepted: int = 0
    merged: int = 0
    handed_over: int = 0
    answered: int = 0
    closed: int = 0
    overdue: int = 0


def items(
    text: str, place: Callable[[str], str | None], shaped: Callable[[str], bool]
) -> Iterator[Item | int]:
    """Each line as an item, or the number of a line that is none."""
    for at, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _item(line, place, shaped) or at


def _item(
    line: str, place: Callable[[str], str | None], shaped: Callable[[str], bool]
) -> Item | None:
    parts = [part.strip() for part in _BETWEEN.split(line, maxsplit=2)]
    if len(parts) < 3 or not parts[2]:
        return None
    number = parts[0].strip("*＊ ").upper()
    county = place(parts[1])
    if not number or len(number) > _LONGEST or not shaped(number) or county is None:
        return None
    return Item(number, county, parts[2], star="*" in parts[0] or "＊" in parts[0])


def summed(columns: Iterable[str], said: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """边督边改: each counted column over the items of a batch."""
    rows = list(said)
    return {code: sum(int(row.get(code, 0)) for row in rows) for code in columns}
