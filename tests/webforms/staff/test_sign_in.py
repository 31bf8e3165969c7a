"""Signing in: one answer for whatever was wrong, lock-out told, the way back inside the house."""

import httpx
import pytest

from hotline.rules.accounts import FREE_TRIES
from hotline.rules.terms import Role
from tests.support.sitting import PASSWORD, seat, sign_in
from tests.support.visitor import Visitor


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        (Role.AGENT, "/agent"),
        (Role.TRIAGE, "/triage"),
        (Role.SUPERVISOR, "/triage"),
        (Role.REVIEWER, "/desk"),
        (Role.MEDIA, "/media"),
        (Role.PUBLISHER, "/publish"),
        (Role.ADMIN, "/people"),
    ],
)
async def test_everybody_lands_at_the_desk_of_the_own_role(
    visitor: Visitor, role: Role, desk: str
) -> None:
    await seat(visitor, role)

    assert visitor.path == desk


async def test_a_wrong_password_and_an_unknown_login_are_answered_alike(visitor: Visitor) -> None:
    known = await seat(visitor, Role.AGENT)
    await visitor.go("/agent")
    await visitor.send("/sign-out")

    wrong = await sign_in(visitor, known.login, "not the password at all")
    unknown = await sign_in(visitor, "nobody.here", "not the password at all")

    assert wrong.status_code == unknown.status_code == 422
    assert visitor.problems == {"login": "登录名或密码不正确"}
    assert wrong.text.count("登录名或密码不正确") == unknown.text.count("登录名或密码不正确") == 2


async def test_after_too_many_wrong_tries_the_wait_is_told(visitor: Visitor) -> None:
    known = await seat(visitor, Role.AGENT)
    await visitor.go("/agent")
    await visitor.send("/sign-out")
    for _ in range(FREE_TRIES):
        await sign_in(visitor, known.login, "wrong again and again")

    locked = await sign_in(visitor, known.login, PASSWORD)

    assert locked.status_code == 429
    assert "分钟后再试" in locked.text


async def test_signing_in_leads_back_to_where_one_wanted_to_go(visitor: Visitor) -> None:
    known = await seat(visitor, Role.AGENT)
    await visitor.go("/agent")
    await visitor.send("/sign-out")

    await visitor.go("/account/password")
    assert visitor.path == "/sign-in"
    await visitor.send("/sign-in", login=known.login, password=PASSWORD)

    assert visitor.path == "/account/password"


async def test_the_way_back_never_leaves_the_house(visitor: Visitor) -> None:
    known = await seat(visitor, Role.AGENT)
    await visitor.go("/agent")
    await visitor.send("/sign-out")
    await visitor.go("/sign-in?next=//evil.example/x")

    answer = await visitor.post("/sign-in", login=known.login, password=PASSWORD)

    assert answer.headers["location"] == "/staff"


async def test_after_signing_out_the_old_cookie_opens_nothing(visitor: Visitor) -> None:
    await seat(visitor, Role.AGENT)
    kept = httpx.Cookies(visitor.client.cookies)
    await visitor.go("/agent")
    await visitor.send("/sign-out")
    visitor.client.cookies = kept

    await visitor.go("/agent")

    assert visitor.path == "/sign-in"


async def test_a_desk_of_another_role_is_refused(visitor: Visitor) -> None:
    await seat(visitor, Role.AGENT)

    for path in ("/people", "/triage", "/desk", "/publish", "/media"):
        answer = await visitor.go(path)
        assert (answer.status_code, visitor.heading) == (403, "没有权限")


async def test_no_answer_to_staff_may_be_kept_by_a_cache(visitor: Visitor) -> None:
    await seat(visitor, Role.AGENT)

    assert (await visitor.go("/agent")).headers["cache-control"] == "no-store"
