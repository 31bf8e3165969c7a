"""站内通知, 值班: departments are told at their desk; an emergency finds somebody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from hotline.commands.launch.services import in_environment
from hotline.database import row, rows
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Role
from notifications.channels import sms
from notifications.gateways import gateways
from tests.notifications.gateway import Provider, provider
from tests.notifications.test_sms import PROFILE
from tests.support.sitting import CALLER, DESK, Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from workers.delivery import drain_all
from workers.duty import call_all

URGENT = "都匀市小围寨街道某化工厂（虚构）爆炸起火，有人中毒，浓烟刺鼻，请立即处置。"


@pytest.fixture
def by_phone(tmp_path: Path) -> Iterator[Provider]:
    path = tmp_path / "gateways.toml"
    with provider() as one:
        path.write_text(PROFILE.format(name="g0", url=one.url, more=""), "utf-8")
        gateways.cache_clear()
        sms.health.known.clear()
        night = {"SMS_GATEWAYS": str(path), "QUIET_HOURS": "0-23"}
        with in_environment(night):
            yield one


async def test_a_department_is_told_at_its_desk_and_reads_it_once(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    number = await order_number(await arrived())
    await drain_all()
    told = await row("SELECT state, route FROM message WHERE recipient = 'department'")
    assert told
    assert (told["state"], told["route"]) == ("sent", "notice")
    count = await handler.client.get("/notices/count")
    mark = {"if-none-match": count.headers["etag"]}
    assert count.text == "1"
    assert (await handler.client.get("/notices/count", headers=mark)).status_code == 304

    await handler.go("/notices")
    assert f"新工单 {number}" in handler.text
    assert CALLER.name not in handler.text
    assert CALLER.phone not in handler.text
    await handler.press("/notices/reading", order=number)
    assert handler.visitor.path == f"/desk/orders/{number}"
    assert (await handler.client.get("/notices/count")).text == "0"
    other = await seat(another(client), Role.HANDLER, department="522701.water")
    await other.go("/notices")
    assert number not in other.text


async def on_duty(at: Sitting, login: str, rank: int, phone: str) -> None:
    now = datetime.now(SHANGHAI)
    times = [f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M}" for hours in (-1, 8)]
    await at.go("/duty")
    given = {"login": login, "rank": rank, "phone": phone, "jurisdiction": "522700"}
    await at.press("/duty", **given, **{"from": times[0], "to": times[1]})
    assert "已安排" in at.text


async def test_an_emergency_calls_rank_by_rank_by_night_too_until_somebody_has_it(
    client: httpx.AsyncClient, visitor: Visitor, by_phone: Provider
) -> None:
    chief = await seat(visitor, Role.SUPERVISOR)
    first, second = [await seat(another(client), Role.AGENT) for _ in range(2)]
    await on_duty(chief, first.login, 1, "13800000001")
    await on_duty(chief, second.login, 2, "13800000002")
    assert "138****0001" in chief.text
    assert "13800000001" not in str(await rows("SELECT w::text FROM duty_watch w"))

    number = await order_number(await arrived(URGENT))
    assert (await call_all(), await call_all()) == (1, 0)
    await drain_all()
    assert [one["mobile"] for one in by_phone.taken] == ["13800000001"]
    assert number in by_phone.taken[0]["content"]
    assert "化工厂" not in by_phone.taken[0]["content"]
    await rows("UPDATE duty_alarm SET next_at = raised_at")
    await call_all()
    await drain_all()
    assert by_phone.taken[-1]["mobile"] == "13800000002"

    await second.go("/notices")
    await second.press(f"/notices/orders/{number}/acknowledgement")
    assert "已确认" in second.text
    await rows("UPDATE duty_alarm SET next_at = raised_at WHERE acknowledged_at IS NULL")
    assert await call_all() == 0
    await first.go("/notices")
    assert "我来处理" not in first.text
    steps = await rows("SELECT step FROM event WHERE step IN ('watch', 'acknowledge') ORDER BY at")
    assert [one["step"] for one in steps] == ["watch", "watch", "acknowledge"]


async def test_with_nobody_on_duty_the_supervisors_are_told_and_others_cannot_confirm(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    chief = await seat(visitor, Role.SUPERVISOR)
    agent = await seat(another(client), Role.AGENT)
    number = await order_number(await arrived(URGENT))
    await call_all()
    await chief.go("/notices")
    assert f"紧急工单 {number} 待确认" in chief.text
    token = {"_token": (await agent.go("/notices")) and agent.visitor.form("/sign-out")["_token"]}
    path = f"/notices/orders/{number}/acknowledgement"
    assert (await agent.client.post(path, data=token)).status_code == 403
    await chief.press(path)
    assert "已确认" in chief.text
