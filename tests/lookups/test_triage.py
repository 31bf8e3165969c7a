"""The triage desk sees everything undecided with its cause, and what a report is like."""

from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotFound
from hotline.lookups.request import request as request_view
from hotline.lookups.search import search
from hotline.lookups.triage import queue
from hotline.records import Held, ServiceRequest, WorkOrder
from hotline.rules.terms import Role, Step
from hotline.steps.accept import Acceptance, accept
from hotline.steps.dispatch import dispatch
from hotline.steps.holders import Holders
from tests.steps.builders import NOW, ODOUR, decided
from tests.steps.desk import LATER, again, at, dispatched, handler_of, staff

TRIAGE = staff(Role.TRIAGE)
NO_PLACE = "有一家塑料厂天天排放刺鼻臭气，熏得人睡不着觉。"


async def test_a_report_nobody_could_place_waits_with_its_cause(db: Services) -> None:
    request = await decided(NO_PLACE)
    page = await queue(TRIAGE, LATER)
    (row,) = page.rows
    assert (row.what, row.number, row.cause) == ("request", request.number, "place.none")
    assert row.left is not None
    assert page.counts == {"request": 1, "order": 0}


async def test_an_order_without_an_owner_waits_beside_it(db: Services) -> None:
    order = await dispatched()
    await Held.filter(order_id=order.id).delete()
    await WorkOrder.filter(id=order.id).update(stage="opened", lead=None, kinds=[])
    (row,) = (await queue(TRIAGE, LATER)).rows
    assert (row.what, row.number, row.cause) == ("order", order.number, "route.none")


async def test_an_emergency_comes_first(db: Services) -> None:
    await decided(NO_PLACE)
    urgent = await decided("化工厂储罐氨气泄漏，已经有人中毒昏迷，地点在厂区后面。")
    assert urgent.stage == "triage"
    rows = (await queue(TRIAGE, LATER)).rows
    assert rows[0].number == urgent.number
    assert rows[0].emergency


async def test_another_jurisdictions_desk_sees_nothing_of_it(db: Services) -> None:
    request = await decided(NO_PLACE)
    await ServiceRequest.filter(id=request.id).update(jurisdiction="520000")
    assert (await queue(TRIAGE, LATER)).rows == ()
    province = staff(Role.TRIAGE, jurisdiction="520000")
    assert len((await queue(province, LATER)).rows) == 1


async def test_the_page_of_a_report_offers_what_a_person_may_decide(db: Services) -> None:
    request = await decided(NO_PLACE)
    view = await request_view(TRIAGE, request.number, LATER)
    assert view.steps == (
        Step.ACCEPT,
        Step.REFUSE,
        Step.FORWARD,
        Step.ANSWER_ON_SPOT,
        Step.WITHDRAW,
        Step.JOIN,
    )
    assert (view.cause, view.order) == ("place.none", "")
    assert "unclear" in {reason.code for reason in view.reasons}
    assert [line.step for line in view.history] == [Step.REGISTER, Step.TRIAGE]
    assert {term.scheme for term in view.terms} == {"notice"}


async def test_a_suggested_matter_stands_beside_the_report_with_reasons(db: Services) -> None:
    await decided(ODOUR)
    alike = await decided(f"{ODOUR}今天晚上又排放了，味道比上次还大，请尽快处理。")
    assert alike.triage_cause == "alike.suggested"
    view = await request_view(TRIAGE, alike.number, NOW + timedelta(days=1))
    order = await WorkOrder.get()
    assert view.suggestions[0].order == order.number
    assert view.suggestions[0].reasons


async def test_a_handler_sees_the_reports_of_the_own_orders_alone(db: Services) -> None:
    request = await decided(ODOUR)
    order = await WorkOrder.get()
    view = await request_view(handler_of(order), request.number, LATER)
    assert (view.order, view.steps) == (order.number, ())
    with pytest.raises(NotFound):
        await request_view(staff(Role.HANDLER, department="522700.water"), request.number, LATER)


async def test_what_is_about_an_office_is_handed_on_by_a_person_alone(db: Services) -> None:
    told = f"{ODOUR}县环保局不作为，还替老板通风报信。"
    request = await decided(told)
    assert (request.stage, request.triage_cause) == ("triage", "office.accused")

    choice = Acceptance("522701", None, ("air.odour",))
    await accept(at(request), choice, by=TRIAGE, now=LATER)

    order = await WorkOrder.get()
    assert (order.stage, order.lead) == ("opened", None)
    (waits,) = (await queue(TRIAGE, LATER)).rows
    assert (waits.number, waits.cause) == (order.number, "office.accused")
    assert (await search(staff(Role.HANDLER, department="522701.environment"), "塑料厂")).hits == ()
    await dispatch(at(order), Holders("522700.environment"), by=TRIAGE, now=LATER)
    assert (await again(order)).lead == "522700.environment"


async def test_an_emergency_waits_for_nobody(db: Services) -> None:
    request = await decided("都匀市小围寨街道化工厂爆炸起火，有人中毒，环保局不作为！")
    assert request.emergency
    assert request.triage_cause != "office.accused"


async def test_what_is_about_a_department_without_a_superior_says_so_in_the_list(
    db: Services,
) -> None:
    told = (
        "都匀市小围寨街道，都匀市人民政府的工地每天往剑江里倾倒渣土；州水务局的泵站每天也倒垃圾。"
    )
    order = await dispatched(text=told)
    await Held.filter(order_id=order.id).delete()
    kinds = ["water.river"]
    await WorkOrder.filter(id=order.id).update(stage="opened", lead=None, kinds=kinds)
    rows = (await queue(TRIAGE, LATER)).rows
    assert [(row.number, row.cause) for row in rows] == [(order.number, "office.accused")]
