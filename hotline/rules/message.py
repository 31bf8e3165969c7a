"""消息: what goes out and what became of it, as values; words and wires are the notifications'."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

REPORTER: Final = "reporter"
DEPARTMENT: Final = "department"

# what a wording may hold; a step cannot put anything else into a message
REPORTER_VALUES: Final = frozenset(
    {"number", "authority", "hotline", "progress_url", "reason", "refer_to", "closing", "code"}
)
DEPARTMENT_VALUES: Final = frozenset({"number", "authority", "department", "due_on", "desk_url"})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to be worded and sent. Address and values stay out of every trace."""

    reference: str  # the same for every try, so that a receiver can tell a repeat
    template: str
    recipient: Literal["reporter", "department"]
    values: Mapping[str, str] = field(repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)  # digits
    openid: str = field(default="", repr=False)
    account: str = ""  # the official account the person came by


@dataclass(frozen=True, slots=True)
class Sent:
    """The next station took it."""

    route: str
    template_version: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Not taken; `permanent`: another try would fail alike."""

    error: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    """There is no way to this person by which we could send."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: nobody is woken at night."""

    until: datetime


Outcome = Sent | Failed | Unreachable | Later
