"""One order on its page: masked words, texts, terms, history, and what may be done now."""

import dataclasses

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.nearby import nearby
from hotline.lookups.order import order as order_view
from hotline.rules.terms import Finding, OrderStage, Role, Secrecy, Step, TextKind
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.find import Conclusion, find
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.rule import Ruling, rule
from hotline.steps.sign import sign
from hotline.steps.supplement import supplement
from tests.steps.builders import ODOUR, caller, decided
from tests.steps.desk import (
    LATER,
    TENANT,
    TEXTS,
    at,
    dispatched,
    handler_of,
    order_of,
    reporter,
    staff,
    until,
)

PHONE = "13900000011"  # made up（虚构）


async def test_the_page_of_an_order_tells_what_the_desk_needs(db: Services) -> None:
    request = await decided(
        f"{ODOUR}联系电话{PHONE}", contact=caller(PHONE), secrecy=Secrecy.REAL_NAME
    )
    order = await order_of(request)
    view = await order_view(handler_of(order), order.number, LATER)
    assert (view.number, view.version, view.stage) == (
        order.number,
        order.version,
        OrderStage.DISPATCHED,
    )
    assert view.lead is not None
    assert view.lead.code == order.lead
    assert {term.scheme for term in view.terms} == {"handling", "objection"}
    assert view.left is not None
    assert view.left.due_at == next(t.left.due_at for t in view.terms if t.scheme == "handling")
    (report,) = view.reports
    assert (report.number, report.reachable) == (request.number, True)
    assert "臭气" in report.text


async def test_nothing_on_the_page_tells_who_reported(db: Services) -> None:
    request = await decided(
        f"{ODOUR}联系电话{PHONE}，我叫陈小明", contact=caller(PHONE), secrecy=Secrecy.REAL_NAME
    )
    more = f"补充：门卫也看见了，打{PHONE}问我"
    await supplement(at(request), more, by=reporter(request), now=LATER)
    order = await order_of(request)
    view = await order_view(handler_of(order), order.number, LATER)
    shown = str(dataclasses.asdict(view))
    assert "补充：门卫也看见了" in shown
    for secret in (PHONE, "陈小明", "陈某某"):
        assert secret not in shown


async def test_another_departments_handler_does_not_find_the_order(db: Services) -> None:
    order = await dispatched()
    with pytest.raises(NotFound):
        await order_view(staff(Role.HANDLER, department="522700.water"), order.number, LATER)
    with pytest.raises(NotFound):
        await order_view(staff(Role.HANDLER), order.number, LATER)


async def test_an_order_that_was_given_away_is_not_named_beside_another(db: Services) -> None:
    beside = await dispatched(text="都匀市平浪镇有养猪场（虚构）粪水直排，臭气熏天。")
    order = await dispatched()
    by = handler_of(beside)
    await rows("UPDATE service_request SET county = '522701', township = '522701008'")
    await rows("UPDATE work_order SET county = '522701', township = '522701008'")
    view = await order_view(by, beside.number, LATER)
    assert [one.number for one in await nearby(by, view, LATER)] == [order.number]
    await object_to(at(order), Objection("不属于我单位职责"), by=handler_of(order), now=LATER)
    ruling = Ruling("改由水务部门办理", Holders(f"{order.county}.water"))
    await rule(at(order), ruling, by=staff(Role.SUPERVISOR), now=LATER)
    assert await nearby(by, view, LATER) == []


async def test_the_buttons_follow_stage_role_and_department(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    assert (await order_view(by, order.number, LATER)).steps == (Step.SIGN, Step.OBJECT)
    await sign(at(order), by=by, now=LATER)
    assert (await order_view(by, order.number, LATER)).steps == (
        Step.FIND,
        Step.WRITE,
        Step.EVIDENCE,
        Step.SUBMIT,
    )
    supervisor = staff(Role.SUPERVISOR)
    view = await order_view(supervisor, order.number, LATER)
    assert view.steps == (Step.MERGE, Step.CORRECT, Step.FORWARD, Step.CHECK)


async def test_the_writer_has_no_button_to_approve(db: Services) -> None:
    order = await dispatched()
    both = staff(Role.HANDLER, Role.REVIEWER, department=order.lead or "")
    await until(Step.SUBMIT, order)
    other = staff(Role.REVIEWER)
    assert Step.ANSWER in (await order_view(other, order.number, LATER)).steps
    view = await order_view(other, order.number, LATER)
    writer = dataclasses.replace(both, id=view.texts[TextKind.REPLY].writer_id)
    assert (await order_view(writer, order.number, LATER)).steps == (Step.SEND_BACK, Step.CHECK)


async def test_the_newest_version_of_each_text_is_shown(db: Services) -> None:
    order = await until(Step.ANSWER, await dispatched())
    view = await order_view(staff(Role.REVIEWER), order.number, LATER)
    assert {kind: text.text for kind, text in view.texts.items()} == TEXTS
    assert all(text.approved_at == LATER for text in view.texts.values())


async def test_the_history_names_steps_departments_and_reasons(db: Services) -> None:
    order = await dispatched()
    by = handler_of(order)
    await sign(at(order), by=by, now=LATER)
    await find(at(order), Conclusion(Finding.PARTLY, remark="现场未见排放痕迹"), by=by, now=LATER)
    view = await order_view(by, order.number, LATER)
    steps = [line.step for line in view.history]
    assert steps[0] == Step.REGISTER
    assert steps[-3:] == [Step.DISPATCH, Step.SIGN, Step.FIND]
    handed, _, found = view.history[-3:]
    assert view.lead is not None
    assert handed.facts["lead"] == view.lead.name
    assert found.facts == {"finding": "partly", "remark": "现场未见排放痕迹"}
    assert found.department == view.lead.name


async def test_what_is_public_of_it_stands_on_the_page(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    assert Step.DISCLOSE in (await order_view(by, order.number, LATER)).steps
    words = Proposal("一家塑料企业异味问题", "废气收集设施破损。", "已修复并通过复查。")
    number = await propose(at(order), words, by=by, now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=LATER)
    view = await order_view(by, order.number, LATER)
    assert [(one.number, one.stage) for one in view.publications] == [(number, "published")]
    assert Step.DISCLOSE not in view.steps
