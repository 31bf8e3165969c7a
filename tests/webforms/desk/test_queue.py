"""The queue: by what is to be done next, signed in bulk, fresh without moving."""

import re

import httpx

from hotline.rules.terms import Role
from tests.support.sitting import DESK, SMOKE, another, arrived, order_number, seat, stage_of
from tests.support.visitor import Visitor

OTHERS = "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。"


async def two_orders() -> list[str]:
    """Two matters of the county's environment desk."""
    return [await order_number(await arrived(text)) for text in (SMOKE, OTHERS)]


def ticked(text: str) -> list[str]:
    """What the boxes of the page would send."""
    return re.findall(r'type="checkbox" name="orders" value="([^"]+)"', text)


async def test_a_handler_sees_the_departments_orders_with_place_kind_and_term(
    visitor: Visitor,
) -> None:
    orders = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)

    page = (await handler.go("/desk")).text

    assert all(number in page for number in orders)
    assert "都匀市小围寨街道" in page
    assert re.search(r"还剩 \d+ 个工作日", page)
    assert '待签收 <span class="pill">2</span>' in page


async def test_everything_ticked_is_signed_at_once(visitor: Visitor) -> None:
    orders = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    page = (await handler.go("/desk")).text

    await handler.press("/desk/signatures", orders=ticked(page))

    assert "已签收 2 件" in handler.text
    assert {await stage_of("work_order", number) for number in orders} == {"signed"}


async def test_signing_the_same_list_twice_says_what_was_left_out(visitor: Visitor) -> None:
    await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    boxes = ticked((await handler.go("/desk")).text)
    form = {**visitor.form("/desk/signatures"), "orders": boxes}
    await handler.client.post("/desk/signatures", data=form)

    again = await handler.client.post("/desk/signatures", data=form)

    assert again.headers["location"].endswith("signed=0&missed=2")


async def test_one_that_its_reader_withdrew_from_keeps_no_other_unsigned(visitor: Visitor) -> None:
    own, other = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    await handler.go(f"/desk/orders/{own}")
    await handler.press(f"/desk/orders/{own}/recusal", reason="与被反映单位负责人是亲属")
    await handler.go("/desk")

    await handler.press("/desk/signatures", orders=ticked(handler.text))

    assert "已签收 1 件" in handler.text
    assert (await stage_of("work_order", own), await stage_of("work_order", other)) == (
        "dispatched",
        "signed",
    )


async def test_another_departments_orders_are_not_there(visitor: Visitor) -> None:
    (number, _) = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department="522726.environment")

    assert number not in (await handler.go("/desk")).text
    assert (await handler.go(f"/desk/orders/{number}")).status_code == 404


async def test_the_rows_alone_are_sent_only_when_something_changed(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    (number, _) = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    page = (await handler.go("/desk?tab=to_sign")).text
    mark = re.findall(r'data-mark="([^"]+)"', page)[0].replace("&#34;", '"')
    path = "/desk/rows?tab=to_sign&page=1"

    same = await handler.client.get(path, headers={"if-none-match": mark})
    colleague = await seat(another(client), Role.HANDLER, department=DESK)
    await colleague.go(f"/desk/orders/{number}")
    await colleague.press(f"/desk/orders/{number}/signature")
    changed = await handler.client.get(path, headers={"if-none-match": mark})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert number not in changed.text


async def test_looking_for_a_number_opens_the_order_and_words_list_them(
    visitor: Visitor,
) -> None:
    (number, other) = await two_orders()
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    await handler.go("/desk")

    await handler.press("/desk/search", q=number.lower())
    assert visitor.path == f"/desk/orders/{number}"

    await handler.go("/desk")
    await handler.press("/desk/search", q="塑料加工厂")
    assert other in handler.text
    assert number not in handler.text


async def test_an_empty_tab_says_why_and_what_to_do(visitor: Visitor) -> None:
    handler = await seat(visitor, Role.HANDLER, department=DESK)

    assert "没有办理中的工单。先到“待签收”签收。" in (await handler.go("/desk?tab=in_work")).text
