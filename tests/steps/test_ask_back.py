"""补充询问: terms stand still where the pack lets them, till the answer, never beyond the limit."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.commands.launch.services import Services
from hotline.lookups.asked_back import asked_of
from hotline.policy import load
from hotline.records import Clock, Message, ServiceRequest, WorkOrder
from hotline.rules.terms import Role
from hotline.steps.ask_back import Question, ask_back
from hotline.steps.merge import Merging, merge
from hotline.steps.resume import resume
from hotline.steps.sign import sign
from hotline.steps.speak import speak
from hotline.steps.split import Splitting, split
from hotline.steps.supplement import supplement
from hotline.steps.unmerge import Unmerging, unmerge
from hotline.steps.warn_due import warn_due
from hotline.steps.withdraw import withdraw
from tests.journeys.provinces import in_force
from tests.steps.builders import NOW, caller, decided
from tests.steps.desk import (
    LATER,
    TENANT,
    again,
    at,
    handler_of,
    order_of,
    refused,
    reporter,
    staff,
)

ASKED = "气味主要在一天中的什么时间出现？"
QUARRY = "瓮安县某采石场（虚构）扬尘很大，庄稼都白了。"
LIMIT = 15


@pytest.fixture
async def pausable(db: Services, tmp_path: Path) -> AsyncIterator[None]:
    """The national 60 days may stand still for 15（虚构: no source says so）."""
    folder = tmp_path / "packs"
    shutil.copytree(Path(load.__file__).parent / "packs", folder)
    file = folder / "000000-national" / "clocks.toml"
    told = file.read_text(encoding="utf-8").replace('version = "', 'version = "2099-', 1)
    file.write_text(told.replace("extendable = 30", f"extendable = 30\npausable = {LIMIT}"))
    async with in_force(tmp_path, db.owner_url):
        yield


async def signed() -> tuple[ServiceRequest, WorkOrder]:
    request = await decided(contact=caller("13900000021"), wants_reply=True)
    order = await order_of(request)
    await sign(at(order), by=handler_of(order), now=LATER)
    return request, await again(order)


async def handling(order: WorkOrder) -> Clock:
    return await Clock.get(tenant_id=TENANT, holder_id=order.id, scheme="handling")


async def test_what_the_pack_does_not_name_never_stands_still(db: Services) -> None:
    request, order = await signed()
    with refused("suspend.not_allowed"):
        ask = Question(request.number, ASKED)
        await ask_back(at(order), ask, by=handler_of(order), now=LATER)


@pytest.mark.usefixtures("pausable")
async def test_the_answer_ends_the_pause_and_only_its_days_are_added() -> None:
    request, order = await signed()
    by, before = handler_of(order), await handling(order)
    await ask_back(at(order), Question(request.number, ASKED), by=by, now=LATER)
    while_asked = await handling(order)
    assert while_asked.due_on == before.due_on + timedelta(days=LIMIT)
    assert while_asked.paused_from == LATER
    with refused("suspend.asked_already"):
        await ask_back(at(order), Question(request.number, ASKED), by=by, now=LATER)

    answered = LATER + timedelta(days=4)
    await supplement(at(request), "主要在夜里十点以后出现。", by=reporter(request), now=answered)
    after, order = await handling(order), await again(order)
    assert after.due_on == before.due_on + timedelta(days=4)
    assert (after.paused_from, order.next_due_at) == (None, after.due_at)
    assert [one.waits for one in await asked_of(TENANT, order.id, answered)] == [False]
    with refused("suspend.not_asked"):
        await resume(at(order), by=by, now=answered)


@pytest.mark.usefixtures("pausable")
async def test_the_limit_counts_for_all_questions_together() -> None:
    request, order = await signed()
    by, before = handler_of(order), await handling(order)
    ask, lapsed = Question(request.number, ASKED), NOW + timedelta(days=LIMIT + 2)
    await ask_back(at(order), ask, by=by, now=LATER)
    with refused("suspend.not_allowed"):
        await ask_back(at(order), ask, by=by, now=lapsed)
    await supplement(at(request), "主要在夜里十点以后出现。", by=reporter(request), now=lapsed)
    assert (await handling(order)).due_on == before.due_on + timedelta(days=LIMIT)


@pytest.mark.usefixtures("pausable")
async def test_a_pause_that_nobody_ended_keeps_no_overdue_term_quiet() -> None:
    request, order = await signed()
    await ask_back(at(order), Question(request.number, ASKED), by=handler_of(order), now=LATER)
    clock = await handling(order)

    await warn_due(clock.due_at + timedelta(days=1))

    thread = f"due:{clock.id}:desk"
    assert [one.template for one in await Message.filter(thread=thread)] == ["order.overdue"]


@pytest.mark.usefixtures("pausable")
async def test_an_order_that_was_merged_waits_for_nobody() -> None:
    request, order = await signed()
    other = await decided(QUARRY, contact=caller("13900000022"), wants_reply=True)
    into, before, chief = await order_of(other), await handling(order), staff(Role.SUPERVISOR)
    await ask_back(at(order), Question(request.number, ASKED), by=handler_of(order), now=LATER)
    then = LATER + timedelta(days=1)

    await merge(at(order), Merging(into.number, "经核实为同一事项"), by=chief, now=then)
    words, later = "主要在夜里十点以后出现。", then + timedelta(days=1)
    await supplement(at(request), words, by=reporter(request), now=later)
    await unmerge(at(order), Unmerging("误并，另行办理"), by=chief, now=later + timedelta(days=1))

    after = await handling(order)
    assert (after.paused_from, after.due_on) == (None, before.due_on + timedelta(days=1))


@pytest.mark.usefixtures("pausable")
async def test_nobody_waits_for_a_report_that_was_taken_out() -> None:
    _, order = await signed()
    other = await decided(contact=caller("13900000022"), wants_reply=True)
    assert (await order_of(other)).id == order.id
    before = await handling(order)
    await ask_back(at(order), Question(other.number, ASKED), by=handler_of(order), now=LATER)
    then, by = LATER + timedelta(days=1), staff(Role.TRIAGE)

    await split(at(order), Splitting((other.number,), "另一家厂，另行办理"), by=by, now=then)

    after = await handling(order)
    assert (after.paused_from, after.due_on) == (None, before.due_on + timedelta(days=1))


@pytest.mark.usefixtures("pausable")
@pytest.mark.parametrize("leaves", [True, False])
async def test_nobody_waits_for_who_has_gone_or_has_answered_otherwise(leaves: bool) -> None:
    request, order = await signed()
    other = await decided(contact=caller("13900000022"), wants_reply=True)
    assert (await order_of(other)).id == order.id
    order, before = await again(order), await handling(order)
    ask = Question(request.number, ASKED)
    await ask_back(at(order), ask, by=handler_of(order), now=LATER)
    then = LATER + timedelta(days=4)
    own = await again(request)

    if leaves:
        await withdraw(at(own), "", by=reporter(own), now=then)
    else:
        await speak(at(own), "主要在夜里十点以后出现。", by=reporter(own), now=then)

    after = await handling(order)
    assert (after.paused_from, after.due_on) == (None, before.due_on + timedelta(days=4))
    assert (await again(order)).next_due_at == after.due_at
