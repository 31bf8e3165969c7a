"""Accounts: made by an administrator or by a one-time link, changed by their owner, closed."""

import re
from datetime import UTC, datetime

import httpx

from hotline.rules.terms import Role
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from tests.support.sitting import DESK, PASSWORD, PREFECTURE, another, seat, sign_in
from tests.support.visitor import Visitor

NEW = "quite another secret"
HANDLER = {"jurisdiction": PREFECTURE, "roles": "handler", "department": DESK}


async def test_an_account_made_here_signs_in_with_the_password_shown_once(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")
    made = await visitor.send("/people", name="王某（虚构）", login="wang", act="enrol", **HANDLER)
    secret = re.findall(r'class="read-out">([^<]+)<', made.text)[0]

    newcomer = another(client)
    await sign_in(newcomer, "wang", secret)

    assert newcomer.path == "/desk"
    assert secret not in (await visitor.go("/people")).text


async def test_after_an_account_was_made_the_form_is_empty_again(visitor: Visitor) -> None:
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")
    for act in ("enrol", "invite"):
        made = await visitor.send(
            "/people", name="王某（虚构）", login=f"wang.{act}", act=act, **HANDLER
        )
        assert 'class="read-out"' in made.text or "/invitation/" in made.text
        left = visitor.form("/people")
        assert "roles" not in left
        assert (left["name"], left["login"], left["department"]) == ("", "", "")


async def test_the_kinds_of_a_post_are_given_changed_and_kept_in_its_history(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")
    made = await visitor.send("/people", act="invite", login="kinds", kinds="noise", **HANDLER)
    path = re.findall(r"<code>\S*?(/invitation/[^<]+)</code>", made.text)[0]
    newcomer = another(client)
    await newcomer.go(path)
    await newcomer.send(path, name="李某（虚构）", new=NEW, again=NEW)
    shown = (await visitor.go("/people/kinds")).text
    assert re.findall(r'name="kinds" value="(\w+)"[^>]* checked', shown) == ["noise"]
    await visitor.send("/people/kinds/post", kinds=["water", "noise"], **HANDLER)
    history = visitor.page.text.split('class="why"')[1] if visitor.page else ""
    assert "（噪声）→" in re.sub(r"\s", "", history)
    assert "（水、噪声）" in re.sub(r"\s", "", history)
    await visitor.send("/people/kinds/post", kinds="nothing", **HANDLER)
    assert "kinds" in visitor.problems


async def test_nobody_beyond_the_own_jurisdiction_is_asked_about(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    above = Person("province.other", "钱某（虚构）", PASSWORD)
    await enrol(above, Post("520000", frozenset({Role.TRIAGE})), OPERATOR, datetime.now(UTC))
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")
    asked = {"_token": visitor.form("/people")["_token"], "login": "province.other"}
    assert (await client.post("/people/deactivation", data=asked)).status_code == 404


async def test_a_one_time_link_makes_one_account_and_no_second(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")
    made = await visitor.send("/people", act="invite", roles="agent", jurisdiction=PREFECTURE)
    path = re.findall(r"<code>\S*?(/invitation/[^<]+)</code>", made.text)[0]
    newcomer = another(client)
    await newcomer.go(path)
    await newcomer.send(path, name="李某（虚构）", login="li.agent", new=NEW, again=NEW)
    assert newcomer.path == "/agent"

    late = await another(client).go(path)

    assert late.status_code == 404
    assert "已经使用过或已过期" in late.text


async def test_what_is_wrong_with_an_account_is_said_at_its_field(visitor: Visitor) -> None:
    known = await seat(visitor, Role.ADMIN)
    await visitor.go("/people")

    await visitor.send("/people", act="enrol", name="", login=known.login, roles="handler",
                       jurisdiction=PREFECTURE, department="没有这个单位")  # fmt: skip

    assert visitor.problems["department"].startswith("没有找到单位")
    await visitor.send("/people", act="enrol", name="某", login=known.login, roles="agent",
                       jurisdiction=PREFECTURE, department="")  # fmt: skip
    assert visitor.problems == {"login": "这个登录名已被使用"}


async def test_a_handler_without_a_department_is_not_made(visitor: Visitor) -> None:
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")

    await visitor.send("/people", act="enrol", name="某", login="some.body", roles="handler",
                       jurisdiction=PREFECTURE, department="")  # fmt: skip

    assert visitor.problems == {"department": "承办人必须有所在单位"}


async def test_whoever_is_deactivated_is_signed_out_at_once(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    leaver_at = another(client)
    leaver = await seat(leaver_at, Role.AGENT)
    await seat(visitor, Role.ADMIN)
    await visitor.go("/people")

    token = visitor.form("/people")["_token"]
    asked = {"_token": token, "login": leaver.login}
    visitor.page = await client.post("/people/deactivation", data=asked)
    assert visitor.heading.startswith("确定停用")
    assert (await leaver_at.go("/agent")).url.path == "/agent"
    await visitor.send("/people/deactivation", sure="yes")
    assert visitor.path == "/people"
    await leaver_at.go("/agent")

    assert leaver_at.path == "/sign-in"
    assert (await sign_in(leaver_at, leaver.login, PASSWORD)).status_code == 422


async def test_a_password_is_changed_by_whoever_knows_the_old_one(visitor: Visitor) -> None:
    known = await seat(visitor, Role.AGENT)
    await visitor.go("/account/password")

    await visitor.send("/account/password", old="not the old one", new=NEW, again=NEW)
    assert visitor.problems == {"old": "现在的密码不正确"}
    await visitor.send("/account/password", old=PASSWORD, new=NEW, again=f"{NEW}!")
    assert visitor.problems == {"again": "两次输入的密码不一样"}
    await visitor.send("/account/password", old=PASSWORD, new="short", again="short")
    assert visitor.problems == {"new": "密码至少需要 10 个字符"}
    await visitor.send("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert "密码已修改" in (await visitor.go("/account/password?done=1")).text

    await visitor.go("/agent")
    await visitor.send("/sign-out")
    await sign_in(visitor, known.login, NEW)
    assert visitor.path == "/agent"


async def test_an_administrator_sees_nobody_of_a_jurisdiction_above(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    above = Person("province.chief", "钱某（虚构）", PASSWORD)
    await enrol(above, Post("520000", frozenset({Role.TRIAGE})), OPERATOR, datetime.now(UTC))
    colleague = await seat(another(client), Role.AGENT)
    admin = await seat(visitor, Role.ADMIN)

    await admin.go("/people")

    assert colleague.login in admin.text
    assert "province.chief" not in admin.text
    assert "钱某" not in admin.text
