"""监督员证: a reporter shows a card afterwards; the desk sees the role, nobody the number."""

import asyncio

import httpx
import pytest

from hotline.database import row, rows
from hotline.rules.terms import Role
from hotline.steps.prove_card import TRIES
from tests.support.machine import REPORTS, Machine, new_machine
from tests.support.sitting import DESK, another, seat
from tests.support.visitor import Visitor
from tests.webforms.agent.test_call import CALL, a_call
from tests.webforms.citizen.telling import NAMED, tell_all
from tests.webforms.citizen.test_progress import answered, decided
from tests.webforms.desk.walk import at

NUMBER = "QN-2026-0001"
WRONG = "QN-2026-0002"
MANY = TRIES.most + 5


async def issued(client: httpx.AsyncClient) -> None:
    admin = await seat(another(client), Role.ADMIN)
    await admin.go("/cards")
    await admin.press("/cards", kind="grid", number=NUMBER, first="2026-01-01")


async def roles_kept() -> list[str | None]:
    """Of every report; and the number stands nowhere that can be read."""
    said = "SELECT count(*) AS n FROM event_detail WHERE detail::text LIKE $1"
    kept = await row(said, f"%{NUMBER}%")
    assert kept == {"n": 0}
    return [one["card"] for one in await rows("SELECT card FROM service_request ORDER BY number")]


async def test_the_first_form_takes_a_good_card_and_no_other(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await issued(client)
    await tell_all(visitor, **NAMED, card=NUMBER.lower())
    await visitor.go("/report/you")
    await visitor.send("/report/you", **NAMED, card=WRONG)
    assert visitor.problems == {"card": "没有这个证号，或来件当天不在有效期内。"}
    await visitor.send("/report/you", **NAMED, card=NUMBER)
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt"
    assert await roles_kept() == ["grid"]


@pytest.mark.usefixtures("counting")
async def test_nobody_guesses_numbers_on_the_first_form(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    """The count is one with the progress page's; past it a good number is not told from a bad."""
    await issued(client)
    await tell_all(visitor)
    await visitor.go("/report/you")
    for _ in range(TRIES.most):
        await visitor.send("/report/you", **NAMED, card=WRONG)
    await visitor.send("/report/you", **NAMED, card=NUMBER)
    assert visitor.problems["card"].startswith("核对证号次数过多")


async def test_a_caller_says_the_number_to_the_agent(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await issued(client)
    agent, path = await a_call(visitor)
    await agent.press(path, **CALL, card=WRONG, act="save")
    assert "card" in visitor.problems
    await agent.press(path, **CALL, card=NUMBER, act="save")
    assert "已核对证号" in agent.text
    assert await roles_kept() == ["grid"]


@pytest.mark.usefixtures("counting")
async def test_a_partner_proves_the_card_of_its_own_report_and_cannot_guess(
    client: httpx.AsyncClient, machine: Machine
) -> None:
    await issued(client)
    number = await machine.register()
    at_once = (machine.post(f"{REPORTS}/{number}/card", {"card": WRONG}) for _ in range(MANY))
    refused = sorted([one.status_code for one in await asyncio.gather(*at_once)])
    assert refused == [422] * TRIES.most + [429] * (MANY - TRIES.most)
    late = await machine.post(f"{REPORTS}/{number}/card", {"card": NUMBER})
    assert late.status_code == 429
    other = await new_machine(client, "grid-app")
    own = await other.register()
    assert (await other.post(f"{REPORTS}/{number}/card", {"card": NUMBER})).status_code == 404
    assert (await other.post(f"{REPORTS}/{own}/card", {"card": NUMBER})).status_code == 200
    assert sorted(map(str, await roles_kept())) == ["None", "grid"]


async def test_a_card_that_was_good_that_day_proves_the_role_and_is_not_kept(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report, code = await decided(visitor)
    admin = await seat(another(client), Role.ADMIN)
    await admin.go("/cards")
    assert (await admin.press("/cards", number=NUMBER)).status_code == 422
    await admin.press("/cards", kind="monitor", number=NUMBER, first="2026-01-01")
    assert NUMBER in admin.text

    await visitor.go("/progress")
    await visitor.send("/progress", number=report, code=code)
    await visitor.send("/progress/card", card="QN-2026-0002")
    assert visitor.page is not None
    assert "没有这个证号" in visitor.page.text
    await visitor.send("/progress/card", card=NUMBER.lower())
    assert "身份：生态环境监督员" in visitor.page.text
    held = await rows(
        "SELECT detail::text AS said FROM event_detail WHERE detail::text LIKE $1", f"%{NUMBER}%"
    )
    assert held == []

    await answered(report)
    number = await row("SELECT number FROM work_order")
    assert number
    chief = await seat(another(client), Role.SUPERVISOR)
    await chief.go(at(number["number"]))
    assert "生态环境监督员" in chief.text
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    await handler.go(at(number["number"]))
    assert report in handler.text
    assert "监督员" not in handler.text  # whom it is about could count them
    await admin.go("/cards")
    await admin.press(f"/cards/{NUMBER}/removal")
    assert "已注销" in admin.text
