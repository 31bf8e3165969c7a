"""A platform's document → the fields of docs/webhook.md, by its profile; nothing is guessed.

What cannot be translated is a fault of its field: the delivery is kept for a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline.rules.partner import Profile
from hotline.rules.partner_expressions import Expression
from hotline.rules.storable import storable

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
TIMES: Final = frozenset({"occurred_at", "received_at"})
NUMBERS: Final = frozenset({"point.longitude", "point.latitude", "point.accuracy_m"})
FLAGS: Final = frozenset({"wants_reply", "wants_reward", "may_publish"})
LISTS: Final = frozenset({"kinds"})
OTHERWISE: Final = "*"
USUAL: Final = {
    "%Y-%m-%d %H:%M:%S": re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", re.ASCII),
    "%Y%m%d%H%M%S": re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII),
}
LONGEST_ID: Final = 128
LONGEST_NUMBER: Final = 64
MOST_NUMBERS: Final = 8
LONGEST_ADDRESS: Final = 2000
MOST_FILES: Final = 9


@dataclass(frozen=True, slots=True)
class Translated:
    """`given` in our words, `faults` by field; `id` "" when the document says none."""

    id: str
    given: dict[str, Any] = field(repr=False)
    numbers: Mapping[str, str]
    faults: dict[str, str]
    files: tuple[str, ...] = field(default=(), repr=False)  # addresses, each once


class _NotSaidError(ValueError):
    """A value that the profile does not translate; the argument is a message key."""


def translated(document: Any, profile: Profile) -> Translated:
    """Every field that the profile names."""
    reading, given, faults = profile.reading, dict[str, Any](), dict[str, str]()
    for name, value in reading.fixed.items():
        _put(given, name, value)
    for name, where in reading.fields.items():
        try:
            value = _value(name, _at(where, document), profile)
        except _NotSaidError as error:
            faults[name] = str(error)
            continue
        if value not in (None, "", []):
            _put(given, name, value)
    numbers, files = _numbers(document, profile), _files(document, profile)
    return Translated(_id(document, profile, faults), given, numbers, faults, files)


def _value(name: str, said: Any, profile: Profile) -> Any:
    if said is None or said == "":
        return None
    if name in LISTS:
        return _several(name, said, profile)
    if isinstance(said, dict | list):
        raise _NotSaidError("field.not_text")
    if name in profile.reading.codes:
        return _coded(profile.reading.codes[name], said)
    return _as_ours(name, said, profile.reading.times)


def _as_ours(name: str, said: Any, times: tuple[str, ...]) -> Any:
    if name in TIMES:
        return _moment(said, times).isoformat()
    if name == "paper_date":
        return _moment(said, times).date().isoformat()
    if name in NUMBERS:
        return _number(said)
    if name in FLAGS:
        return said
    return _words(said)


def _several(name: str, said: Any, profile: Profile) -> list[Any]:
    found = said if isinstance(said, list) else str(said).replace("，", ",").split(",")
    codes = profile.reading.codes.get(name)
    words = [_words(one) for one in found if one not in (None, "")]
    if codes is None:
        return words
    return [found for one in words if (found := _coded(codes, one)) != ""]


def _coded(codes: Mapping[str, Any], said: Any) -> Any:
    """The table's word; its "*" stands for every code that it does not list."""
    word = _words(said)
    if word in codes:
        return codes[word]
    if OTHERWISE in codes:
        return codes[OTHERWISE]
    raise _NotSaidError("code.unknown")


def _words(said: Any) -> str:
    if isinstance(said, bool):
        return "true" if said else "false"
    return storable(str(said)).strip()


def _number(said: Any) -> float:
    try:
        return float(said)
    except (TypeError, ValueError, OverflowError):
        raise _NotSaidError("field.not_number") from None


def _moment(said: Any, times: tuple[str, ...]) -> datetime:
    """By the first of the profile's forms that fits; Beijing time where none is said."""
    for form in times:
        try:
            found = moment_of(_words(said), form)
        except (ValueError, OverflowError, OSError):
            continue
        return found
    raise _NotSaidError("time.unknown")


def moment_of(said: str, form: str) -> datetime:
    """A moment in one form: `seconds`, `millis`, `iso` or a pattern of strptime. ValueError."""
    if form in ("seconds", "millis"):
        if not (said.isascii() and said.isdigit()):
            raise ValueError(said)
        return datetime.fromtimestamp(int(said) / (1000 if form == "millis" else 1), UTC)
    found = datetime.fromisoformat(said) if form == "iso" else _by_pattern(said, form)
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)


def _by_pattern(said: str, form: str) -> datetime:
    """The two that nearly every platform writes are read without the general reader."""
    usual = USUAL.get(form)
    if usual and (parts := usual.fullmatch(said)):
        year, month, day, hour, minute, second = map(int, parts.groups())
        return datetime(year, month, day, hour, minute, second)
    return datetime.strptime(said, form)


def _at(where: Expression, document: Any) -> Any:
    try:
        return where.of(document)
    except ValueError:
        raise _NotSaidError("field.no_such_shape") from None


def _id(document: Any, profile: Profile, faults: dict[str, str]) -> str:
    try:
        found = _at(profile.reading.id, document)
    except _NotSaidError:
        found = None
    word = "" if found is None or isinstance(found, dict | list) else _words(found)
    if not word or len(word) > LONGEST_ID or not word.isprintable():
        faults["id"] = "delivery.no_id"
        return ""
    return word


def _numbers(document: Any, profile: Profile) -> dict[str, str]:
    """Further numbers of theirs; one that is none is left out, the document is kept whole."""
    found = {}
    for label, where in profile.reading.numbers.items():
        try:
            word = _words(_at(where, document) or "")
        except _NotSaidError:
            continue
        if word and len(word) <= LONGEST_NUMBER and word.isprintable():
            found[label] = word
    return dict(list(found.items())[:MOST_NUMBERS])


def _files(document: Any, profile: Profile) -> tuple[str, ...]:
    """Addresses as they stand there: whether one leads anywhere is seen when it is fetched."""
    if profile.reading.files is None:
        return ()
    try:
        found = _at(profile.reading.files, document)
    except _NotSaidError:
        return ()
    several = found if isinstance(found, list) else str(found or "").replace("，", ",").split(",")
    words = [_words(one) for one in several if isinstance(one, str)]
    known = [one for one in words if one and len(one) <= LONGEST_ADDRESS and one.isprintable()]
    return tuple(dict.fromkeys(known))[:MOST_FILES]


def _put(given: dict[str, Any], name: str, value: Any) -> None:
    outer, _, inner = name.rpartition(".")
    if not outer:
        given[inner] = value
    else:
        given.setdefault(outer, {})[inner] = value
