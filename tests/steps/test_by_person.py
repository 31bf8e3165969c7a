"""The triage desk decides what the intake could not, under the same lock and terms."""

from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed, NotFound
from hotline.records import Clock, Membership, Message, ServiceRequest, Vault, WorkOrder
from hotline.rules.terms import OrderStage, Relation, RequestStage, Role, Step, Wish
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer_on_spot import answer_on_spot
from hotline.steps.at import request_at
from hotline.steps.join import Joining, join
from hotline.steps.refuse import Refusal, refuse
from tests.steps.builders import NOW, ODOUR, decided, registered
from tests.steps.desk import LATER, TENANT, again, at, dispatched, order_of, refused, staff, until

NO_PLACE = "有一家塑料厂天天排放刺鼻臭气，熏得人睡不着觉。"
TRIAGE = staff(Role.TRIAGE)
AGENT = staff(Role.AGENT)


async def waiting(text: str = NO_PLACE, **given: Any) -> ServiceRequest:
    request = await decided(text, **given)
    assert request.stage == RequestStage.TRIAGE
    return request


async def test_accepted_with_place_and_kinds_as_the_person_sees_them(db: Services) -> None:
    request = await waiting()
    ask = Acceptance("522701", "522701008", ("noise.construction", "air.odour"))
    number = await accept(at(request), ask, by=TRIAGE, now=LATER)
    order = await WorkOrder.get(tenant_id=TENANT, number=number)
    assert order.kinds == ["noise.construction", "air.odour"]
    assert (order.county, order.stage) == ("522701", OrderStage.DISPATCHED)
    taken = await again(request)
    assert (taken.stage, taken.county, taken.kinds) == ("accepted", "522701", order.kinds)
    assert not await Clock.exists(holder_id=request.id, scheme="notice", stopped_at=None)


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (Acceptance("522701", None, ()), "kind.none"),
        (Acceptance("522701", None, ("labour",)), "kind.unknown"),
        (Acceptance("999999", None, ("air.odour",)), "place.unknown_code"),
        (Acceptance("522701", "522722001", ("air.odour",)), "place.conflict"),
    ],
)
async def test_what_no_pack_knows_is_not_accepted(db: Services, ask: Acceptance, key: str) -> None:
    request = await waiting()
    with refused(key):
        await accept(at(request), ask, by=TRIAGE, now=LATER)
    assert (await again(request)).stage == RequestStage.TRIAGE


async def test_a_reoffence_is_a_new_order_linked_to_the_closed_one(db: Services) -> None:
    before = await until(Step.CLOSE, await dispatched())
    request = await waiting()
    ask = Acceptance("522701", None, ("air.odour",), earlier=before.number)
    number = await accept(at(request), ask, by=TRIAGE, now=LATER)
    assert (await WorkOrder.get(number=number)).earlier_order_id == before.id


async def test_refused_for_a_reason_of_the_pack_and_told_where_to_go(db: Services) -> None:
    request = await waiting()
    with refused("refuse.unknown_reason"):
        await refuse(at(request), Refusal("no_such"), by=TRIAGE, now=LATER)
    await refuse(at(request), Refusal("unclear"), by=TRIAGE, now=LATER)
    told = await again(request)
    assert (told.stage, told.refuse_reason) == ("refused", "unclear")
    assert told.refer_to
    assert await Message.exists(request_id=request.id, template="request.refused")


async def test_a_refusal_found_wrong_is_put_right(db: Services) -> None:
    request = await waiting()
    await refuse(at(request), Refusal("unclear"), by=TRIAGE, now=LATER)
    await accept(at(request), Acceptance("522701", None, ("air.odour",)), by=TRIAGE, now=LATER)
    right = await again(request)
    assert (right.stage, right.refuse_reason, right.refer_to) == ("accepted", None, "")


async def test_joined_to_an_order_that_is_in_hand(db: Services) -> None:
    order = await dispatched()
    request = await waiting()
    ask = Joining(order.number, Relation.NEW_FACTS)
    await join(at(request), ask, by=TRIAGE, now=LATER)
    member = await Membership.get(request_id=request.id)
    assert (member.order_id, member.relation) == (order.id, "new_facts")
    assert (await again(order)).report_count == 2
    assert (await again(request)).county == order.county


async def test_a_closed_order_takes_no_report(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    request = await waiting()
    with refused("join.order_over"):
        await join(at(request), Joining(order.number), by=TRIAGE, now=LATER)
    assert (await again(request)).stage == RequestStage.TRIAGE


async def test_there_is_no_joining_to_what_is_not_there(db: Services) -> None:
    request = await waiting()
    with pytest.raises(NotFound):
        await join(at(request), Joining("QNG20261120000000000"), by=TRIAGE, now=LATER)


async def test_a_consultation_is_answered_on_the_spot_and_has_no_order(db: Services) -> None:
    receipt = await registered("请问油烟扰民应该找哪个部门反映？", wish=Wish.CONSULT)
    target = await request_at(TENANT, receipt.number)
    said = "油烟扰民由综合行政执法部门受理，也可以通过本热线转办。"
    await answer_on_spot(target, said, by=AGENT, now=NOW)
    request = await ServiceRequest.get(id=receipt.request_id)
    assert (request.stage, request.title != "") == ("answered_on_spot", True)
    vault = await Vault.get(id=request.id)
    assert vault.answer is not None
    assert said.encode() not in vault.answer
    assert not await WorkOrder.exists()
    assert await Message.exists(request_id=request.id, template="request.answered_on_spot")
    assert not await Clock.exists(holder_id=request.id, stopped_at=None)


async def test_what_the_intake_still_has_is_left_to_it(db: Services) -> None:
    receipt = await registered()
    target = await request_at(TENANT, receipt.number)
    with refused("request.not_now"):
        await refuse(target, Refusal("unclear"), by=TRIAGE, now=NOW)


async def test_a_decided_report_is_not_decided_again(db: Services) -> None:
    request = await decided(ODOUR)
    with refused("request.not_now"):
        await refuse(at(request), Refusal("unclear"), by=TRIAGE, now=LATER)
    assert (await order_of(request)).stage == OrderStage.DISPATCHED


async def test_a_handler_decides_nothing_at_the_triage_desk(db: Services) -> None:
    request = await waiting()
    with pytest.raises(NotAllowed):
        await refuse(at(request), Refusal("unclear"), by=staff(Role.HANDLER), now=LATER)
