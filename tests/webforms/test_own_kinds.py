"""限办类型: whatever list an order stands on, a post for other kinds does not find it there."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import httpx

from hotline.database import rows
from hotline.lookups import case_export
from hotline.lookups.assessment import assessment
from hotline.lookups.campaigns import campaigns
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import (
    Campaign,
    CampaignOrder,
    Forwarding,
    IdentityAsk,
    MediaClue,
    Message,
    Nuisance,
    Publication,
    PublicTerm,
    Recusal,
    Referral,
    Review,
    RewardCase,
    ServiceRequest,
    Staff,
    WorkOrder,
)
from hotline.rules.actor import Actor
from hotline.rules.numbering import public_number
from hotline.rules.terms import ActorKind, Role
from hotline.steps.count_cohort import count_cohort
from hotline.steps.tell_seated import Matter, seated
from tests.support.sitting import DESK, PREFECTURE, Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor

NOW: Final = datetime.now(UTC)
MONTH: Final = (NOW + timedelta(hours=8)).date().replace(day=1)
EVERYTHING: Final = tuple(role for role in Role if role not in (Role.PUBLIC, Role.MACHINE))
PUBLIC, LABEL, ASIDE, REWARD = (
    public_number(prefix, NOW.date(), "00000001") for prefix in ("G", "Z", "D", "J")
)
LISTS: Final = (
    *("/desk", "/board/orders?what=living", f"/assessment/orders?month={MONTH:%Y-%m}", "/notices"),
    *("/media", "/media/stories/{report}", "/publish", f"/publish/{PUBLIC}/photos", "/nuisance"),
    *("/reviews", "/reviews/{report}", "/forwarded", "/custody", "/messages?state=dead"),
    *(
        "/referrals?tab=running",
        f"/referrals/{ASIDE}",
        "/referrals/breaches",
        "/rewards?tab=proposed",
    ),
    *(f"/campaigns/{LABEL}", f"/rewards/cases/{REWARD}"),
)


async def on_every_list(report: str, number: str) -> WorkOrder:
    """One order and its report with whatever an office may hang on them; made up（虚构）."""
    order = await WorkOrder.get(number=number)
    request = await ServiceRequest.get(number=report)
    own: dict[str, Any] = {"tenant_id": order.tenant_id}
    here = {**own, "jurisdiction": order.jurisdiction}
    of_order, of_report = {**own, "order_id": order.id}, {**own, "request_id": request.id}
    today, said = NOW.date(), "虚构"
    await rows("UPDATE clock SET due_at = $1 WHERE scheme = 'notice'", NOW - timedelta(days=1))
    await Publication.create(
        **here, order_id=order.id, number=PUBLIC, kind="air", finding="true", closing="closed",
        stage="proposed", title=said, problem=said, measure=said, proposed_by="x", proposed_at=NOW,
    )  # fmt: skip
    await PublicTerm.create(
        **here, holder="order", holder_id=order.id, rule="create", unit="day", count=7,
        started_at=NOW, due_on=today, due_at=NOW,
    )  # fmt: skip
    await Review.create(**of_order, request_id=request.id, kind="review", asked_at=NOW)
    await MediaClue.create(id=request.id, **own, outlet=said)
    campaign = await Campaign.create(
        **here, number=LABEL, name=said, from_on=today, to_on=today, opened_by="x", opened_at=NOW
    )
    await CampaignOrder.create(**of_order, campaign_id=campaign.id, by="x", from_at=NOW)
    await Forwarding.create(**of_order, body=said, contact=said, reason=said, by="x", at=NOW)
    await Referral.create(
        **here, order_id=order.id, number=ASIDE, kind="urge", stage="sent", title=said,
        addressees=[DESK], opened_by="x", opened_at=NOW, sent_at=NOW,
    )  # fmt: skip
    await RewardCase.create(
        **here, order_id=order.id, request_id=request.id, number=REWARD, stage="proposed",
        reported_on=today, scheme="", opened_at=NOW, facts={"earlier_rewarded": False},
    )  # fmt: skip
    await IdentityAsk.create(**of_report, asked_by="x", asked_at=NOW, why=said)
    await Nuisance.create(
        **of_report, sender_index=request.sender_index, why=said, proposed_by="x", proposed_at=NOW
    )
    for staff in ("dead", "queued"):
        await Message.create(
            **of_order, thread=str(uuid4()), seq=1, template="order.dispatched", state=staff,
            recipient="department", department=DESK, error="smtp", available_at=NOW, created_at=NOW,
        )  # fmt: skip
    return order


async def found(desk: Sitting, report: str, number: str) -> set[str]:
    """The lists on which one of its numbers stands."""
    own, shown = (number, report, ASIDE, REWARD), set()
    for path in LISTS:
        page = await desk.client.get(path.format(report=report))
        assert page.status_code in (200, 404), path
        if page.status_code == 200 and any(one in page.text for one in own):
            shown.add(path)
    return shown


async def test_no_list_holds_an_order_of_kinds_that_the_post_is_not_for(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    noise = await seat(visitor, *EVERYTHING, department=DESK, kinds={"noise"})
    air = await seat(another(client), *EVERYTHING, department=DESK, kinds={"air"})
    report = await arrived()
    number = await order_number(report)
    order = await on_every_list(report, number)

    assert await found(noise, report, number) == set()
    assert set(LISTS) - await found(air, report, number) == set()

    await count_cohort((await packs()).pack(PREFECTURE), MONTH, NOW)
    for kinds, many in (({"noise"}, 0), ({"air"}, 1), (set(), 1)):
        by = Actor(
            ActorKind.STAFF, str(uuid4()), frozenset(EVERYTHING), DESK, PREFECTURE,
            kinds=frozenset(kinds),
        )  # fmt: skip
        month = await assessment(by, MONTH, NOW)
        assert month
        assert (month.whole.tally.orders, month.curve[-1][1].orders) == (many, many), kinds
        assert [one.funnel["orders"] for one in await campaigns(by, NOW)] == [many]
        since, until = NOW - timedelta(days=1), NOW + timedelta(days=1)
        within = await sight_of(by)
        lines = [one async for one in case_export.cases(within, since, until, NOW)]
        assert len(lines) == await case_export.counted(within, since, until) == many

    await told_apart(order, noise, air)


async def told_apart(order: WorkOrder, noise: Sitting, air: Sitting) -> None:
    """告知: neither whose post is for others, nor who has withdrawn from the order."""
    ids = {one.login: one.id for one in await Staff.all()}
    matter = Matter(order.tenant_id, order.jurisdiction, order.kinds, order.id)
    assert await seated(matter, Role.SUPERVISOR) == [ids[air.login]]
    other = Matter(order.tenant_id, order.jurisdiction, ["noise.industry"])
    assert await seated(other, Role.SUPERVISOR) == [ids[noise.login]]
    await Recusal.create(
        tenant_id=order.tenant_id, order_id=order.id, staff_id=ids[air.login], reason="虚构",
        by="x", at=NOW,
    )  # fmt: skip
    assert await seated(matter, Role.SUPERVISOR) == []
