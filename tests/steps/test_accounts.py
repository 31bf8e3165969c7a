"""人员: from the first link to an account of one's own."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import BadReport, NotAllowed, NotFound
from hotline.lookups import staff as lookup
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.enrol import Person, accept_invite, enrol
from hotline.steps.invite import OPERATOR, Post, first_administrator, invite
from hotline.steps.sign_in import sign_in
from tests.steps.accounts import NOW, PASSWORD, a_handler, signed_in, token_of


async def test_the_first_link_makes_one_administrator_and_no_second(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    await accept_invite(token, "Admin", "李某（虚构）", PASSWORD, NOW)
    session = await sign_in("admin", PASSWORD, NOW)
    actor = await lookup.session(session, NOW)
    assert actor is not None
    assert actor.roles == {Role.ADMIN}
    assert actor.name == "李某（虚构）"
    assert await first_administrator(NOW) is None
    with pytest.raises(NotFound):
        await accept_invite(token, "other", "赵某（虚构）", PASSWORD, NOW)


async def test_a_new_start_replaces_the_unused_link_and_a_day_ends_it(db: Services) -> None:
    old, new = [token_of(await first_administrator(NOW)) for _ in range(2)]
    assert await lookup.invitation(old, NOW) is None
    assert await lookup.invitation(new, NOW) is not None
    late = NOW + timedelta(hours=24)
    assert await lookup.invitation(new, late) is None
    with pytest.raises(NotFound):
        await accept_invite(new, "admin", "李某（虚构）", PASSWORD, late)


async def test_only_the_hash_of_a_link_is_stored(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    (held,) = await rows("SELECT i::text AS text FROM invite i")
    assert token not in held["text"]
    assert token.encode().hex() not in held["text"]


async def test_a_refused_form_leaves_the_link_usable(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    with pytest.raises(BadReport) as refused:
        await accept_invite(token, "x", "", "short", NOW)
    assert set(refused.value.errors) == {"login", "name", "password"}
    await accept_invite(token, "admin", "李某（虚构）", PASSWORD, NOW)


async def test_a_link_used_twice_at_once_makes_one_account(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    tries = [accept_invite(token, f"admin{n}", "李某（虚构）", PASSWORD, NOW) for n in range(2)]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["NotFound", "UUID"]


async def test_the_inviter_may_choose_login_department_and_roles(db: Services) -> None:
    tenant = (await packs()).tenants()[0]
    department = tenant.departments[0].code
    post = Post(tenant.code, frozenset({Role.HANDLER, Role.REVIEWER}), department)
    token = token_of(await invite(post, OPERATOR, NOW, "Wang.Li"))
    shown = await lookup.invitation(token, NOW)
    assert shown is not None
    assert (shown.login, shown.department) == ("wang.li", department)
    await accept_invite(token, "somebody.else", "王某（虚构）", PASSWORD, NOW)
    _, actor = await signed_in("wang.li")
    assert (actor.department, actor.roles) == (department, post.roles)


async def test_a_login_is_one_persons(db: Services) -> None:
    await a_handler()
    with pytest.raises(BadReport) as refused:
        await a_handler("WANG.LI")
    assert refused.value.errors == {"login": "login.taken"}
    with pytest.raises(BadReport):
        await invite(await a_handler("li.mei"), OPERATOR, NOW, "wang.li")


async def test_who_is_no_administrator_makes_no_account(db: Services) -> None:
    post = await a_handler()
    _, handler = await signed_in()
    with pytest.raises(NotAllowed):
        await enrol(Person("new", "赵某（虚构）", PASSWORD), post, handler, NOW)


async def test_an_administrator_fills_posts_below_and_none_above_or_unknown(db: Services) -> None:
    root = (await packs()).tenants()[0]
    below = next(p for p in (await packs()).serving() if p.tenant == root.code and p != root)
    admin = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({Role.ADMIN}), "", below.code)
    await invite(Post(below.code, frozenset({Role.AGENT})), admin, NOW)
    with pytest.raises(NotAllowed):
        await invite(Post(root.code, frozenset({Role.AGENT})), admin, NOW)
    with pytest.raises(BadReport):
        await invite(Post(below.code, frozenset({Role.AGENT}), "no.such.desk"), admin, NOW)
    with pytest.raises(BadReport):
        await invite(Post(below.code, frozenset({Role.MACHINE})), admin, NOW)
