"""Every address with every role: whoever may not pass is turned away, and changes nothing."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import DESK, PASSWORD, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from webforms.routes import ROUTES

HELD = tuple(role for role in Role if role not in (Role.PUBLIC, Role.MACHINE))
NOUNS = {
    "signature": {},
    "objection": {"reason": "不属于我单位职责范围"},
    "parts": {"department": "522701.water", "task": "请核查排水去向", "days": "3"},
    "parts/result": {"result": "已核查排水去向"},
    "parts/waiver": {"department": "522701.water", "reason": "排水去向已查明"},
    "asking": {"report": "x", "question": "气味主要在什么时间出现？"},
    "asking/end": {},
    "extension": {"count": "5", "reason": "监测报告尚未出具"},
    "extension/grant": {"told": "监测报告尚未出具"},
    "extension/denial": {"reason": "理由不充分，不准延期"},
    "ruling": {"ruling": "reject", "reason": "仍由你单位办理"},
    "assignment": {"lead": DESK},
    "correction": {"county": "福泉市", "kind": "水"},
    "texts": {"finding": "true", "reply": "您好，经查属实。"},
    "submission": {"finding": "true", "reply": "您好，经查属实。"},
    "return": {"reason": "请补充现场检查情况"},
    "approval": {},
    "closure": {"closing": "closed"},
    "redo": {"reason": "反映人不满意，请重办"},
    "check": {"visited": "2026-11-20T10:00", "outcome": "confirmed", "note": "现场已整改到位"},
    "recusal": {"reason": "与被反映单位有利害关系"},
    "forwarding": {"name": "某局", "contact": "拨打 12345", "reason": "属于该局职责"},
    "body": {"body": "220000.water", "reason": "属于该单位职责"},
    "split": {"report": "x", "reason": "不是同一事项"},
    "merge": {"into": "x", "reason": "是同一事项"},
    "unmerge": {"reason": "不是同一事项"},
    "links": {"other": "x", "reason": "同一条河的上下游"},
    "links/removal": {"other": "x", "reason": "没有关系"},
    "messages": {"report": "x", "message": "请问气味什么时候最重？"},
    "publication": {"title": "某", "problem": "某", "measure": "某"},
    "referrals": {"kind": "urge", "to": DESK, "grounds": "请抓紧办理"},
}
EVERYTHING = tuple(role for role in HELD if role is not Role.ADMIN)


def of_staff() -> Iterator[Route]:
    for route in ROUTES:
        roles: frozenset[Role] = getattr(route, "roles", frozenset())
        if roles.isdisjoint({Role.PUBLIC, Role.MACHINE}):
            yield route


def address(route: Route) -> str:
    return re.sub(r"{.*?}", "x", route.path)


@pytest.fixture
async def everybody(client: httpx.AsyncClient) -> dict[Role, httpx.AsyncClient]:
    """One person with each role alone."""
    return {role: (await seat(another(client), role, department=DESK)).client for role in HELD}


async def test_every_desk_is_closed_to_every_other_role(
    everybody: dict[Role, httpx.AsyncClient],
) -> None:
    wrong = []
    for route in of_staff():
        method = "POST" if "POST" in (route.methods or ()) else "GET"
        for role, browser in everybody.items():
            status = (await browser.request(method, address(route))).status_code
            may = role in route.roles  # type: ignore[attr-defined]
            if (status == 403) is (may and method == "GET"):
                wrong.append((method, route.path, role.value, status))
    assert wrong == []


async def test_nothing_is_done_without_a_session_or_from_elsewhere(
    client: httpx.AsyncClient, everybody: dict[Role, httpx.AsyncClient]
) -> None:
    for route in of_staff():
        if "POST" not in (route.methods or ()):
            continue
        assert (await client.post(address(route))).status_code == 401, route.path
        for role in route.roles:  # type: ignore[attr-defined]
            answer = await everybody[role].post(address(route), headers={"origin": "null"})
            assert answer.status_code == 403, (route.path, role)


async def token_of(visitor: Visitor) -> dict[str, str]:
    await visitor.go("/account/password")
    return {"_token": visitor.form("/account/password")["_token"]}


async def untouched(number: str) -> Any:
    return await row("SELECT * FROM work_order WHERE number = $1", number)


async def refused_everywhere(visitor: Visitor, number: str, report: str) -> None:
    """Neither read nor changed, by any of its addresses."""
    token, before = await token_of(visitor), await untouched(number)
    base = f"/desk/orders/{number}"
    pages = ("", "/pictures/0123456789abcdef0123", "/terms/handling")
    for path in (*(f"{base}{page}" for page in pages), f"/triage/orders/{number}"):
        assert (await visitor.client.get(path)).status_code in (403, 404), path
    for noun, data in NOUNS.items():
        answer = await visitor.client.post(f"{base}/{noun}", data={**token, **data})
        assert answer.status_code in (403, 404), noun
        assert report not in answer.text
    who = {**token, "report": report, "why": "需要核实现场位置"}
    assert (await visitor.client.post(f"{base}/identity", data=who)).status_code in (403, 404)
    await visitor.client.post("/desk/signatures", data={**token, "orders": f"{number}:"})
    found = await visitor.client.post("/desk/search", data={**token, "q": report})
    assert number not in found.text.replace(f'value="{report}"', "")
    assert await untouched(number) == before


async def test_another_departments_handler_neither_reads_nor_acts(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report = await arrived()
    number = await order_number(report)
    await seat(visitor, Role.HANDLER, department="522701.water")

    await refused_everywhere(visitor, number, report)


async def lists(visitor: Visitor) -> str:
    """Whatever a supervisor finds orders on, and the board's orders behind each number."""
    paths = ("/desk", "/desk?tab=in_work", "/triage", "/board", "/board/orders?what=living")
    pages = [await visitor.client.get(path) for path in (*paths, "/follow-ups", "/archive")]
    assert [page.status_code for page in pages] == [200] * len(pages)
    return "".join(page.text for page in pages)


async def test_a_post_for_other_kinds_neither_finds_nor_acts_and_what_is_in_hand_stays(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    """限办类型: smoke is air; the post is for noise, then for air, then by what is in hand."""
    report = await arrived()
    number = await order_number(report)
    roles = (*EVERYTHING, Role.ADMIN)
    noise = await seat(visitor, *roles, department=DESK, kinds={"noise"})
    await refused_everywhere(visitor, number, report)
    assert number not in await lists(visitor)

    air = await seat(another(client), *roles, department=DESK, kinds={"air"})
    assert number in await lists(air.visitor)
    assert (await air.go(f"/desk/orders/{number}")).status_code == 200

    await rows(
        "UPDATE work_order SET handler_id = s.id FROM staff s WHERE s.login = $1", noise.login
    )
    assert (await noise.go(f"/desk/orders/{number}")).status_code == 200
    assert number in await lists(visitor)


async def test_another_jurisdiction_is_not_there_for_whatever_role(visitor: Visitor) -> None:
    report = await arrived()
    number = await order_number(report)
    for table in ("work_order", "service_request"):
        await rows(f"UPDATE {table} SET jurisdiction = '520000'")
    await seat(visitor, *EVERYTHING, department=DESK)

    await refused_everywhere(visitor, number, report)
    for path in (f"/triage/reports/{report}", f"/triage/reports/{report}/pictures/x"):
        assert (await visitor.client.get(path)).status_code == 404
    token = await token_of(visitor)
    for noun in ("acceptance", "joining", "refusal", "answer"):
        data = {**token, "order": number, "reason": "x", "answer": "经查属实。", "county": "522701"}
        answer = await visitor.client.post(f"/triage/reports/{report}/{noun}", data=data)
        assert answer.status_code in (404, 422), noun
        assert "砖厂" not in answer.text


async def test_a_picture_opens_by_its_own_report_alone(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    """Handles are keyed; one of another order, or an id, opens nothing."""
    number = await order_number(await arrived())
    await seat(visitor, Role.SUPERVISOR)

    for handle in ("0" * 20, "..%2f..", "00000000-0000-0000-0000-000000000000"):
        answer = await visitor.client.get(f"/desk/orders/{number}/pictures/{handle}")
        assert answer.status_code == 404


async def test_a_draft_opens_for_its_own_writer_alone(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    writer = await seat(visitor, Role.AGENT)
    await writer.go("/agent")
    await writer.visitor.send("/agent/calls")
    path = writer.visitor.path
    other = await seat(another(client), Role.AGENT)
    token = await token_of(other.visitor)

    for noun in ("", "/saved"):
        assert (await other.client.get(f"{path}{noun}")).status_code == 404
    for noun in ("", "/draft", "/history", "/look-alikes"):
        assert (await other.client.post(f"{path}{noun}", data=token)).status_code == 404
    await other.client.post(f"{path}/discard", data=token)
    assert (await writer.client.get(path)).status_code == 200


async def test_a_session_begins_anew_and_ends_for_good(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    visitor.client.cookies.set("staff", "chosen by somebody else")
    first = await seat(visitor, Role.AGENT)
    held = {cookie.name: cookie.value for cookie in first.client.cookies.jar if cookie.domain}
    stolen = another(client)
    stolen.client.cookies.set("staff", str(held["staff"]))
    assert held["staff"] != "chosen by somebody else"
    assert (await stolen.client.get("/agent")).status_code == 200

    await visitor.go("/agent")
    await visitor.send("/sign-out")

    assert (await stolen.client.get("/agent")).status_code == 303


async def test_signing_in_again_ends_the_session_before(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    """Two people at one desk computer: the first one's session does not linger."""
    first = await seat(visitor, Role.AGENT)
    left = another(client)
    left.client.cookies.set("staff", str(first.client.cookies["staff"]))
    second = await seat(another(client), Role.AGENT)
    token = await token_of(visitor)

    form = {**token, "login": second.login, "password": PASSWORD}
    answer = await visitor.client.post("/sign-in", data=form)

    assert answer.status_code == 303
    assert (await visitor.client.get("/agent")).status_code == 200
    assert (await left.client.get("/agent")).status_code == 303
