"""Many people on few orders at random: what one was told is done stays done, nothing is done over.

Short: ten people, five orders, three seconds; HOTLINE_TEST_LONG=1: fifty, twenty, a minute.
"""

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import Stale
from hotline.lookups.history_check import check_history
from hotline.records import OrderText, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, RequestStage, Role, TextKind
from hotline.steps.accept import Acceptance, accept
from hotline.steps.find import Conclusion, find
from hotline.steps.sign import sign
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write
from tests.steps.builders import decided
from tests.steps.desk import LATER, TENANT, at, handler_of, order_of, staff

LONG = bool(os.environ.get("HOTLINE_TEST_LONG"))
PEOPLE, ORDERS, SECONDS = (50, 20, 60) if LONG else (10, 5, 3)
PATIENCE = 60  # seconds more, where the machine is too busy for anybody to meet another
TOWNS = ("都匀市小围寨街道", "都匀市广惠街道", "福泉市金山街道", "瓮安县雍阳街道", "独山县百泉镇")
TROUBLES = ("塑料厂夜间排放恶臭", "采石场粉尘漫天", "电镀厂偷排废水", "机械厂噪声扰民")


@dataclass
class Done:
    """What people were told: texts that were taken, and how often each order was changed."""

    texts: dict[tuple[UUID, str, int], str] = field(default_factory=dict)
    changes: Counter[UUID] = field(default_factory=Counter)
    stale: int = 0

    @property
    def is_enough(self) -> bool:
        """Everybody may have saved something, and somebody came too late."""
        return sum(self.changes.values()) > PEOPLE and self.stale > 0


async def test_nobody_overwrites_what_another_was_told_is_saved(db: Services) -> None:
    orders = [await signed(n) for n in range(ORDERS)]
    before = {order.id: (await WorkOrder.get(id=order.id)).version for order in orders}
    done, until = Done(), time.monotonic() + SECONDS

    await asyncio.gather(*(person(n, orders, done, until) for n in range(PEOPLE)))

    assert done.is_enough
    for order in orders:
        stands = await WorkOrder.get(id=order.id)
        assert stands.version - before[order.id] == done.changes[order.id]
    kept = {(one.order_id, one.kind, one.version): one.text for one in await OrderText.all()}
    assert kept == done.texts
    assert (await check_history()).breaks == []


async def signed(n: int) -> WorkOrder:
    town, trouble = TOWNS[n % len(TOWNS)], TROUBLES[n // len(TOWNS)]
    request = await decided(f"{town}某厂（虚构）{trouble}，附近居民苦不堪言。")
    if request.stage == RequestStage.TRIAGE:  # like another, and yet a matter of its own
        choice = Acceptance("522701", None, ("air.odour",))
        await accept(at(request), choice, by=staff(Role.TRIAGE), now=LATER)
    order = await order_of(request)
    await sign(at(order), by=handler_of(order), now=LATER)
    return order


async def person(n: int, orders: list[WorkOrder], done: Done, until: float) -> None:
    """Opens an order, thinks a moment, saves what stood on the page as it was opened."""
    chance, said = Random(n), 0
    while (now := time.monotonic()) < until or (now < until + PATIENCE and not done.is_enough):
        order = chance.choice(orders)
        by = handler_of(order)
        (page,) = await rows("SELECT version FROM work_order WHERE id = $1", order.id)
        await asyncio.sleep(chance.random() / 50)
        target = Target(TENANT, order.id, page["version"])
        said += 1
        try:
            await act(target, chance, by, f"第{n}人第{said}稿，已现场核查。", done)
        except Stale:
            done.stale += 1
            continue
        done.changes[order.id] += 1


async def act(target: Target, chance: Random, by: Actor, text: str, done: Done) -> None:
    if chance.random() < 0.3:
        await find(target, Conclusion(chance.choice(list(Finding))), by=by, now=LATER)
        return
    kind = chance.choice(list(TextKind))
    version = await write(target, Writing(kind, text), by=by, now=LATER)
    done.texts[target.id, kind.value, version] = text
