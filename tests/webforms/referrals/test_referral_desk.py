"""督办移送: opened beside an order, answered at its desk, printed; no page tells who reported."""

import httpx

from hotline.rules.terms import Role
from tests.support.sitting import CALLER, DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor

WRITTEN = ("窗台上全是灰", CALLER.name or "", CALLER.phone or "")


async def test_a_supervisor_presses_a_matter_and_its_desk_answers(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    chief = await seat(visitor, Role.SUPERVISOR)
    desk = await seat(another(client), Role.HANDLER, department=DESK)
    base, pages = f"/desk/orders/{number}/referrals", []

    await chief.go(base)
    assert "本工单的督办移送" in chief.text
    await chief.go(f"{base}?kind=supervise")
    await chief.press(base, to=DESK, cause="unsatisfied", days="5")
    assert "请写明事实与要求" in chief.text
    await chief.press(
        base, to=DESK, cause="unsatisfied", days="5", grounds="两次回访不满意，请重新核查。"
    )
    assert "已办结" not in chief.text
    path = chief.visitor.path.partition("?")[0]
    pages.append(chief.text)

    await desk.go("/referrals")
    assert path in desk.text
    await desk.go(f"/desk/orders/{number}")
    assert path in desk.text
    await desk.go(path)
    await desk.press(f"{path}/reply", outcome="done", text="已重新核查，设施已修复，复测达标。")
    assert "已回复" in desk.text
    assert f"{path}/closure" not in desk.text
    pages.append(desk.text)

    await chief.go(path)
    await chief.press(f"{path}/closure", outcome="done")
    await chief.go(f"{path}/print")
    pages.append(chief.text)
    assert "督办单" in chief.text
    assert "两次回访不满意" in chief.text
    for page in pages:
        assert not [word for word in WRITTEN if word in page]


async def test_an_inspections_batch_is_entered_and_handed_over(visitor: Visitor) -> None:
    chief = await seat(visitor, Role.SUPERVISOR)
    await chief.go("/inspections")
    await chief.press("/inspections", name="第一批", level="central", received_on="2026-11-01")
    base = chief.visitor.path.partition("?")[0]
    await chief.press(f"{base}/items", lines="D3GZ202611010001,无此地,某砖厂（虚构）冒黑烟")
    assert "第 1 行不完整" in chief.text
    await chief.press(f"{base}/items", lines="*D3GZ202611010001,都匀市,某砖厂（虚构）冒黑烟")
    assert "登记 1 件" in chief.text
    item = chief.text.partition('href="/referrals/')[2].partition('"')[0]
    for noun, filled in (("approval", {}), ("sending", {"to": DESK})):
        await chief.go(f"/referrals/{item}")
        await chief.press(f"/referrals/{item}/{noun}", **filled)
    assert "已送出" in chief.text
    listed = await chief.client.get(f"{base}/list.csv")
    assert "*D3GZ202611010001,都匀市" in listed.text.replace(
        "贵州省黔南布依族苗族自治州", ""
    ).replace("黔南州", "")


async def test_a_campaign_is_opened_and_its_orders_taken_in(visitor: Visitor) -> None:
    number = await order_number(await arrived())
    chief = await seat(visitor, Role.SUPERVISOR)
    await chief.go("/campaigns")
    days = {"from_on": "2026-01-01", "to_on": "2028-12-31"}
    await chief.press("/campaigns", name="某专项行动（虚构）", **days)
    base = chief.visitor.path.partition("?")[0]
    await chief.press(f"{base}/gathering")
    assert number in chief.text
    await chief.go(f"/desk/orders/{number}")
    assert "某专项行动（虚构）" in chief.text
    await chief.go(base)
    await chief.press(f"{base}/orders/removal", order=number)
    assert "还没有工单" in chief.text
    await chief.press(f"{base}/orders", order="QNG0")
    assert "没有这件工单" in chief.text
