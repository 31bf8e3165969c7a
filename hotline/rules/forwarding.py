"""转送: to whom outside, where the reporter goes, and under which number it is there."""

from dataclasses import dataclass
from typing import Final

from hotline.errors import StepRefused

LONGEST_NAME: Final = 120
LONGEST_CONTACT: Final = 200
LONGEST_NUMBER: Final = 64


@dataclass(frozen=True, slots=True)
class Outside:
    """A body outside the service, as the pack knows it."""

    code: str
    name: str
    contact: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """The body as it is told to a reporter."""

    name: str
    contact: str


def addressee(name: str, contact: str) -> Addressee:
    """StepRefused when the reporter could not find the way there."""
    if not name.strip() or not contact.strip():
        raise StepRefused("forward.nowhere")
    return Addressee(name.strip()[:LONGEST_NAME], contact.strip()[:LONGEST_CONTACT])


def their_number(typed: str) -> str:
    """The number that the body has given it. StepRefused without one."""
    number = " ".join(typed.split())
    if not number or len(number) > LONGEST_NUMBER:
        raise StepRefused("forward.no_number")
    return number


def way_there(name: str, contact: str, number: str = "") -> str:
    """某市住房和城乡建设局（电话 …），受理编号 …."""
    where = f"{name}（{contact}）"
    return f"{where}，{number}" if number else where
