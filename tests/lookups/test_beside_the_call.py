"""What stands beside the agent's typing, and what a citizen is shown before sending."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.lookups.caller_history import caller_history
from hotline.lookups.look_alikes import Told, look_alikes, public_look_alikes
from hotline.rules.terms import Role, Secrecy, Step
from tests.steps.builders import ODOUR, caller, decided
from tests.steps.desk import TENANT, order_of, staff, until

AGENT = staff(Role.AGENT)
PHONE = "13900000021"  # made up（虚构）
SOON = datetime.now(UTC) + timedelta(hours=1)  # registering stamps the time itself
TYPED = Told(text=f"{ODOUR}今天又来了", county="522701", kinds=("air.odour",))


async def known(secrecy: Secrecy, phone: str = PHONE, **given: object) -> str:
    request = await decided(contact=caller(phone), secrecy=secrecy, **given)
    return str(request.number)


async def test_a_caller_is_known_by_the_number_and_open_reports_come_first(db: Services) -> None:
    done = await decided(contact=caller(PHONE), secrecy=Secrecy.REAL_NAME)
    await until(Step.CLOSE, await order_of(done))
    open_one = await known(Secrecy.CONFIDENTIAL)
    await known(Secrecy.REAL_NAME, phone="13900000022")
    found = await caller_history(PHONE, AGENT)
    assert [one.number for one in found] == [open_one, done.number]
    assert [one.is_open for one in found] == [True, False]


async def test_what_came_under_stricter_secrecy_is_not_told(db: Services) -> None:
    anonymous = await known(Secrecy.ANONYMOUS)
    assert await caller_history(PHONE, AGENT) == ()
    same = await caller_history(PHONE, AGENT, Secrecy.ANONYMOUS)
    assert [one.number for one in same] == [anonymous]


async def test_a_report_that_wants_a_reward_is_not_told(db: Services) -> None:
    await known(Secrecy.REAL_NAME, wants_reward=True)
    assert await caller_history(PHONE, AGENT) == ()


async def test_five_at_most(db: Services) -> None:
    for _ in range(6):
        await known(Secrecy.REAL_NAME)
    assert len(await caller_history(PHONE, AGENT)) == 5


async def test_a_matter_like_the_one_being_typed_is_offered_with_reasons(db: Services) -> None:
    order = await order_of(await decided(ODOUR))
    (alike,) = await look_alikes(TYPED, AGENT, SOON)
    assert (alike.number, alike.can_join, alike.report_count) == (order.number, True, 1)
    assert alike.reasons


async def test_another_matter_is_not_offered(db: Services) -> None:
    await decided(ODOUR)
    other = Told(text="福泉市的学校旁边工地夜间打桩噪声很大，睡不着", county="522702")
    assert await look_alikes(other, AGENT, SOON) == ()
    assert await look_alikes(Told(text=""), AGENT, SOON) == ()


async def test_a_closed_matter_is_offered_but_takes_no_report(db: Services) -> None:
    await until(Step.CLOSE, await order_of(await decided(ODOUR)))
    (alike,) = await look_alikes(TYPED, AGENT, SOON)
    assert not alike.can_join


@pytest.mark.parametrize(("others", "shown"), [(0, 0), (1, 0), (2, 1)])
async def test_a_citizen_is_told_only_of_what_three_have_reported(
    db: Services, others: int, shown: int
) -> None:
    for one in range(1 + others):
        await decided(ODOUR, contact=caller(f"1390000005{one}"))
    found = await public_look_alikes(TENANT, TYPED, SOON)
    assert len(found) == shown
    if shown:
        assert (found[0].month, found[0].publication) == ("2026-11", "")
        assert found[0].place.endswith("小围寨街道")
