"""两步验证 and 会话: a password alone opens nothing where a code is asked for. Made up（虚构）."""

import base64
import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from hotline.rules.terms import Role
from hotline.rules.totp import EVERY, code_at, step_of
from hotline.settings import settings
from hotline.steps import sign_in as step
from tests.support.sitting import PASSWORD, Sitting, another, seat, sign_in
from tests.support.visitor import Visitor

RFC = b"12345678901234567890"  # RFC 6238, appendix B


def test_codes_are_those_of_the_standard() -> None:
    told = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    for seconds, code in told.items():
        assert code_at(RFC, seconds // EVERY) == code


@pytest.fixture
def asked_of_admins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    wanted = dataclasses.replace(settings(), second_factor=frozenset({"admin"}))
    monkeypatch.setattr(step, "settings", lambda: wanted)
    return


def secret_on(page: str) -> bytes:
    """What a person types who cannot scan the picture."""
    found = re.search(r'<code class="num">([A-Z2-7 ]+)</code>', page)
    assert found
    text = found.group(1).replace(" ", "")
    return base64.b32decode(text + "=" * (-len(text) % 8))


def code_of(secret: bytes, ahead: int = 0) -> str:
    return code_at(secret, step_of(datetime.now(UTC)) + ahead)


async def test_a_role_that_needs_a_code_sets_it_up_and_is_asked_from_then_on(
    asked_of_admins: None, client: httpx.AsyncClient, visitor: Visitor
) -> None:
    admin = await seat(visitor, Role.ADMIN)
    assert visitor.path == "/sign-in/code"
    assert "<svg" in admin.text
    assert (await admin.client.get("/people")).status_code == 303  # nothing opens yet
    secret = secret_on(admin.text)
    answer = await admin.press("/sign-in/code", code="000000")
    assert answer.status_code == 422

    await admin.press("/sign-in/code", code=code_of(secret))
    codes = re.findall(r"<li><code>(\w+)</code></li>", admin.text)
    assert len(set(codes)) == 10
    assert (await admin.client.get("/people")).status_code == 200

    later = another(client)
    await sign_in(later, admin.login, PASSWORD)
    again = Sitting(later, admin.login)
    assert "<svg" not in again.text
    assert (await again.client.get("/people")).status_code == 303
    used = await again.press("/sign-in/code", code=code_of(secret))
    assert used.status_code == 422  # taken once
    await again.press("/sign-in/code", code=codes[0])
    assert (await again.client.get("/people")).status_code == 200

    third = another(client)
    await sign_in(third, admin.login, PASSWORD)
    spent = await Sitting(third, admin.login).press("/sign-in/code", code=codes[0])
    assert spent.status_code == 422


async def test_an_administrator_changes_a_post_ends_a_session_and_both_are_told(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    admin = await seat(visitor, Role.ADMIN)
    agent = await seat(another(client), Role.AGENT)
    page = f"/people/{agent.login}"
    await admin.go(page)

    await admin.press(f"{page}/post", roles=["triage"], jurisdiction="522700")
    assert (await agent.client.get("/agent")).status_code == 403
    assert (await agent.client.get("/triage")).status_code == 200
    assert "话务员" in admin.text
    assert "调整岗位" in admin.text
    same = await admin.press(f"{page}/post", roles=["triage"], jurisdiction="522700")
    assert same.status_code == 422

    await admin.go(page)
    await admin.press(f"{page}/revocation")
    assert (await agent.client.get("/triage")).status_code == 303
    assert "结束会话" in admin.text


async def test_of_two_administrators_the_later_sees_what_the_earlier_did(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    first, second = [await seat(one, Role.ADMIN) for one in (visitor, another(client))]
    page = f"/people/{(await seat(another(client), Role.AGENT)).login}"
    for admin in (first, second):
        await admin.go(page)
    await first.press(f"{page}/post", roles=["triage"], jurisdiction="522700")
    late = await second.press(f"{page}/post", roles=["supervisor"], jurisdiction="522700")
    assert (late.status_code, "别人改过这个岗位" in late.text) == (409, True)
    assert re.findall(r'name="roles" value="(\w+)"[^>]* checked', late.text) == ["supervisor"]
    own = f"/people/{second.login}"
    await second.go(own)
    kept = await second.press(f"{own}/post", roles=["triage"], jurisdiction="522700")
    assert (kept.status_code, "不能取消自己的管理员角色" in kept.text) == (422, True)


async def test_an_own_authenticator_comes_and_goes_by_its_owner(visitor: Visitor) -> None:
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/account/security")
    secret = secret_on(agent.text)

    await agent.press("/account/security", code=code_of(secret), act="confirm")
    await agent.go("/account/security")
    assert "已启用" in agent.text
    await agent.press("/account/security", code=code_of(secret, 1), act="drop")
    assert "<svg" in agent.text
