"""人员管理: who works here, with which roles and for which department."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound, StepRefused
from hotline.lookups import staff as lookup
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.accounts import HELD
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from hotline.settings import settings
from hotline.steps.close_account import close_account
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import LIFE, Post, invite
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.account import note_faults
from webforms.staff.choices import Choice
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.visit import current

OF_A_DEPARTMENT = frozenset({Role.HANDLER})


@dataclass(frozen=True)
class Made:
    """What is shown once: the person's name with a password, or the link."""

    name: str = ""
    secret: str = ""
    link: str = ""
    until: str = ""

    @property
    def is_made(self) -> bool:
        """Done: the form is empty again."""
        return bool(self.secret or self.link)


async def show(request: Request) -> Response:
    """Everybody, and the form for somebody new."""
    return await _page(request, Form())


async def add(request: Request) -> Response:
    """An account with a first password, or a one-time link; shown this once."""
    form, by, now = form_of(request), doors.actor(request), current().now
    post = await read_post(form, await packs_below(by.jurisdiction))
    name, login = form.text("name", most=64), form.text("login", most=64)
    made = Made()
    if not form.problems:
        try:
            if form.raw("act") == "invite":
                path = await invite(post, by, now, login)
                made = Made(link=settings().public_url + path, until=short(now + LIFE))
            else:
                secret = secrets.token_urlsafe(12)
                await enrol(Person(login, name, secret), post, by, now)
                made = Made(name=name, secret=secret)
        except BadReport as fault:
            note_faults(form, fault)
    return await _page(request, form, made, status_code=422 if form.problems else 200)


async def remove(request: Request) -> Response:
    """停用, once it is confirmed: signed out at once; what was done stays in the history."""
    form, by = form_of(request), doors.actor(request)
    login = form.text("login", most=64)
    if form.ticked("sure"):
        try:
            await close_account(login, by, current().now)
        except StepRefused as held:
            refused = Problem(f"refused.{held.key}", held.values)
            return await _sure(login, by, refused, status_code=422)
        return see_other("/people")
    return await _sure(login, by)


async def _sure(
    login: str, by: Actor, refused: Problem | None = None, *, status_code: int = 200
) -> Response:
    known = {one.login: one for one in await _people(by)}
    if login not in known:
        raise NotFound("staff")
    return staff_page(
        "staff/deactivation", status_code=status_code, person=known[login], refused=refused
    )


async def read_post(form: Form, offered: list[Pack]) -> Post:
    """What the fields say of roles and place; a problem at each that is wrong."""
    by_code = {pack.code: pack for pack in offered}
    code = form.choice("jurisdiction", by_code, need="people.need_jurisdiction")
    roles = form.choices("roles", set(HELD), need="people.need_roles")
    typed = form.text("department", most=80)
    department = _department_of(by_code[code], typed) if code and typed else ""
    if typed and code and not department:
        form.problem("department", "people.no_department", typed=typed)
    if OF_A_DEPARTMENT & set(roles) and not department:
        form.problem("department", "people.need_department")
    kinds = form.choices("kinds", {one.value for one in whole_kinds(by_code[code])} if code else ())
    return Post(code, frozenset(map(Role, roles)), department, frozenset(kinds))


def whole_kinds(pack: Pack) -> list[Choice]:
    """限办类型: a post is bounded by whole kinds, each with all that is finer."""
    return [Choice(one.code, one.name) for one in pack.lexicon.kinds if one.ours and not one.parent]


def kinds_of(packs: list[Pack]) -> list[Choice]:
    """Of several jurisdictions, each once."""
    return [*{one.value: one for pack in packs for one in whole_kinds(pack)}.values()]


def _department_of(pack: Pack, typed: str) -> str:
    fitting = (one.code for one in pack.departments if typed in (one.code, one.name, one.short))
    return next(fitting, "")


async def packs_below(jurisdiction: str) -> list[Pack]:
    """The jurisdictions an administrator answers for: the own one and those inside it."""
    return [
        pack
        for pack in (await packs()).serving()
        if any(place.code == jurisdiction for place in pack.gazetteer.path(pack.code))
    ]


async def _people(by: Actor) -> list[lookup.StaffRow]:
    """Everybody of the own jurisdiction and of those inside it."""
    inside = {pack.code for pack in await packs_below(by.jurisdiction)}
    everybody = await lookup.people((await pack_of(by)).tenant)
    return [one for one in everybody if one.jurisdiction in inside]


async def _page(
    request: Request, form: Form, made: Made | None = None, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    below = await packs_below(by.jurisdiction)
    names = {one.code: one.name for pack in below for one in pack.departments}
    return staff_page(
        "staff/people",
        status_code=status_code,
        problems=form.problems,
        people=await _people(by),
        made=made or Made(),
        form=Form() if made and made.is_made else form,
        jurisdictions=[Choice(pack.code, pack.name) for pack in below],
        departments=[
            Choice(one.code, one.name)
            for pack in below[-1:]
            for one in pack.departments
            if one.desk
        ],
        names=names,
        kinds=kinds_of(below),
        roles=[role.value for role in Role if role in HELD],
    )
