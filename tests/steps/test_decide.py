"""研判: opened, joined, refused with a reason, or at the triage desk with the cause."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.records import (
    Clock,
    Held,
    Membership,
    Message,
    ServiceRequest,
    Signature,
    WorkOrder,
)
from hotline.rules.spelling import spelt
from hotline.rules.terms import Wish
from hotline.steps.claim import Claimed, claim
from hotline.steps.decide import decide, fail
from tests.steps.builders import NOW, ODOUR, caller, decided, registered


async def test_a_clear_report_is_accepted_opened_and_handed_to_its_department(db: Services) -> None:
    request = await decided()
    assert (request.stage, request.county, request.township) == ("accepted", "522701", "522701008")
    order = await WorkOrder.get(tenant_id="520000", first_request_id=request.id)
    assert (order.stage, order.lead) == ("dispatched", "522701.environment")
    assert await Held.filter(order_id=order.id, duty="lead", to_at=None).count() == 1


async def test_the_reporter_and_the_departments_are_told(db: Services) -> None:
    request = await decided(contact=caller("13900001111"), wants_reply=True)
    told = await Message.filter(request_id=request.id)
    assert [(one.template, one.state) for one in told] == [("request.accepted", "queued")]
    assert await Message.filter(recipient="department", template="order.dispatched").exists()


async def test_a_message_to_somebody_without_contact_waits_on_the_progress_page(
    db: Services,
) -> None:
    request = await decided()
    told = await Message.get(request_id=request.id)
    assert told.state == "unreachable"


async def test_whoever_did_not_ask_for_a_reply_is_not_written_to(db: Services) -> None:
    request = await decided(contact=caller("13900001111"))
    told = await Message.get(request_id=request.id)
    assert told.state == "unreachable"


async def test_phone_and_name_are_masked_before_anything_is_stored(db: Services) -> None:
    request = await decided(f"{ODOUR}联系电话13900002222，我叫陈小明")
    assert "13900002222" not in request.text
    assert "陈小明" not in request.text
    signature = await Signature.get(id=request.id)
    assert spelt("13900002222") not in signature.grams


async def test_the_same_text_from_the_same_caller_joins(db: Services) -> None:
    first = await decided(contact=caller("13900003333"))
    again = await decided(contact=caller("13900003333"))
    assert await WorkOrder.all().count() == 1
    member = await Membership.get(request_id=again.id)
    first_member = await Membership.get(request_id=first.id)
    assert member.order_id == first_member.order_id
    assert member.relation == "again"
    assert await Message.filter(request_id=again.id, template="request.again").exists()


async def test_the_same_text_about_the_same_place_joins_whoever_sends_it(db: Services) -> None:
    await decided(contact=caller("13900003333"))
    await decided(contact=caller("13900004444"))
    assert await WorkOrder.all().count() == 1


async def test_the_same_text_about_another_place_never_joins(db: Services) -> None:
    await decided("都匀市小围寨街道砖厂冒黑烟，粉尘很大，请查处。")
    await decided("福泉市砖厂冒黑烟，粉尘很大，请查处。")
    orders = await WorkOrder.all()
    assert all(order.report_count == 1 for order in orders)


async def test_a_likeness_is_shown_to_a_person_with_its_reasons(db: Services) -> None:
    await decided("都匀市小围寨街道化工厂每天半夜偷排废水，河水发黑发臭，请查处。")
    like = await decided("都匀市小围寨街道化工厂晚上偷偷排放废水到河里，河水又黑又臭，请查处")
    assert (like.stage, like.triage_cause) == ("triage", "alike.suggested")
    assert like.suggestions[0]["reasons"]


async def test_what_is_but_related_holds_nothing_up(db: Services) -> None:
    await decided("都匀市绿荫湖虚构花园二期烧烤摊油烟扰民，夜里烟熏得睡不着")
    new = await decided("都匀市绿荫湖虚构花园二期旁边空地有人倾倒建筑垃圾，一直没有清运，请查处")
    assert new.stage == "accepted"
    assert [one["relation"] for one in new.suggestions] == ["related"]
    assert await WorkOrder.all().count() == 2


async def test_what_is_not_ours_is_refused_with_where_to_go(db: Services) -> None:
    request = await decided("小区物业费太贵，业委会不作为，物业乱收费")
    assert (request.stage, request.refuse_reason) == ("refused", "other_authority")
    assert request.refer_to


@pytest.mark.parametrize(
    ("text", "wish", "cause"),
    [
        ("这里有问题，请来处理一下", Wish.COMPLAIN, "kind.none"),
        ("工厂半夜偷排废水，臭气熏天，请查处", Wish.REPORT, "place.none"),
        ("请问都匀市排污许可证怎么办理？", Wish.CONSULT, "wish.answer"),
    ],
)
async def test_what_cannot_be_decided_goes_to_a_person_with_the_cause(
    db: Services, text: str, wish: Wish, cause: str
) -> None:
    request = await decided(text, wish=wish)
    assert (request.stage, request.triage_cause) == ("triage", cause)


async def test_the_notice_term_runs_from_registration_and_stops_with_the_decision(
    db: Services,
) -> None:
    request = await decided()
    notice = await Clock.get(holder_id=request.id, scheme="notice")
    assert notice.started_at == request.registered_at
    assert notice.stopped_at == NOW


async def test_a_right_to_object_does_not_drive_the_queue(db: Services) -> None:
    request = await decided()
    order = await WorkOrder.get(first_request_id=request.id)
    handling = await Clock.get(holder_id=order.id, scheme="handling")
    assert order.next_due_at == handling.due_at


async def test_deciding_twice_changes_nothing(db: Services) -> None:
    receipt = await registered()
    outcomes = await asyncio.gather(*(decide("520000", receipt.request_id, NOW) for _ in range(5)))
    assert sum(outcome is not None for outcome in outcomes) == 1
    assert await WorkOrder.all().count() == 1


async def test_the_same_matter_told_by_many_at_once_becomes_one_order(db: Services) -> None:
    receipts = [await registered() for _ in range(12)]
    await asyncio.gather(*(decide("520000", one.request_id, NOW) for one in receipts))
    order = await WorkOrder.get()
    assert order.report_count == 12


async def test_history_starts_no_term_and_tells_nobody(db: Services) -> None:
    request = await decided(registered_at=datetime(2019, 5, 1, tzinfo=UTC))
    assert request.stage == "accepted"
    assert await Clock.all().count() == 0
    assert await Message.all().count() == 0
    order = await WorkOrder.get(first_request_id=request.id)
    assert (order.stage, order.opened_at) == ("opened", request.registered_at)


async def test_two_workers_never_lease_the_same_report(db: Services) -> None:
    for _ in range(20):
        await registered()
    one, two = await asyncio.gather(claim(20, NOW), claim(20, NOW))
    assert len({claimed.id for claimed in (*one, *two)}) == len(one) + len(two) == 20


async def test_a_lease_that_ran_out_is_taken_over(db: Services) -> None:
    receipt = await registered()
    assert len(await claim(5, NOW)) == 1
    assert await claim(5, NOW) == []
    again = await claim(5, NOW + timedelta(seconds=61))
    assert [(one.id, one.attempts) for one in again] == [(receipt.request_id, 2)]


async def test_a_report_that_fails_again_and_again_ends_before_a_person(db: Services) -> None:
    receipt = await registered()
    for attempt in range(1, 6):
        await fail(Claimed("520000", receipt.request_id, None, attempt), ValueError("x"), NOW)
    request = await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)
    assert (request.stage, request.triage_cause) == ("triage", "system.failed")
    assert request.failure == "ValueError"


async def test_a_greeting_alone_makes_no_title(db: Services) -> None:
    request = await decided(f"尊敬的领导：\n{ODOUR}")

    assert request.title == f"尊敬的领导： {ODOUR}"
