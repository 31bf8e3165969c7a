"""A matter that was handled and made public, for the tests of what anybody may read."""

from datetime import UTC, datetime

from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.terms import Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from tests.steps.builders import caller
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, order_of, staff, until

PHONE = "13900000031"  # made up（虚构）
TOLD = Proposal(
    "某企业异味问题", "群众反映附近一家企业气味难闻。", "经查，收集设施有破损，已修复。"
)


async def a_public_matter() -> str:
    """Its public number."""
    return await _told(await dispatched(contact=caller(PHONE)))


async def made_public(report: str) -> str:
    """The matter that a report belongs to, handled to its end; its public number."""
    return await _told(await order_of(await ServiceRequest.get(number=report)))


async def _told(order: WorkOrder) -> str:
    ended = await until(Step.CLOSE, order)
    number = await propose(at(ended), TOLD, by=handler_of(ended), now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=datetime.now(UTC))
    return number
