"""Departments at work while everything is killed: orders signed, found, written, answered, closed.

python -m hotline.commands.drilling.desks     (until it is ended; everybody is made up)
"""

import asyncio
import contextlib
from datetime import UTC, datetime
from typing import Final

from tortoise.exceptions import OperationalError

from hotline import database
from hotline.commands.demonstration.book import page
from hotline.commands.demonstration.cast import Cast
from hotline.errors import HotlineError
from hotline.policy.store import packs
from hotline.records import WorkOrder
from hotline.rules.terms import Finding, OrderStage, Role, TextKind
from hotline.steps.answer import answer
from hotline.steps.close import close
from hotline.steps.find import Conclusion, find
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write

AT_ONCE: Final = 2
PAGE: Final = 40
PAUSE: Final = 0.05
TEXT: Final = "经现场检查（虚构），该厂已停产整改，周边气味已消除，感谢您对环境保护工作的支持。"
WAITING: Final = (
    OrderStage.DISPATCHED,
    OrderStage.SIGNED,
    OrderStage.SUBMITTED,
    OrderStage.ANSWERED,
)
AWAY: Final = (OSError, OperationalError, TimeoutError, *database.AWAY)


async def moved(order: WorkOrder, cast: Cast) -> None:
    """One order as far as it goes; what was taken before a kill is not taken again."""
    target, stage = Target(order.tenant_id, order.id), OrderStage(order.stage)
    if stage == OrderStage.DISPATCHED:
        await sign(target, by=await cast.handler(order.lead or ""), now=_now())
    elif stage == OrderStage.SIGNED:
        await _handled(target, order, cast)
    elif stage == OrderStage.SUBMITTED:
        await answer(target, by=await cast.of(Role.REVIEWER), now=_now())
    else:
        await close(target, by=await cast.of(Role.REVIEWER), now=_now())


async def _handled(target: Target, order: WorkOrder, cast: Cast) -> None:
    by = await cast.handler(order.lead or "")
    await find(target, Conclusion(Finding.TRUE, remark=TEXT), by=by, now=_now())
    for kind in TextKind:
        await write(target, Writing(kind, TEXT), by=by, now=_now())
    await submit(target, by=by, now=_now())


async def _at_work(cast: Cast, place: int) -> None:
    """One of several people: whatever a step refuses or a kill interrupts is left to the next."""
    while True:
        with contextlib.suppress(*AWAY):
            waiting = await WorkOrder.filter(stage__in=WAITING).order_by("id").limit(PAGE)
            for order in waiting[place::AT_ONCE]:
                with contextlib.suppress(HotlineError):
                    await moved(order, cast)
        await asyncio.sleep(PAUSE)


async def main() -> None:
    """Until whoever started it ends it."""
    async with database.connected(pool=AT_ONCE):
        cast = Cast((await packs()).pack(page("people")["jurisdiction"]), _now())
        await asyncio.gather(*(_at_work(cast, place) for place in range(AT_ONCE)))


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    asyncio.run(main())
