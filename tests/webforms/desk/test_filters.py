"""Views of the queue by name; orders beside an order; who else has it open."""

import httpx

from hotline.rules.terms import Role
from tests.support.sitting import DESK, SMOKE, another, arrived, order_number, seat
from tests.support.visitor import Visitor

RIVER = "都匀市广惠街道某洗车场（虚构）污水直排剑江，河水发黑。"
SMOKE_AGAIN = "都匀市小围寨街道某木材加工厂（虚构）昼夜机器轰鸣，工业噪声很大，无法休息。"


async def test_the_queue_is_narrowed_and_the_view_kept_by_name(visitor: Visitor) -> None:
    smoke, river = [await order_number(await arrived(text)) for text in (SMOKE, RIVER)]
    desk = await seat(visitor, Role.HANDLER, department=DESK)

    narrowed = (await desk.go("/desk?tab=to_sign&kind=air")).text
    assert smoke in narrowed
    assert river not in narrowed
    assert 'data-live="/desk/rows?tab=to_sign&amp;page=1&amp;kind=air"' in narrowed
    await desk.press("/desk/filters", name="大气")
    assert '<a class="tag" href="/desk?kind=air">大气</a>' in desk.text
    await desk.press("/desk/filters/removal")
    assert "大气</a>" not in desk.text

    await desk.go("/desk?tab=to_sign&kind=air")
    await desk.press("/desk/filters", name=" ")
    assert "请写一个名称" in desk.text


async def test_an_order_shows_its_neighbours_and_who_else_has_it_open(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    smoke, beside, far = [
        await order_number(await arrived(text)) for text in (SMOKE, SMOKE_AGAIN, RIVER)
    ]
    desk = await seat(visitor, Role.HANDLER, department=DESK)
    page = (await desk.go(f"/desk/orders/{smoke}")).text
    assert "附近和同源工单" in page
    assert beside in page
    assert far not in page
    assert "正在查看本工单" not in page

    colleague = await seat(another(client), Role.SUPERVISOR)
    assert (
        f"正在查看本工单：某{desk.login[-4:]}" in (await colleague.go(f"/desk/orders/{smoke}")).text
    )
    path = f"/desk/orders/{smoke}/lookers"
    told = await desk.client.get(path)
    assert f"某{colleague.login[-4:]}" in told.text
    mark = {"if-none-match": told.headers["etag"]}
    assert (await desk.client.get(path, headers=mark)).status_code == 304
    stranger = await seat(another(client), Role.HANDLER, department="522726.environment")
    assert (await stranger.client.get(path)).status_code == 404
