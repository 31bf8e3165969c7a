"""交接、请假代理、回避 through the pages: nothing is lost when people go, and both names stand."""

from datetime import timedelta

import httpx

from hotline.database import row
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Role
from tests.support.sitting import DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import HANDLED, at, signed
from workers.job import utc_now

TODAY = utc_now().astimezone(SHANGHAI).date()
DAYS = {"first": str(TODAY), "last": str(TODAY + timedelta(days=3))}


async def test_who_leaves_hands_the_open_orders_over_before_the_account_is_closed(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    leaver = await seat(visitor, Role.HANDLER, department=DESK)
    other = await seat(another(client), Role.HANDLER, department=DESK)
    stranger = await seat(another(client), Role.HANDLER, department="522701.water")
    await signed(leaver, number)
    admin = await seat(another(client), Role.ADMIN)
    token = {"login": leaver.login, "sure": "yes"}
    await admin.go("/people")
    answer = await admin.press("/people/deactivation", **token)
    assert (answer.status_code, "还有 1 件没有办结的工单" in admin.text) == (422, True)

    await admin.go(f"/handover/{leaver.login}")
    assert other.login in admin.text
    assert stranger.login not in admin.text
    version = await row("SELECT version FROM work_order WHERE number = $1", number)
    assert version
    chosen = f"{number}:{version['version']}"
    await admin.press(f"/handover/{leaver.login}", orders=chosen, to=stranger.login)
    assert "已交接 0 件" in admin.text
    await admin.press(f"/handover/{leaver.login}", orders=chosen, to=other.login)
    assert "已交接 1 件" in admin.text
    await admin.go("/people")
    await admin.press("/people/deactivation", **token)
    await other.go(at(number))
    assert f"<dd>某{other.login[-4:]}（虚构）</dd>" in other.text
    assert "各单位承办时间" in other.text


async def test_a_deputy_acts_in_the_name_of_who_is_away_and_both_are_recorded(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    reviewer = await seat(visitor, Role.REVIEWER, department=DESK)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    await signed(handler, number)
    await handler.press(at(number, "texts"), at(number, "submission"), **HANDLED)
    assert (await handler.go(at(number))).status_code == 200
    assert at(number, "approval") not in handler.text

    await reviewer.go("/account/absence")
    await reviewer.press("/account/absence", deputy=handler.login, first="x", last="")
    assert "请填写起止日期" in reviewer.text
    await reviewer.press("/account/absence", deputy=handler.login, **DAYS)
    await handler.go("/account/absence")
    await handler.press("/account/deputy")
    assert f"（代某{reviewer.login[-4:]}（虚构））" in handler.text
    await handler.go(at(number))
    answer = await handler.press(at(number, "return"), reason="请补充现场检查情况")
    assert answer.status_code == 303
    assert f"（代某{reviewer.login[-4:]}（虚构））" in handler.text
    found = await row(
        "SELECT e.actor_id, d.detail ->> 'on_behalf' AS behalf FROM event e JOIN event_detail d"
        " ON d.id = e.id WHERE e.step = 'send_back'"
    )
    ids = [
        await row("SELECT id::text AS id FROM staff WHERE login = $1", one.login)
        for one in (handler, reviewer)
    ]
    assert found == {"actor_id": ids[0]["id"], "behalf": ids[1]["id"]}  # type: ignore[index]

    await handler.go(at(number))
    await handler.press("/account/deputy/end")
    await handler.go(at(number))
    await handler.press(at(number, "texts"), at(number, "submission"), **HANDLED)
    await handler.go("/account/absence")
    await handler.press("/account/deputy")
    await handler.go(at(number))
    assert at(number, "return") in handler.text
    assert at(number, "approval") not in handler.text  # the deputy has written the texts
    await reviewer.go("/account/absence")
    await reviewer.press("/account/absence/end")
    assert (await handler.go(at(number, "approval"))).status_code == 405
    await handler.go("/staff")
    assert "（代" not in handler.text


async def test_who_has_withdrawn_neither_reads_nor_acts(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    await signed(handler, number)
    await handler.press(at(number, "recusal"), reason="与被反映单位负责人是亲属")
    assert (await handler.client.get(at(number))).status_code == 403
    await handler.go("/account/password")
    token = {"_token": handler.visitor.form("/account/password")["_token"]}
    answer = await handler.client.post(at(number, "texts"), data={**token, **HANDLED})
    assert answer.status_code == 403
    colleague = await seat(another(client), Role.HANDLER, department=DESK)
    assert (await colleague.go(at(number))).status_code == 200
    assert "回避" in colleague.text
