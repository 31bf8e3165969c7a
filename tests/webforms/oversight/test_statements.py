"""What a page of the desks asks of the database: few statements, however full it is."""

from hotline.commands.benchmark.statements import overheard
from hotline.rules.terms import Role
from hotline.settings import settings
from tests.support.sitting import DESK, SMOKE, arrived, order_number, seat
from tests.support.visitor import Visitor

MOST = 10


async def test_no_page_of_the_desks_asks_more_than_ten_things(visitor: Visitor) -> None:
    number = await order_number(await arrived(SMOKE))
    desk = await seat(visitor, Role.HANDLER, Role.SUPERVISOR, department=DESK)
    asked: dict[str, list[str]] = {}
    for path in (
        "/desk",
        "/desk/rows?tab=to_sign",
        f"/desk/orders/{number}",
        "/board",
        "/board?by=county",
        "/board/orders?what=living",
        "/assessment",
        "/assessment/orders",
        "/desk?kind=air",
    ):
        await desk.go(path)
        async with overheard(settings().pool) as said:
            await desk.go(path)
        asked[path] = [" ".join(one.split())[:90] for one in said]
    assert {path: said for path, said in asked.items() if not 2 <= len(said) <= MOST} == {}
