"""来件潮: slowed, never lost; nobody else waits. Every person and number is made up（虚构）."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import Attempt, ServiceRequest
from hotline.rules import work
from hotline.rules.report import Contact
from hotline.rules.terms import Role
from hotline.rules.work import is_proved
from hotline.steps import flood
from hotline.steps.flood import LIMITS, Sender
from hotline.steps.mark_nuisance import LEAST
from tests.support.sitting import CALLER, TENANT, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.agent.test_call import a_call
from tests.webforms.citizen.telling import NAMED, sent, tell_all

PHONE = NAMED["phone"]
pytestmark = pytest.mark.usefixtures("counting")
SLOWED = {"secrecy": "confidential", "phone": PHONE, "wants_reply": "yes"}
OTHER = {"secrecy": "confidential", "phone": "13900000044", "wants_reply": "yes"}


async def in_flood() -> None:
    """More than an hour's reports from one telephone, of addresses and words of their own."""
    now = datetime.now(UTC)
    for number in range(LIMITS["phone"].most + 1):
        flood.sent(
            Sender(TENANT, f"203.0.113.{number}", PHONE, f"第{number}件，各不相同（虚构）"), now
        )
    await flood.count_now(now)


async def test_a_flood_waits_its_turn_and_others_do_not(
    db: Services, visitor: Visitor, client: httpx.AsyncClient
) -> None:
    await in_flood()
    flood.forget()  # the process was restarted; what was counted stands
    flood.sent(Sender(TENANT, "203.0.113.9", PHONE, "再来一件（虚构）"), datetime.now(UTC))
    await flood.count_now(datetime.now(UTC))

    await tell_all(visitor, **SLOWED)
    page = await visitor.post("/report/submission")
    assert page.status_code == 429
    assert page.text.index("您填写的内容已经保存") < page.text.index("云宫花城")  # not below it all
    assert 1 <= int(page.headers["retry-after"]) <= 11
    assert await ServiceRequest.all().count() == 0
    await sent(another(client), **OTHER)
    assert await ServiceRequest.all().count() == 1


async def test_without_scripts_a_report_goes_in_its_turn(
    db: Services, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await in_flood()
    monkeypatch.setattr(flood, "GAP", timedelta())
    await tell_all(visitor, **SLOWED)
    visitor.page = await visitor.post("/report/submission")
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt"


async def test_a_sum_lets_a_report_go_at_once(
    db: Services, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await in_flood()
    monkeypatch.setattr(work, "BITS", 8)  # the same sum, a smaller one
    await tell_all(visitor, **SLOWED)
    page = visitor.page = await visitor.post("/report/submission")
    challenge, bits = page.text.partition('data-work="')[2].partition('"')[0].split()
    answer = next(str(n) for n in range(10**6) if is_proved(challenge, str(n), int(bits)))
    assert (await visitor.post("/report/submission", work="0")).status_code == 429
    await visitor.send("/report/submission", work=answer)
    assert visitor.path == "/report/receipt"


async def test_a_field_nobody_sees_slows_whoever_fills_it(db: Services, visitor: Visitor) -> None:
    await tell_all(visitor, **OTHER)
    page = visitor.page = await visitor.post("/report/submission", website="https://example.org")
    assert page.status_code == 429
    await visitor.send("/report/submission")  # a person whose browser filled it in just goes on
    assert visitor.path == "/report/receipt"


async def test_nothing_kept_tells_who_was_counted(db: Services) -> None:
    await in_flood()
    held = {bytes(one.bucket) for one in await Attempt.all()}
    assert len(held) == 2 * LIMITS["phone"].most + 3
    assert not any(PHONE.encode() in one for one in held)


async def test_a_nuisance_is_found_by_two_and_only_waits(
    db: Services, visitor: Visitor, client: httpx.AsyncClient
) -> None:
    first, second = [await seat(another(client), Role.SUPERVISOR) for _ in range(2)]
    numbers = [await arrived(f"第{n}次反映同一件事（虚构）。") for n in range(LEAST)]
    await first.go("/nuisance")
    early = await first.press("/nuisance", number=await lone(), reason="反复辱骂话务员（虚构）")
    assert early.status_code == 422  # a first report is never enough
    elsewhere, unknown = await lone(), "QN0000000000000"
    await rows("UPDATE service_request SET jurisdiction = '520000' WHERE number = $1", elsewhere)
    for number in (elsewhere, unknown):  # one answer, whether it is another place's or nobody's
        told = await first.press("/nuisance", number=number, reason="反复辱骂话务员（虚构）")
        assert (told.status_code, "没有找到这个编号的来件" in told.text) == (422, True)
    await first.press("/nuisance", number=numbers[0], reason="反复辱骂话务员（虚构）")
    assert "/confirmation" not in first.text
    await second.go("/nuisance")
    path = second.text.partition('action="/nuisance/')[2].partition('"')[0]
    await second.press(f"/nuisance/{path}")
    await flood.look_for_nuisances(datetime.now(UTC))

    mark, number = "来件人已认定滋扰", await order_number(await arrived())
    for page in (f"/triage/reports/{numbers[0]}", f"/desk/orders/{number}"):
        await first.go(page)
        assert mark in first.text, page
    agent, path = await a_call(another(client))
    data = agent.visitor.form(path)
    for phone in (CALLER.phone, "13900000044"):  # whoever types a number does not learn of whom
        said = await agent.client.post(f"{path}/history", data={**data, "phone": phone})
        assert mark not in said.text

    told = {**SLOWED, "phone": CALLER.phone}
    await tell_all(visitor, **told)
    assert (await visitor.post("/report/submission")).status_code == 429
    await sent(another(client), **OTHER)


async def lone() -> str:
    return await arrived("第一次反映（虚构）。", contact=Contact(phone="13900000055"))
