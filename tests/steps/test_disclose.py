"""Publishing: told anew, by two people, and taken back with a reason."""

from dataclasses import replace

import pytest

from hotline.commands.launch.services import Services
from hotline.errors import NotAllowed, NotFound
from hotline.records import Event, Publication
from hotline.rules.terms import Aggregate, Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.inspected import Inspected
from hotline.steps.retract import retract
from tests.steps.builders import ODOUR, decided
from tests.steps.desk import (
    LATER,
    TENANT,
    at,
    dispatched,
    handler_of,
    order_of,
    refused,
    staff,
    until,
)

GOOD = Proposal(
    "一家塑料企业异味问题",
    "企业废气收集设施破损，生产时有异味散发。",
    "已责令企业限期修复设施，复查时异味消除。",
)
PUBLISHER = staff(Role.PUBLISHER)


async def test_proposed_by_one_person_and_published_by_another(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), GOOD, by=handler_of(order), now=LATER)
    assert number != order.number
    await approve(TENANT, number, by=PUBLISHER, now=LATER)
    published = await Publication.get(number=number)
    assert (published.stage, published.closing, published.finding) == (
        "published",
        "closed",
        "true",
    )
    assert published.approved_by != published.proposed_by
    history = Event.filter(aggregate=Aggregate.PUBLICATION, aggregate_id=published.id)
    assert [event.stage for event in await history.order_by("seq")] == ["proposed", "published"]


async def test_nobody_approves_the_own_proposal(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), GOOD, by=PUBLISHER, now=LATER)
    with refused("disclose.own_proposal"):
        await approve(TENANT, number, by=PUBLISHER, now=LATER)
    assert (await Publication.get(number=number)).stage == "proposed"


async def test_a_handler_publishes_nothing(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    number = await propose(at(order), GOOD, by=by, now=LATER)
    other = staff(Role.HANDLER, department=order.lead or "")
    with pytest.raises(NotAllowed):
        await approve(TENANT, number, by=other, now=LATER)


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (Proposal("", GOOD.problem, GOOD.measure), "disclose.empty"),
        (Proposal(GOOD.title, "举报人13800138000称有异味", GOOD.measure), "disclose.personal"),
        (Proposal(GOOD.title, GOOD.problem, "我家住在附近"), "disclose.personal"),
        (
            Proposal(GOOD.title, "每天半夜，排放刺鼻臭气，熏得睡不着", GOOD.measure),
            "disclose.reporters_words",
        ),
        (
            replace(GOOD, inspected=Inspected(verified="经查，每天半夜排放刺鼻臭气熏得睡不着属实")),
            "disclose.reporters_words",
        ),
        (
            replace(GOOD, inspected=Inspected(accountability="约谈1人，我\u200b家在附近")),
            "disclose.inspected_personal",
        ),
    ],
)
async def test_what_points_at_the_reporter_is_not_published(
    db: Services, ask: Proposal, key: str
) -> None:
    order = await until(Step.CLOSE, await order_of(await decided(ODOUR)))
    with refused(key):
        await propose(at(order), ask, by=handler_of(order), now=LATER)
    assert not await Publication.exists()


async def test_an_order_in_work_is_not_published(db: Services) -> None:
    order = await dispatched()
    with refused("order.not_now"):
        await propose(at(order), GOOD, by=handler_of(order), now=LATER)


async def test_a_matter_is_published_once_and_again_after_it_was_taken_back(db: Services) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    number = await propose(at(order), GOOD, by=by, now=LATER)
    with refused("disclose.already"):
        await propose(at(order), GOOD, by=by, now=LATER)
    with refused("reason.too_short"):
        await retract(TENANT, number, "错", by=PUBLISHER, now=LATER)
    await retract(TENANT, number, "处罚决定已被撤销", by=PUBLISHER, now=LATER)
    assert (await Publication.get(number=number)).retract_reason == "处罚决定已被撤销"
    with pytest.raises(NotFound):
        await approve(TENANT, number, by=staff(Role.PUBLISHER), now=LATER)
    assert await propose(at(order), GOOD, by=by, now=LATER) != number
