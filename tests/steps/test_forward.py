"""转送: whose it is outside gets it; every reporter is told where, and nothing is lost."""

from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed
from hotline.lookups.forwarding import forwarded, forwardings
from hotline.records import Clock, Held, Message
from hotline.rules.terms import Role
from hotline.steps.accept import Acceptance, accept
from hotline.steps.clocks import next_due
from hotline.steps.confirm_forward import confirm_forward, confirm_report
from hotline.steps.dispatch import dispatch
from hotline.steps.forward import Outward, forward, forward_report
from hotline.steps.holders import Holders
from hotline.steps.ready import ready
from hotline.steps.take_back import take_back, take_back_report
from tests.steps.builders import decided
from tests.steps.desk import LATER, TENANT, again, at, handler_of, order_of, refused, staff

TRIAGE = staff(Role.TRIAGE)
OUT = Outward("某铁路监管单位（虚构）", "拨打 00000（虚构）", "属于铁路噪声，由该单位负责")
NOWHERE = "有人偷排废水，河水发黑发臭，请尽快处理。"


async def test_an_order_passed_on_comes_back_with_its_terms_as_if_it_had_never_gone(
    db: Services,
) -> None:
    request = await decided()
    order = await order_of(request)
    due = order.next_due_at
    with pytest.raises(NotAllowed):  # no department pushes its order out of the house
        await forward(at(order), OUT, by=handler_of(order), now=LATER)
    with refused("forward.nowhere"):
        await forward(at(order), Outward("某局", "", OUT.reason), by=TRIAGE, now=LATER)
    await forward(at(order), OUT, by=TRIAGE, now=LATER)

    gone, told = await again(order), await Message.get(template="request.forwarded")
    assert (gone.stage, gone.lead, gone.next_due_at) == ("forwarded", None, None)
    assert not await Held.exists(order_id=order.id, to_at=None)
    values = (await ready(told)).values  # type: ignore[union-attr]
    assert values["refer_to"] == f"{OUT.body}（{OUT.contact}）"
    assert values["reason"] == OUT.reason
    (row,) = await forwardings(TRIAGE)
    assert (row.number, str(row.due_on)) == (order.number, "2026-12-05")

    await confirm_forward(at(order), "T-2026-1", by=TRIAGE, now=LATER)
    with refused("forward.confirmed_already"):
        await confirm_forward(at(order), "T-2026-1", by=TRIAGE, now=LATER)
    way = await forwarded(TENANT, request.id)
    assert way
    assert way.their_number == "T-2026-1"
    later = LATER + timedelta(days=3)
    await take_back(at(order), "该单位答复不属于其职责", by=TRIAGE, now=later)
    back = await again(order)
    assert (back.stage, back.next_due_at) == ("opened", due)
    assert back.next_due_at == await next_due(TENANT, order.id)
    assert (await again(request)).stage == "accepted"
    await dispatch(at(order), Holders("522700.water"), by=TRIAGE, now=later)
    assert (await again(order)).lead == "522700.water"


async def test_a_report_nobody_here_has_accepted_goes_by_itself_and_comes_back_to_triage(
    db: Services,
) -> None:
    request = await decided(NOWHERE)
    notice = await Clock.get(holder_id=request.id, scheme="notice")
    assert (request.stage, notice.stopped_at) == ("triage", None)
    await forward_report(at(request), OUT, by=TRIAGE, now=LATER)
    assert (await again(request)).stage == "forwarded"
    assert (await again(notice)).outcome == "kept"
    await confirm_report(at(request), "T-2026-2", by=TRIAGE, now=LATER)
    receipt = await Clock.get(holder_id=request.id, scheme="forward_receipt")
    assert receipt.outcome == "kept"
    with refused("request.not_now"):
        await take_back_report(at(await decided()), "没有转送过", by=TRIAGE, now=LATER)
    await take_back_report(at(request), "该单位答复不属于其职责", by=TRIAGE, now=LATER)
    back = await again(request)
    assert (back.stage, back.triage_cause) == ("triage", "forward.returned")
    assert (await again(notice)).stopped_at is None
    ask = Acceptance("522701", None, ("water",))
    await accept(at(request), ask, by=TRIAGE, now=LATER)
    assert (await again(request)).stage == "accepted"
