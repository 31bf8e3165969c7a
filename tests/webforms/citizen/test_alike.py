"""附近已有人反映?: only what may be seen is offered; "add mine" is a word beside the report."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from hotline.database import row
from hotline.rules.chosen import CHOSEN
from hotline.rules.report import Contact
from hotline.rules.terms import Role, Step
from hotline.steps.decide import decide
from hotline.steps.disclose import Proposal, approve, propose
from tests.steps.builders import ODOUR
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, staff, until
from tests.support.sitting import another, arrived, order_number
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import COUNTY, NAMED, TOLD, receipt_of, tell_where
from webforms.citizen import alike

SMELL = "云宫花城小区（虚构）附近的塑料厂每天夜里排放刺鼻气味，窗户不敢开，老人小孩头晕。"
TOO = "云宫花城小区（虚构）旁边的塑料厂夜里又排放刺鼻气味，窗户都不敢开，老人和小孩头晕"
REWRITTEN = Proposal("某企业异味问题", "附近一家企业气味难闻。", "收集设施有破损，已修复。")
AIR = {"kinds": ["air"], "wish": "report"}


async def reported(times: int) -> str:
    """So many people have reported one matter; its order."""
    contacts = [Contact(name="某", phone=f"1390000{n:04}") for n in range(times)]
    numbers = [
        await arrived(SMELL, county=COUNTY, kinds=("air.odour",), contact=one) for one in contacts
    ]
    (order,) = {await order_number(number) for number in numbers}
    return order


async def told(visitor: Visitor, text: str = TOO) -> None:
    """As far as the story."""
    await tell_where(visitor)
    await visitor.send("/report/what", **AIR)
    await visitor.send("/report/story", **{**TOLD, "text": text})


async def rest(visitor: Visitor) -> None:
    await visitor.send("/report/photos", act="next")
    await visitor.send("/report/you", **NAMED)
    assert visitor.path == "/report/check", visitor.problems


def references(visitor: Visitor) -> list[str]:
    assert visitor.page is not None
    found = visitor.page.text.split('name="same_as" value="')[1:]
    return [value for one in found if (value := one.partition('"')[0])]


async def test_nothing_alike_skips_the_page(visitor: Visitor) -> None:
    await told(visitor)
    assert visitor.path == "/report/photos"
    await visitor.go("/report/alike")
    assert visitor.path == "/report/photos"


async def test_what_three_have_reported_is_offered_by_kind_township_and_month_alone(
    visitor: Visitor,
) -> None:
    order = await reported(3)
    await told(visitor)

    assert visitor.path == "/report/alike"
    assert visitor.page is not None
    page = visitor.page.text
    assert "恶臭/异味" in page
    assert "都匀市" in page
    (reference,) = references(visitor)
    found = await row("SELECT id::text, title FROM work_order")
    assert found is not None
    for hidden in (order, found["id"], found["title"], "塑料厂", "云宫花城"):
        assert hidden not in page
        assert hidden not in reference


async def test_the_reference_is_another_one_in_every_draft(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await reported(3)
    other = another(client)
    await told(visitor)
    await told(other)
    assert set(references(visitor)).isdisjoint(references(other))


@pytest.mark.parametrize("people", [0, 1, 2])
async def test_fewer_reporters_look_like_none_and_take_as_long(
    visitor: Visitor, people: int
) -> None:
    if people:
        await reported(people)
    await tell_where(visitor)
    await visitor.send("/report/what", **AIR)
    began = time.monotonic()
    answer = await visitor.post("/report/story", **{**TOLD, "text": TOO})
    assert time.monotonic() - began >= alike.TAKES
    assert answer.headers["location"] == "/report/photos"
    assert answer.content == b""


async def test_one_person_who_reports_again_and_again_makes_nothing_visible(
    visitor: Visitor,
) -> None:
    for _ in range(4):
        await arrived(SMELL, county=COUNTY, kinds=("air.odour",))
    for _ in range(2):
        await arrived(SMELL, county=COUNTY, kinds=("air.odour",), contact=Contact())
    assert await row("SELECT report_count FROM work_order") == {"report_count": 6}
    await told(visitor)
    assert visitor.path == "/report/photos"


@pytest.mark.usefixtures("counting")
async def test_whoever_guesses_on_is_shown_no_more(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "OF_A_REPORT", replace(alike.OF_A_REPORT, most=1))
    await reported(3)
    await told(visitor)
    assert visitor.path == "/report/alike"
    await visitor.go("/report/story")
    await visitor.send("/report/story", **{**TOLD, "text": TOO})
    assert visitor.path == "/report/photos"


async def test_add_mine_joins_and_still_gives_a_number_and_a_code(visitor: Visitor) -> None:
    order = await reported(3)
    await told(visitor)
    await visitor.send("/report/alike", same_as=references(visitor)[0])
    assert visitor.path == "/report/photos"
    await rest(visitor)
    assert visitor.page is not None
    assert "与已有人反映的是同一件" in visitor.page.text
    await visitor.send("/report/submission")

    number, code = receipt_of(visitor)
    assert len(code) == 16
    await _decide(number)
    assert await order_number(number) == order
    member = await row("SELECT reasons FROM membership ORDER BY id DESC LIMIT 1")
    assert member is not None
    assert CHOSEN in member["reasons"]


async def test_mine_is_new_says_nothing_to_the_service(visitor: Visitor) -> None:
    await reported(3)
    await told(visitor)
    await visitor.send("/report/alike", same_as="")
    await rest(visitor)
    assert visitor.page is not None
    assert "新问题" in visitor.page.text
    await visitor.send("/report/submission")

    number, _ = receipt_of(visitor)
    assert await _decide(number) == "alike.suggested"


async def test_a_public_matter_goes_by_its_publication_number_and_takes_none_when_closed(
    visitor: Visitor,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    publication = await propose(at(order), REWRITTEN, by=handler_of(order), now=LATER)
    await approve(TENANT, publication, by=staff(Role.PUBLISHER), now=LATER)
    await told(visitor, ODOUR)

    assert references(visitor) == [publication]
    assert visitor.page is not None
    assert f"/public/cases/{publication}" in visitor.page.text
    await visitor.send("/report/alike", same_as=publication)
    await rest(visitor)
    await visitor.send("/report/submission")
    assert await _decide(receipt_of(visitor)[0]) == "alike.chosen"


async def test_what_was_not_offered_is_not_taken(visitor: Visitor) -> None:
    order = await reported(3)
    await told(visitor)

    answer = await visitor.post("/report/alike", same_as=order)

    assert answer.status_code == 422
    await visitor.go("/report/check")
    await visitor.go("/report/alike")
    assert len(references(visitor)) == 1


async def test_another_text_asks_again(visitor: Visitor) -> None:
    await reported(3)
    await told(visitor)
    await visitor.send("/report/alike", same_as=references(visitor)[0])
    await rest(visitor)

    await visitor.go("/report/story")
    await visitor.send("/report/story", **{**TOLD, "text": "河里有死鱼，水面有油花（虚构）"})
    await visitor.go("/report/check")

    assert visitor.page is not None
    assert "同一件" not in visitor.page.text


async def _decide(number: str) -> Any:
    """As the worker does; why a person must look, if so."""
    found = await row("SELECT id, tenant_id FROM service_request WHERE number = $1", number)
    assert found is not None
    await decide(found["tenant_id"], found["id"], datetime.now(UTC))
    after = await row("SELECT triage_cause FROM service_request WHERE number = $1", number)
    return after and after["triage_cause"]
