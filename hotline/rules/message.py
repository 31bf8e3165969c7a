"""消息: what goes out and what became of it, as values; words and wires are the notifications'."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from hotline.rules.partner_call import Call
from hotline.rules.wordings import Template

REPORTER: Final = "reporter"
DEPARTMENT: Final = "department"
DUTY: Final = "duty"  # 值班: one person, by day and by night
PARTNER: Final = "partner"

# the ways a message may take; a lane and a pause of its own for each
WECHAT: Final = "wechat"
MAIL: Final = "mail"
SHORT: Final = "short"
NOTICE: Final = "notice"  # 站内通知: shown at the desk, where it waits to be read
BY_PERSON: Final = (WECHAT, MAIL, SHORT)  # among which a person may choose


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to be worded and sent. Address and values stay out of every trace."""

    reference: str  # the same for every try, so that a receiver can tell a repeat
    template: str
    recipient: Literal["reporter", "department", "duty", "partner"]
    values: Mapping[str, str] = field(repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)  # digits
    openid: str = field(default="", repr=False)
    account: str = ""  # the official account the person came by
    language: str = "zh"
    wording: Template | None = None  # the house's own, where it has one
    tried: frozenset[str] = frozenset()  # ways that will never lead there
    way: str = ""  # the one a person chose
    attempts: int = 0
    partner: str = ""
    call: Call | None = field(default=None, repr=False)


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
class Turned:
    """This way leads nowhere, another is open: it is taken next."""

    error: str
    way: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """There is no way to this person by which we could send."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: nobody is woken at night."""

    until: datetime


Outcome = Sent | Failed | Turned | Unreachable | Later
