"""A door: one address, one method, the roles that may pass, and how much it takes.

For people a door begins the visit, asks for a session where a role needs one, checks that a form
came from our own page and keeps personal answers out of every cache. A machine's door does none
of this: its endpoint checks the signature itself.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hotline.errors import NotAllowed
from hotline.policy import store
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from webforms import access, csrf, headers
from webforms.body_limit import BodyLimit
from webforms.site import site_of
from webforms.submissions import Form, read_form
from webforms.visit import Visit, current

Endpoint = Callable[[Request], Awaitable[Response]]

FORM_SIZE: Final = 1024 * 1024
MACHINE: Final = "machine"  # in the scope: errors answer as JSON


@dataclass(frozen=True, slots=True)
class Manner:
    """How a door answers and how much it takes.

    personal: never cached, no referrer; so is every answer to staff and to a form.
    plain: no page; nobody's visit, nothing read from the database.
    polled: asked by a page left open, with nobody at it: a session ends as if it were not asked.
    """

    personal: bool = False
    plain: bool = False
    polled: bool = False
    most_files: int = 0
    most_bytes: int = FORM_SIZE


PAGE: Final = Manner()
PERSONAL: Final = Manner(personal=True)
PLAIN: Final = Manner(plain=True)
POLLED: Final = Manner(polled=True)


class Door(Route):
    """A line of the table that tells who may pass and how much it takes."""

    roles: frozenset[Role]
    most_bytes: int


def door(
    path: str,
    endpoint: Endpoint,
    *,
    role: Role | tuple[Role, ...],
    method: str = "GET",
    manner: Manner = PAGE,
) -> Route:
    """One line of the table in `routes.py`. Any of several roles may pass."""
    roles = frozenset({role} if isinstance(role, Role) else role)
    route = Door(
        path,
        _passed(endpoint, roles, manner),
        methods=[method],
        middleware=[Middleware(BodyLimit, most=manner.most_bytes)],
        name=f"{method} {path}",
    )
    route.roles, route.most_bytes = roles, manner.most_bytes
    return route


def _passed(endpoint: Endpoint, roles: frozenset[Role], manner: Manner) -> Endpoint:
    if manner.plain:
        return endpoint
    if Role.MACHINE in roles:
        return _machine(endpoint)
    return _people(Doorkeeper(endpoint, roles, manner))


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What stands between an address for people and its endpoint."""

    endpoint: Endpoint
    roles: frozenset[Role]
    manner: Manner

    async def let_in(self, request: Request) -> Response:
        """The endpoint's answer, or the refusal of whoever may not pass."""
        _check_address(request)
        visit = current()
        visit.site = site_of(await store.packs())
        is_public = Role.PUBLIC in self.roles
        if not is_public and (refusal := await self._refusal(request, visit)):
            return refusal
        try:
            if request.method == "POST":
                request.state.form = await self._own_form(request, visit)
            response = await self.endpoint(request)
        finally:
            await request.close()  # the temporary files of its form, whatever came of it
        if self.manner.personal or request.method == "POST" or not is_public:
            response.headers.update(headers.PERSONAL)
        return response

    async def _refusal(self, request: Request, visit: Visit) -> Response | None:
        visit.actor = await access.actor_of(request, visit.now, used=not self.manner.polled)
        if visit.actor is None:
            return access.sign_in_first(request)
        if not any(visit.actor.may(role) for role in self.roles):
            raise NotAllowed
        return None

    async def _own_form(self, request: Request, visit: Visit) -> Form:
        sent = await read_form(request, most_files=self.manner.most_files)
        if csrf.is_ours(request, visitor=visit.visitor(), token=sent.raw(csrf.FIELD)):
            return sent
        raise HTTPException(403, detail="form.not_ours")


def _check_address(request: Request) -> None:
    """No number and no name holds a NUL, and no database takes one."""
    if any("\0" in str(part) for part in request.path_params.values()):
        raise HTTPException(404)


def form_of(request: Request) -> Form:
    """The form that the door has read and found to be ours."""
    form: Form = request.state.form
    return form


def actor(request: Request) -> Actor:
    """The member of staff whom the door let in."""
    del request
    found = current().actor
    if found is None:
        raise NotAllowed
    return found


def _people(keeper: Doorkeeper) -> Endpoint:
    async def passed(request: Request) -> Response:
        return await keeper.let_in(request)

    return passed


def _machine(endpoint: Endpoint) -> Endpoint:
    async def passed(request: Request) -> Response:
        request.scope[MACHINE] = True
        return await endpoint(request)

    return passed
