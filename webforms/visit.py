"""One visit to a page: who reads, in which language, and which cookies to set with the answer."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from hotline.rules.actor import Actor
from webforms import cookies
from webforms.site import Site, last_site
from webforms.texts import DEFAULT, LANGUAGES, text


class Called(Protocol):
    """Whatever has a name, and perhaps an English one."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


@dataclass
class Visit:
    """What a page needs to know of its reader; built once a request, filled by the door."""

    request: Request
    now: datetime
    actor: Actor | None = None
    site: Site = field(default_factory=last_site)
    new_visitor: str = ""

    @cached_property
    def language(self) -> str:
        """The reader's choice; Chinese until they choose."""
        chosen = self.request.cookies.get(cookies.LANGUAGE, DEFAULT)
        return chosen if chosen in LANGUAGES else DEFAULT

    @property
    def language_tag(self) -> str:
        """For the `lang` attribute."""
        return LANGUAGES[self.language]

    @cached_property
    def elder(self) -> bool:
        """长辈版: larger letters and targets."""
        return self.request.cookies.get(cookies.ELDER) == "1"

    @property
    def path(self) -> str:
        """Where the reader is; never with a query."""
        return self.request.url.path

    @property
    def secure(self) -> bool:
        """Whether the page came over HTTPS."""
        return bool(self.request.scope["scheme"] == "https")

    def visitor(self) -> str:
        """This browser's random id, made (and sent as a cookie) when first needed."""
        known = cookies.opened_visitor(self.request.cookies.get(cookies.VISITOR, ""))
        if not known and not self.new_visitor:
            self.new_visitor = cookies.fresh_token()
        return self.new_visitor or known

    def called(self, thing: Called) -> str:
        """The name of a kind in the reader's language, where the pack has one."""
        return (self.language != DEFAULT and thing.name_en) or thing.name

    def said(self, texts: Mapping[str, str], key: str) -> str:
        """What a pack tells the public, in the reader's language where it has it."""
        return texts.get(f"{key}_{self.language}") or texts[key]

    def t(self, key: str, **values: object) -> str:
        """A text in the reader's language."""
        return text(key, self.language, **values)


_visit: ContextVar[Visit] = ContextVar("visit")


def current() -> Visit:
    """The visit at hand."""
    return _visit.get()


def begin(request: Request, now: datetime) -> None:
    """A visit, for all that is asked about it from here on."""
    _visit.set(Visit(request, now))


def address() -> str:
    """Where the visit comes from; behind a proxy, as the server was told to believe it."""
    client = current().request.client
    return client.host if client else ""


class VisitMiddleware:
    """Begins a visit for every request, so that error pages speak the reader's language too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            begin(Request(scope), datetime.now(UTC))
        await self.app(scope, receive, send)
