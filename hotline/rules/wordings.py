"""消息用语: one wording of one message, what it may hold, and how long a short message gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

# what a wording may hold; a step cannot put anything else into a message
REPORTER_VALUES: Final = frozenset(
    {"number", "authority", "hotline", "progress_url", "reason", "refer_to", "closing", "code"}
    | {"extended_to"}
)
DEPARTMENT_VALUES: Final = frozenset({"number", "authority", "department", "due_on", "desk_url"})
DUTY_VALUES: Final = frozenset({"number", "authority", "desk_url"})
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "request": REPORTER_VALUES,
    "order": DEPARTMENT_VALUES,
    "duty": DUTY_VALUES,
}
# what only some messages are given: why, where to go, how it closed, a new code, a new last day
AT_TIMES: Final = frozenset({"reason", "refer_to", "closing", "code", "extended_to"})
# a subject shows in a list of mails, a short message on a lock screen: nothing of the matter
SHOWN: Final = frozenset({"number", "hotline", "closing"})
# what a one-time code is for is to be read at once
ONE_TIME: Final = frozenset({"request.reward_code"})
LONGEST: Final[Mapping[str, int]] = {"subject": 60, "short": 200, "body": 3000}
MOST_PARTS: Final = 2

# GSM 03.38: what a short message says in seven bits, and what takes two places there
GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWO: Final = frozenset("^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Template:
    """One wording. `version` is stored with each message sent: what was said can be said again."""

    key: str
    version: int
    subject: str
    body: str
    short: str = ""  # for a short message; departments get none

    def holes(self) -> frozenset[str]:
        """The values it needs."""
        return holes(self.subject) | holes(self.body) | holes(self.short)

    @property
    def family(self) -> str:
        """request, order or duty: whom it is for."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Parts:
    """How a short message is cut and paid: units in all, and in how many parts."""

    units: int
    parts: int
    wide: bool  # UCS-2, as any Chinese text

    @property
    def each(self) -> int:
        """What one part holds."""
        return _room(wide=self.wide, single=self.parts <= 1)


def holes(words: str) -> frozenset[str]:
    """The places to be filled; ValueError for a brace left open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def parts(words: str) -> Parts:
    """GSM-7: 160 at once, 153 a part; anything else UCS-2: 70 at once, 67 a part."""
    wide = any(sign not in GSM and sign not in GSM_TWO for sign in words)
    units = len(words.encode("utf-16-le")) // 2 if wide else sum(map(_places, words))
    alone = _room(wide=wide, single=True)
    count = 1 if units <= alone else -(-units // _room(wide=wide, single=False))
    return Parts(units, count, wide)


def faults(one: Template, given: frozenset[str]) -> dict[str, str]:
    """Field → message key for what keeps a wording from being used; `given`: its values."""
    said = {"subject": one.subject, "short": one.short, "body": one.body}
    told = {name: _fault(one, name, words, given) for name, words in said.items()}
    found = {name: fault for name, fault in told.items() if fault}
    if not found and "number" not in one.holes():
        found["body"] = "wording.no_number"
    return found


def _fault(one: Template, name: str, words: str, given: frozenset[str]) -> str:
    if not words.strip():
        return "" if name == "short" and one.family == "order" else "wording.empty"
    if len(words) > LONGEST[name]:
        return "wording.too_long"
    if name != "body" and len(words.splitlines()) > 1:
        return "wording.one_line"
    shown = SHOWN | {"code"} if one.key in ONE_TIME else SHOWN
    return _hole_fault(words, given, given if name == "body" else shown, short=name == "short")


def _hole_fault(words: str, given: frozenset[str], shown: frozenset[str], *, short: bool) -> str:
    try:
        asked = holes(words)
    except ValueError:
        return "wording.brace"
    if asked - given or _is_shaped(words):
        return "wording.unknown_hole"
    if asked - shown:
        return "wording.exposes"
    return "wording.too_many_parts" if short and _is_dear(words) else ""


def _is_shaped(words: str) -> bool:
    """`{number:>9}` and `{number!r}` are a programmer's, not a writer's."""
    return any(shape or turn for _, _, shape, turn in Formatter().parse(words))


def _is_dear(words: str) -> bool:
    """With a number as long as ours it goes beyond two parts."""
    filled = words.format_map(dict.fromkeys(holes(words), "QN20260302123456"))
    return parts(filled).parts > MOST_PARTS


def _places(sign: str) -> int:
    return 2 if sign in GSM_TWO else 1


def _room(*, wide: bool, single: bool) -> int:
    if wide:
        return 70 if single else 67
    return 160 if single else 153
