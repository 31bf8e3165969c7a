"""Reading what people typed: every field checked, every error said at its field, nothing lost."""

import re
from binascii import unhexlify
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from webforms.dates import CHINA

FORM: Final = "application/x-www-form-urlencoded"  # as browsers say it
MOST_FIELDS: Final = 300
YEARS: Final = range(1900, 2200)  # from any day of these one may count back and forth
ESCAPES: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]"
)


class Problem(NamedTuple):
    """What is wrong with a field: a text key and the values that fill it."""

    key: str
    values: Mapping[str, object] = {}


@dataclass
class Form:
    """A submitted form. Reading a field may note a problem; `problems` goes back to the page."""

    fields: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[UploadFile]] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        """The field as sent, without surrounding space."""
        return self.fields.get(name, [""])[0].strip()

    def text(self, name: str, *, most: int = 200, need: str = "") -> str:
        """A text of at most `most` characters; `need` is the key to show when it is empty."""
        value = CONTROL.sub("", self.raw(name).replace("\r\n", "\n")).strip()
        if len(value) > most:
            self.problem(name, "form.too_long", most=most, count=len(value))
        elif need and not value:
            self.problem(name, need)
        return value

    def choice(self, name: str, offered: Collection[str], *, need: str = "") -> str:
        """One of what was offered, or "" if nothing was chosen."""
        value = self.raw(name)
        if value and value not in offered:
            self.problem(name, "form.not_offered")
            return ""
        if need and not value:
            self.problem(name, need)
        return value

    def choices(self, name: str, offered: Collection[str], *, need: str = "") -> tuple[str, ...]:
        """Several of what was offered, in the order sent."""
        values = tuple(dict.fromkeys(self.fields.get(name, [])))
        if not set(values) <= set(offered):
            self.problem(name, "form.not_offered")
            return ()
        if need and not values:
            self.problem(name, need)
        return values

    def ticked(self, name: str) -> bool:
        """A checkbox."""
        return bool(self.raw(name))

    def version(self, name: str = "seen") -> int | None:
        """The version of a row that the page showed; None when it is no such thing."""
        return whole(self.raw(name))

    def day(self, name: str, *, need: str = "", wrong: str = "") -> date | None:
        """A day as a date field sends it; `need` is the key to show when there is none.

        `wrong`: the key when something was typed that is none, where it may be left out.
        """
        found = a_day(self.raw(name))
        if found is None and (key := need or (wrong if self.raw(name) else "")):
            self.problem(name, key)
        return found

    def problem(self, name: str, key: str, **values: object) -> None:
        """Note what is wrong with a field; the first word stands."""
        self.problems.setdefault(name, Problem(key, values))


def whole(typed: str, *, digits: int = 8) -> int | None:
    """A number in plain digits, at most so many; None when it is no such thing."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def a_day(typed: str) -> date | None:
    """YYYY-MM-DD; None when it is no such thing, or a day that nothing can be counted from."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def a_moment(typed: str) -> datetime | None:
    """YYYY-MM-DDTHH:MM of a form, in China's time; None when it is no such thing."""
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        return None
    if found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


async def read_form(request: Request, *, most_files: int = 0) -> Form:
    """A form of either encoding; text that is not UTF-8 is refused, never guessed."""
    sent = request.headers.get("content-type", "")
    if sent == FORM:
        return await _plain(request)
    kind, said = parse_options_header(sent)
    if said.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise HTTPException(400, detail="form.not_utf8")
    if kind == b"multipart/form-data":
        return await _multipart(request, most_files)
    return await _plain(request)


async def _plain(request: Request) -> Form:
    return Form(fields=_grouped(_pairs(await request.body())))


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """As `urllib.parse.parse_qsl` reads them, blank values kept; Chinese, which is nothing but
    escapes, in a tenth of its time."""
    if body.count(b"&") >= MOST_FIELDS:
        raise HTTPException(400, detail="form.broken")
    try:
        body.decode("utf-8")
        said = (pair.partition(b"=") for pair in body.split(b"&") if pair)
        return [(_unescaped(name), _unescaped(value)) for name, _, value in said]
    except UnicodeDecodeError as error:
        raise HTTPException(400, detail="form.not_utf8") from error


def _unescaped(said: bytes) -> str:
    spaced = said.replace(b"+", b" ")
    return (ESCAPES.sub(_bytes_of, spaced) if b"%" in said else spaced).decode("utf-8")


def _bytes_of(escapes: re.Match[bytes]) -> bytes:
    return unhexlify(escapes[0].replace(b"%", b""))


async def _multipart(request: Request, most_files: int) -> Form:
    sent = await request.form(max_files=most_files, max_fields=MOST_FIELDS)
    texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    if not all(_was_utf8(value) for _, value in texts):
        raise HTTPException(400, detail="form.not_utf8")
    files: dict[str, list[UploadFile]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(value)
    return Form(fields=_grouped(texts), files=files)


def _was_utf8(value: str) -> bool:
    """Starlette reads a part that is not UTF-8 as Latin-1: such a text fits wholly into Latin-1."""
    try:
        value.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        return True
    except UnicodeDecodeError:
        return False
    return True


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\0", ""))  # no database takes it
    return found
