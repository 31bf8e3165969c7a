"""奖励: opened with the answer, three people till the approval, and a ledger that always holds."""

import asyncio
import json
import os
import signal
import sys
from datetime import timedelta

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotAllowed, StepRefused
from hotline.records import (
    Event,
    EventDetail,
    Membership,
    RewardCase,
    RewardPosting,
    WorkOrder,
    new_id,
)
from hotline.rules.reward import Penalty
from hotline.rules.reward_ledger import Account
from hotline.rules.terms import Aggregate, Role
from hotline.steps.approve_reward import approve
from hotline.steps.open_reward import open_by_hand
from hotline.steps.propose_reward import Established, propose
from hotline.steps.refuse_reward import refuse
from hotline.steps.review_reward import review
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked
from hotline.steps.reward_ledger import Book, balances_of
from tests.steps.builders import registered
from tests.steps.desk import LATER, TENANT, refused, staff
from tests.steps.reward_desk import (
    APPROVER,
    GENERAL,
    PROPOSER,
    REVIEWER,
    answered,
    approved,
    case_of,
    funded,
    reviewed,
)

BOOK = Book(TENANT, "522700", LATER.year)


async def test_the_answer_opens_a_case_that_says_what_is_missing(db: Services) -> None:
    case = await case_of(await answered())
    assert (case.stage, case.scheme, case.missing) == ("blocked", "GZ-2020", ["tier"])
    assert case.sum_fen is None
    await answered(text="都匀市平浪镇有养猪场（虚构）粪水直排，臭气熏天。", wants_reward=False)
    assert await RewardCase.all().count() == 1  # who asked for nothing has no case


async def test_three_people_and_the_money_set_aside(db: Services) -> None:
    case = await approved()
    assert (case.stage, case.sum_fen) == ("approved", 10_000)
    stands = await balances_of(BOOK)
    assert (stands[Account.BUDGET], stands[Account.COMMITTED]) == (90_000, 10_000)
    assert sum(stands.values()) == 0
    history = Event.filter(aggregate=Aggregate.REWARD, aggregate_id=case.id)
    assert [event.stage for event in await history.order_by("seq")] == [
        "blocked",
        "proposed",
        "reviewed",
        "approved",
    ]


async def test_one_person_does_not_do_what_takes_two(db: Services) -> None:
    everything = staff(Role.REWARD, Role.APPROVER)
    await funded()
    case = await case_of(await answered())
    which = Asked(case.number)
    await propose(which, GENERAL, by=everything, now=LATER)
    with refused("reward.same_person"):
        await review(which, by=everything, now=LATER)
    with pytest.raises(NotAllowed):
        await review(which, by=APPROVER, now=LATER)
    await review(which, by=REVIEWER, now=LATER)
    with refused("reward.same_person"):
        await approve(which, by=everything, now=LATER)
    with pytest.raises(Exception, match="reward_case_approver"):
        await rows(
            "UPDATE reward_case SET stage = 'approved', approved_by = proposed_by, year = 2026"
            " WHERE number = $1",
            case.number,
        )


async def test_a_range_needs_a_sum_within_it_and_the_reason(db: Services) -> None:
    case = await case_of(await answered())
    which = Asked(case.number)
    await propose(which, Established(tier="较重"), by=PROPOSER, now=LATER)
    with refused("reward.no_sum"):
        await review(which, by=REVIEWER, now=LATER)
    for sum_fen, key in ((100_001, "reward.out_of_range"), (50_000, "reason.too_short")):
        with refused(key):
            said = Established(tier="较重", sum_fen=sum_fen)
            await propose(which, said, by=PROPOSER, now=LATER)
    said = Established(tier="较重", sum_fen=50_000, reason="线索准确，配合现场指认")
    await propose(which, said, by=PROPOSER, now=LATER)
    await review(which, by=REVIEWER, now=LATER)


async def test_nothing_is_approved_past_the_years_budget(db: Services) -> None:
    await funded(99)
    case = await reviewed()
    with refused("reward.no_budget"):
        await approve(Asked(case.number), by=APPROVER, now=LATER)
    await funded(100)
    await approve(Asked(case.number), by=APPROVER, now=LATER)
    with refused("reward.no_budget"):
        await funded(50)
    assert (await balances_of(BOOK))[Account.BUDGET] == 0


async def test_two_officers_at_once_set_it_aside_once(db: Services) -> None:
    await funded()
    case = await reviewed()
    other = staff(Role.APPROVER)
    done = await asyncio.gather(
        *(approve(Asked(case.number), by=by, now=LATER) for by in (APPROVER, other)),
        return_exceptions=True,
    )
    assert [type(one) for one in done if one is not None] == [StepRefused]
    assert await RewardPosting.filter(case_id=case.id).count() == 1


async def test_what_points_at_the_reporter_is_not_in_the_clear(db: Services) -> None:
    said = Established(tier="一般", insider=True, penalty=Penalty(500_000, LATER.date()))
    case = await reviewed(said)
    events = Event.filter(aggregate=Aggregate.REWARD, aggregate_id=case.id)
    details = EventDetail.filter(id__in=[event.id for event in await events])
    told = json.dumps(
        [case.facts, case.lines, [one.detail for one in await details]], ensure_ascii=False
    )
    assert "insider" not in told
    assert "joint" not in told
    assert "real_name" not in told
    assert case.sealed_facts is not None


async def test_by_hand_once_for_a_matter(db: Services) -> None:
    order = await answered()
    with refused("reward.already"):
        await open_by_hand(order.number, by=PROPOSER, now=LATER)
    case = await case_of(order)
    await propose(Asked(case.number), GENERAL, by=PROPOSER, now=LATER)
    await refuse(Asked(case.number), "无效举报，重复领取", by=APPROVER, now=LATER)
    assert await open_by_hand(order.number, by=PROPOSER, now=LATER) != case.number


async def test_a_penalty_that_changed_gives_the_money_back_and_is_counted_anew(
    db: Services,
) -> None:
    case = await approved()
    with refused("reason.too_short"):
        await revoke(Asked(case.number), "", by=APPROVER, now=LATER)
    await revoke(Asked(case.number), "处罚决定书已被撤销", by=APPROVER, now=LATER)
    with refused("reward.not_now"):
        await revoke(Asked(case.number), "处罚决定书已被撤销", by=APPROVER, now=LATER)
    stands = await balances_of(BOOK)
    assert (stands[Account.BUDGET], stands[Account.COMMITTED]) == (100_000, 0)
    order = await WorkOrder.get(id=case.order_id)
    assert await open_by_hand(order.number, by=PROPOSER, now=LATER) != case.number


async def test_whoever_is_first_in_the_order_now_is_rewarded(db: Services) -> None:
    """A report registered before joins after the review: the case is counted anew for it."""
    await funded()
    case = await reviewed()
    earlier = await registered("都匀市某塑料厂（虚构）半夜排臭气。", wants_reward=True)
    await rows(
        "UPDATE service_request SET registered_at = registered_at - interval '1 day' WHERE id = $1",
        earlier.request_id,
    )
    member = await Membership.get(order_id=case.order_id, to_at__isnull=True)
    joined = await Membership.create(
        id=new_id(),
        tenant_id=TENANT,
        request_id=earlier.request_id,
        order_id=case.order_id,
        relation="same",
        by="triage",
        from_at=member.from_at,
    )
    with refused("reward.other_first"):
        await approve(Asked(case.number), by=APPROVER, now=LATER)
    await propose(Asked(case.number), GENERAL, by=PROPOSER, now=LATER)
    assert (await RewardCase.get(id=case.id)).request_id == earlier.request_id

    await Membership.filter(id=joined.id).update(to_at=LATER)  # parted again
    await review(Asked(case.number), by=REVIEWER, now=LATER)
    with refused("reward.other_first"):
        await approve(Asked(case.number), by=APPROVER, now=LATER)
    await propose(Asked(case.number), GENERAL, by=PROPOSER, now=LATER)
    assert (await RewardCase.get(id=case.id)).request_id == case.request_id


APPROVE = """
import asyncio, sys
from datetime import datetime
from hotline.database import connected
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.approve_reward import approve
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked

async def main(number, by, now):
    actor = Actor(ActorKind.STAFF, by, frozenset({Role.APPROVER}), "", "522700")
    async with connected(pool=1):
        await approve(Asked(number), by=actor, now=datetime.fromisoformat(now))

asyncio.run(main(*sys.argv[1:]))
"""
POSTED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'event'::regclass"


async def test_killed_between_posting_and_approval_both_or_neither(db: Services) -> None:
    await funded()
    case = await reviewed()
    command = (sys.executable, "-c", APPROVE, case.number, APPROVER.id, LATER.isoformat())
    environ = {**os.environ, "DATABASE_URL": db.database_url}
    holder = await asyncpg.connect(db.owner_url)
    held = holder.transaction()
    await held.start()
    await holder.execute("LOCK TABLE event IN SHARE MODE")  # the posting is in, the event is not
    child = await asyncio.create_subprocess_exec(*command, env=environ)
    async with asyncio.timeout(30):
        while not await holder.fetchval(POSTED):
            assert child.returncode is None
    child.send_signal(signal.SIGKILL)
    await child.wait()
    await held.rollback()
    await holder.close()
    async with asyncio.timeout(30):
        await rows("SELECT id FROM reward_case WHERE id = $1 FOR UPDATE", case.id)
    assert (await RewardCase.get(id=case.id)).stage == "reviewed"
    assert not await RewardPosting.filter(case_id=case.id).exists()

    await approve(Asked(case.number), by=APPROVER, now=LATER + timedelta(minutes=1))
    assert (await balances_of(BOOK))[Account.COMMITTED] == 10_000
