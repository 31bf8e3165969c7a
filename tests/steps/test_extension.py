"""延期: asked before the end, granted by another person, told to every reporter."""

from datetime import date, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.extensions import told_of
from hotline.lookups.term_days import term_days
from hotline.policy.store import packs
from hotline.records import Clock, Message, TermExtension, WorkOrder
from hotline.rules.terms import Role, Step
from hotline.steps.ask_extension import Asking, ask_extension
from hotline.steps.clocks import next_due
from hotline.steps.deny_extension import deny_extension
from hotline.steps.extend import extend
from hotline.steps.ready import ready
from hotline.steps.reclock import count_anew
from hotline.steps.sign import sign
from tests.steps.builders import NOW, decided
from tests.steps.desk import LATER, TENANT, again, at, handler_of, order_of, refused, staff

WHY = "监测报告尚未出具，需延长办理期限"
REVIEWER = staff(Role.REVIEWER)


async def signed() -> WorkOrder:
    order = await order_of(await decided())
    await sign(at(order), by=handler_of(order), now=LATER)
    return await again(order)


async def handling(order: WorkOrder) -> Clock:
    return await Clock.get(tenant_id=TENANT, holder_id=order.id, scheme="handling")


async def test_thirty_days_more_are_granted_once_and_every_reporter_is_told(db: Services) -> None:
    request = await decided()
    order = await order_of(request)
    by, before = handler_of(order), await handling(order)
    await sign(at(order), by=by, now=LATER)
    with refused("extend.too_long"):
        await ask_extension(at(order), Asking(31, WHY), by=by, now=LATER)
    await ask_extension(at(order), Asking(30, WHY), by=by, now=LATER)
    with refused("extend.asked_already"):
        await ask_extension(at(order), Asking(1, WHY), by=by, now=LATER)
    assert (await handling(order)).due_on == before.due_on  # asking moves nothing
    with refused("text.personal"):
        await extend(at(order), "电话13800138000没有打通", by=REVIEWER, now=LATER)
    await extend(at(order), WHY, by=REVIEWER, now=LATER)

    after, order = await handling(order), await again(order)
    assert after.due_on == before.due_on + timedelta(days=30)
    assert order.next_due_at == await next_due(TENANT, order.id) == after.due_at
    with refused("extend.too_long"):
        await ask_extension(at(order), Asking(1, WHY), by=by, now=LATER)
    told = await Message.get(request_id=request.id, template="request.extended")
    values = (await ready(told)).values  # type: ignore[union-attr]
    assert (values["reason"], values["extended_to"]) == (WHY, str(after.due_on))
    assert [one.due_on for one in await told_of(TENANT, request.id)] == [after.due_on]


async def test_nobody_grants_the_own_wish_and_another_department_asks_nothing(
    db: Services,
) -> None:
    order = await signed()
    both = staff(Role.HANDLER, Role.REVIEWER, department=order.lead or "")
    await ask_extension(at(order), Asking(5, WHY), by=both, now=LATER)
    with refused("extend.own_request"):
        await extend(at(order), WHY, by=both, now=LATER)
    stranger = staff(Role.HANDLER, department="522700.water")
    with pytest.raises(NotAllowed):
        await ask_extension(at(order), Asking(5, WHY), by=stranger, now=LATER)


async def test_after_the_end_it_is_neither_asked_nor_granted(db: Services) -> None:
    order = await signed()
    by, late = handler_of(order), NOW + timedelta(days=61)
    await ask_extension(at(order), Asking(10, WHY), by=by, now=LATER)
    with refused("extend.after_due"):
        await extend(at(order), WHY, by=REVIEWER, now=late)
    await deny_extension(at(order), "期限已过，理由不充分", by=REVIEWER, now=late)
    with refused("extend.after_due"):
        await ask_extension(at(order), Asking(10, WHY), by=by, now=late)
    with refused("extend.not_asked"):
        await deny_extension(at(order), "期限已过，理由不充分", by=REVIEWER, now=late)
    assert (await TermExtension.get(order_id=order.id)).granted is False


async def test_what_was_granted_stays_when_the_term_is_counted_from_another_beginning(
    db: Services,
) -> None:
    order = await signed()
    await ask_extension(at(order), Asking(10, WHY), by=handler_of(order), now=LATER)
    await extend(at(order), WHY, by=REVIEWER, now=LATER)
    was = (await handling(order)).due_on
    pack = (await packs()).pack(order.jurisdiction)
    await count_anew(order, pack, Step.ACCEPT, NOW - timedelta(days=3))
    assert (await handling(order)).due_on == was - timedelta(days=3)
    assert isinstance(was, date)


async def test_the_page_of_a_term_counts_to_the_day_it_was_extended_to(db: Services) -> None:
    order = await signed()
    await ask_extension(at(order), Asking(10, WHY), by=handler_of(order), now=LATER)
    await extend(at(order), WHY, by=REVIEWER, now=LATER)
    told = await term_days(handler_of(order), order.number, "handling", LATER)
    assert (told.count, told.days[-1].count) == (70, 70)
    assert told.days[-1].on == told.due.on == (await handling(order)).due_on
