"""更正: place or kind put right, routed once, what stood before in the history. Made up（虚构）."""

import asyncio
from dataclasses import replace

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows, transaction
from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.lookups.desk import Tab, queue
from hotline.lookups.history_check import check_history
from hotline.lookups.order import order as order_view
from hotline.policy.store import packs
from hotline.records import Clock, Held, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.recusal import OFFICE_ACCUSED
from hotline.rules.terms import Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.correct import Correction, correct
from hotline.steps.dispatch import dispatch
from hotline.steps.holders import Holders
from hotline.steps.join import Joining, join
from hotline.steps.object import Objection, object_to
from hotline.steps.passed_on import pass_on
from hotline.steps.rule import Ruling, rule
from hotline.steps.sign import sign
from hotline.steps.transition import Target
from tests.steps.builders import NOW, decided
from tests.steps.desk import LATER, again, at, dispatched, handler_of, order_of, refused, staff

DESK = staff(Role.TRIAGE)
FUQUAN = Correction("522702", None, ("air.odour",))


async def corrections() -> int:
    return len(await rows("SELECT id FROM event WHERE step = 'correct'"))


async def test_another_county_is_another_departments_and_is_signed_anew(db: Services) -> None:
    order = await dispatched()
    await sign(at(order), by=handler_of(order), now=LATER)

    await correct(at(order), FUQUAN, by=DESK, now=LATER)

    stands = await again(order)
    assert (stands.lead, stands.stage) == ("522702.environment", "dispatched")
    assert (stands.signed_at, stands.dispatched_at) == (None, LATER)
    (held,) = await Held.filter(order_id=order.id, to_at=None)
    assert held.department == "522702.environment"


async def test_the_terms_after_dispatch_are_counted_anew(db: Services) -> None:
    order = await dispatched()
    await correct(at(order), FUQUAN, by=DESK, now=LATER)
    running = await Clock.filter(holder_id=order.id, stopped_at=None, scheme="objection")
    assert [clock.started_at for clock in running] == [LATER]


async def test_place_and_kinds_together_are_one_step_and_the_history_says_both(
    db: Services,
) -> None:
    order = await dispatched()
    ask = Correction("522702", None, ("noise.construction",), remark="来电人更正了地点")
    await correct(at(order), ask, by=DESK, now=LATER)

    view = await order_view(DESK, order.number, LATER)
    (line,) = [line for line in view.history if line.step == "correct"]
    assert "都匀市" in line.facts["before"]
    assert line.facts["after"] == "黔南州福泉市 · 建设施工噪声"
    assert (view.lead.name if view.lead else "") == "福泉市住房和城乡建设局"
    assert view.why is not None
    assert view.why.rows[0].local
    assert not view.why.by_hand


async def test_where_the_same_department_answers_it_goes_on_undisturbed(db: Services) -> None:
    order = await dispatched()
    await sign(at(order), by=handler_of(order), now=LATER)
    await correct(at(order), Correction("522701", None, ("air.industrial",)), by=DESK, now=LATER)
    stands = await again(order)
    assert (stands.stage, stands.lead, stands.kinds) == ("signed", order.lead, ["air.industrial"])
    assert stands.signed_at == LATER


async def test_with_nobody_in_the_table_it_waits_for_a_person(db: Services) -> None:
    order = await dispatched()
    await correct(at(order), Correction("522701", None, ("air.burning",)), by=DESK, now=LATER)
    stands = await again(order)
    assert (stands.stage, stands.lead) == ("opened", None)
    assert await Held.filter(order_id=order.id, to_at=None) == []


async def test_of_two_at_the_same_instant_one_holds(db: Services) -> None:
    order = await dispatched()
    target = Target(order.tenant_id, order.id, order.version)
    other = Correction("522725", None, ("air.odour",))
    ended = await asyncio.gather(
        *(correct(target, ask, by=DESK, now=LATER) for ask in (FUQUAN, other, FUQUAN)),
        return_exceptions=True,
    )
    assert [type(one) for one in ended if one is not None] == [Stale, Stale]
    assert await corrections() == 1
    assert len(await Held.filter(order_id=order.id, to_at=None, duty="lead")) == 1


async def test_the_same_correction_twice_routes_once(db: Services) -> None:
    order = await dispatched()
    ended = await asyncio.gather(
        *(correct(at(order), FUQUAN, by=DESK, now=LATER) for _ in range(3)),
        return_exceptions=True,
    )
    again_refused = [one for one in ended if isinstance(one, StepRefused)]
    assert [one.key for one in again_refused] == ["correct.nothing"] * 2
    assert await corrections() == 1


async def test_a_cross_boundary_matter_gets_every_place(db: Services) -> None:
    order = await dispatched()
    ask = Correction("522702", None, ("air.odour",), also=("522701", "522725"))
    await correct(at(order), ask, by=DESK, now=LATER)
    held = await Held.filter(order_id=order.id, to_at=None).order_by("duty", "department")
    assert [(one.department, one.duty) for one in held] == [
        ("522700.environment", "co"),
        ("522701.environment", "co"),
        ("522725.environment", "co"),
        ("522702.environment", "lead"),
    ]


async def test_what_is_unknown_is_refused(db: Services) -> None:
    order = await dispatched()
    with refused("place.conflict"):
        await correct(at(order), Correction("522702", "522701008", ("air",)), by=DESK, now=LATER)
    with refused("place.unknown_code"):
        await correct(at(order), Correction("522701008", None, ("air",)), by=DESK, now=LATER)
    with refused("kind.unknown"):
        await correct(at(order), Correction("522702", None, ("legal",)), by=DESK, now=LATER)
    with pytest.raises(NotAllowed):
        await correct(at(order), FUQUAN, by=handler_of(order), now=LATER)


NANMING = Correction("520102", None, ("air.odour",))


async def test_under_another_jurisdictions_rules_it_keeps_its_number_and_changes_hands(
    db: Services,
) -> None:
    order = await dispatched()
    old = handler_of(order)
    await correct(at(order), NANMING, by=DESK, now=LATER)

    stands = await again(order)
    assert (stands.number, stands.jurisdiction) == (order.number, "520000")
    assert stands.lead.startswith("5201")
    (request,) = await ServiceRequest.all()
    assert request.jurisdiction == "520000"
    assert await numbers_of(old) == []
    new = staff(Role.HANDLER, department=stands.lead, jurisdiction="520000")
    assert await numbers_of(new) == [order.number]
    with pytest.raises(NotFound):
        await order_view(old, order.number, LATER)
    view = await order_view(new, order.number, LATER)
    (line,) = [line for line in view.history if line.step == "correct"]
    assert line.facts["lead_before"] == "黔南州生态环境局都匀分局"
    assert "都匀市小围寨街道" in line.facts["before"]
    assert (await check_history()).is_whole


async def numbers_of(handler: Actor) -> list[str]:
    return [one.number for one in (await queue(handler, Tab.TO_SIGN, LATER)).rows]


async def test_its_terms_are_counted_by_the_new_rules_from_its_own_acceptance(
    db: Services,
) -> None:
    order = await dispatched()
    await sign(at(order), by=handler_of(order), now=LATER)
    order, was = await again(order), (await packs()).pack("522700")
    (handling,) = [one for one in was.schemes if one.code == "handling"]
    rest = [one for one in was.schemes if one.holder == "order" and one is not handling]
    shorter = (replace(handling, count=30), replace(handling, code="visit", count=3), *rest)
    new = replace((await packs()).pack("520000"), schemes=shorter)

    async with transaction():
        await pass_on(order, was, new, LATER)

    held = Clock.filter(holder_id=order.id)
    running = {one.scheme: one for one in await held.filter(stopped_at=None)}
    assert {code: (one.due_on - NOW.date()).days for code, one in running.items()} == {
        "handling": 30,
        "visit": 3,
    }  # no new right to object: it was signed
    (over,) = await held.filter(outcome="again")
    assert (over.due_on - NOW.date()).days == 60
    assert order.next_due_at == running["visit"].due_at


PUMPS = "都匀市小围寨街道河边，都匀市水务局的泵站每天往剑江里倾倒垃圾、堆放渣土，占了河道。"
RIVER = Correction("522701", None, ("water.river",))


async def test_the_accused_gets_it_neither_by_table_nor_by_hand(db: Services) -> None:
    order = await dispatched(text=PUMPS)
    await correct(at(order), RIVER, by=DESK, now=LATER)
    assert (await again(order)).lead == "522700.water"

    await correct(at(order), Correction("522701", None, ("air.burning",)), by=DESK, now=LATER)
    with refused("dispatch.accused"):
        await dispatch(at(order), Holders("522701.water"), by=DESK, now=LATER)
    with refused("dispatch.accused"):
        await dispatch(at(order), Holders("522700.water", ("522701.water",)), by=DESK, now=LATER)
    await dispatch(at(order), Holders("522700.water"), by=DESK, now=LATER)

    view = await order_view(DESK, order.number, LATER)
    assert view.why is not None
    assert view.why.by_hand


async def test_an_office_blamed_by_half_its_name_is_not_handed_it_by_a_person(
    db: Services,
) -> None:
    request = await decided("都匀市小围寨街道夜市烧烤油烟直排，城管根本不管，环保也不作为。")
    assert request.triage_cause == OFFICE_ACCUSED
    ask = Acceptance("522701", "522701008", ("air.cooking",))
    await accept(at(request), ask, by=DESK, now=LATER)
    order = await order_of(request)
    for office in ("522701.urban_management", "522701.environment"):
        with refused("dispatch.accused"):
            await dispatch(at(order), Holders(office), by=DESK, now=LATER)
    await dispatch(at(order), Holders("522701.market"), by=DESK, now=LATER)


async def test_an_objection_does_not_bring_it_to_the_accused_either(db: Services) -> None:
    order = await dispatched(text=PUMPS)
    await correct(at(order), RIVER, by=DESK, now=LATER)
    order = await again(order)
    await object_to(at(order), Objection("不属于我单位职责范围"), by=handler_of(order), now=LATER)
    with refused("dispatch.accused"):
        ask = Ruling("由县级单位办理更合适", Holders("522701.water"))
        await rule(at(order), ask, by=staff(Role.SUPERVISOR), now=LATER)


async def test_what_is_about_the_lead_does_not_join_its_order(db: Services) -> None:
    order = await dispatched()
    told = "举报都匀市生态环境局不作为，有个塑料厂半夜排放刺鼻臭气。"
    request = await decided(told)
    with refused("join.accused"):
        await join(at(request), Joining(order.number), by=DESK, now=LATER)
    members = await rows("SELECT id FROM membership WHERE order_id = $1", order.id)
    assert len(members) == 1


async def test_a_report_that_names_no_department_joins_by_itself_as_before(db: Services) -> None:
    order = await dispatched()
    request = await decided()
    (bound,) = await rows("SELECT order_id FROM membership WHERE request_id = $1", request.id)
    assert bound["order_id"] == order.id
