"""A desk at which reports are written: begun, kept while typed, dropped; each at its own address.

The address holds a reference that opens the draft for its writer alone.
"""

from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.draft import DraftView
from hotline.policy.pack import Pack
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff import typed
from webforms.staff.choices import (
    county_choices,
    county_of,
    kind_choices,
    township_choices,
)
from webforms.staff.frame import pack_of
from webforms.staff.shelf import Shelf

Kind = TypeVar("Kind", bound=typed.Typed)


@dataclass(frozen=True, slots=True)
class Writing(Generic[Kind]):
    """One kind of report that staff write: where its list is, where its drafts are, its fields."""

    kind: str  # agent | media
    home: str
    base: str
    fields: type[Kind]

    async def begin(self, request: Request) -> Response:
        """A fresh draft; its address says nothing about anybody."""
        return see_other(f"{self.base}/{await (await self.shelf(request)).begin()}")

    async def discard(self, request: Request) -> Response:
        """It came to nothing."""
        await (await self.shelf(request)).discard(request.path_params["ref"])
        return see_other(self.home)

    async def opened(self, request: Request) -> tuple[Pack, DraftView]:
        """The rules of the writer's jurisdiction, and the draft at this address. NotFound."""
        pack = await pack_of(doors.actor(request))
        return pack, await (await self.shelf(request)).opened(request.path_params["ref"])

    async def keep(self, request: Request) -> DraftView:
        """Keep what is typed, unless it was sent meanwhile."""
        shelf, ref = await self.shelf(request), request.path_params["ref"]
        view = await shelf.opened(ref)
        if not view.is_sent:
            await shelf.keep(ref, asdict(self.typed_in(request)))
        return view

    async def kept(self, request: Request) -> Response:
        """Keep what is typed, and show it again with the townships of the county."""
        await self.keep(request)
        return see_other(self.path(request))

    async def shelf(self, request: Request) -> Shelf:
        """The drafts of whoever is at the desk."""
        by = doors.actor(request)
        return Shelf(self.kind, by, (await pack_of(by)).tenant)

    def path(self, request: Request) -> str:
        """The draft's own address."""
        return f"{self.base}/{request.path_params['ref']}"

    def typed_in(self, request: Request) -> Kind:
        """What the form at hand says."""
        return typed.typed_in(self.fields, form_of(request))

    def typed_of(self, view: DraftView) -> Kind:
        """What the draft holds."""
        return typed.typed_of(self.fields, view.answers)


def offered(pack: Pack, county: str) -> dict[str, Any]:
    """What may be chosen by typing: kinds, counties, the townships of the county typed."""
    return {
        "kinds": kind_choices(pack.lexicon),
        "counties": county_choices(pack),
        "townships": township_choices(pack, county_of(pack, county)),
    }
