"""公开期限 at the desk: what is due, what is not published, what was public on a day."""

from datetime import UTC, datetime

import httpx

from hotline.rules.terms import Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.retract import retract
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, staff, until
from tests.support.sitting import another, seat

TOLD = Proposal("某企业异味问题", "收集设施有破损。", "已修复，复查时异味消除。")


async def test_what_is_due_is_listed_and_not_publishing_it_needs_a_reason(
    client: httpx.AsyncClient,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    publisher = await seat(another(client), Role.PUBLISHER)
    await publisher.go("/publish")
    assert "应当公开" in publisher.text
    path = f"/publish/orders/{order.number}/withholding"
    await publisher.press(path, reason="")
    assert "请写明理由" in publisher.text
    await publisher.press(path, reason="涉及商业秘密，权利人不同意公开")
    assert "已记录不予公开的理由" in publisher.text
    assert path not in publisher.text


async def test_a_day_tells_what_was_public_and_the_public_learns_why_it_is_gone(
    client: httpx.AsyncClient,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), TOLD, by=handler_of(order), now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=LATER)
    await retract(
        TENANT,
        number,
        "处罚决定已被撤销",
        by=staff(Role.PUBLISHER),
        now=datetime(2099, 1, 1, tzinfo=UTC),
    )
    gone = await client.get(f"/public/cases/{number}")
    assert gone.status_code == 410
    assert "处罚决定已被撤销" in gone.text
    assert TOLD.measure not in gone.text

    asked = await client.get(f"/public/cases/{number}?on={LATER.date()}")
    assert asked.headers["location"] == f"/publish/{number}?on={LATER.date()}"
    publisher = await seat(another(client), Role.PUBLISHER)
    assert TOLD.measure in (await publisher.go(asked.headers["location"])).text
    assert TOLD.measure not in (await publisher.go(f"/publish/{number}?on=2099-01-01")).text
    assert "处罚决定已被撤销" in publisher.text
