"""What a supervisor puts right about who belongs together: 合并, 拆出, 关联."""

from typing import Final

from hotline.commands.demonstration.book import one_of, page
from hotline.commands.demonstration.scene import Turn
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import OVER
from hotline.rules.terms import OrderStage, Role
from hotline.steps.link import Linking, link
from hotline.steps.merge import Merging, merge
from hotline.steps.split import Splitting, split
from hotline.steps.transition import Target

APART: Final = frozenset({*OVER, OrderStage.ANSWERED})  # too late to be merged


async def merged(turn: Turn) -> None:
    """合并工单: two orders turn out to be one matter, unless the intake had joined them already."""
    own, other = await _pair(turn)
    if own.id != other.id and not {own.stage, other.stage} & APART:
        ask, by = Merging(other.number, _why(turn)), await _supervisor(turn)
        await merge(Target(own.tenant_id, own.id), ask, by=by, now=turn.at)


async def moved_out(turn: Turn) -> None:
    """拆出: what was joined is another matter."""
    own, other = await _pair(turn)
    if own.id == other.id:
        ask, by = Splitting((turn.report.number,), _why(turn)), await _supervisor(turn)
        await split(Target(own.tenant_id, own.id), ask, by=by, now=turn.at)


async def related(turn: Turn) -> None:
    """关联: two orders that help each other."""
    own, other = await _pair(turn)
    if own.id != other.id:
        ask, by = Linking(other.number, _why(turn)), await _supervisor(turn)
        await link(Target(own.tenant_id, own.id), ask, by=by, now=turn.at)


async def _pair(turn: Turn) -> tuple[WorkOrder, WorkOrder]:
    """The order of this report, and that of the report it was planned to follow."""
    first = turn.scene.reports[turn.planned.follows].planned
    return await turn.order(), await Turn(turn.scene, first, turn.name, turn.at).order()


def _why(turn: Turn) -> str:
    return one_of(turn.lots, page("remarks")[turn.name])


async def _supervisor(turn: Turn) -> Actor:
    return await turn.scene.cast.of(Role.SUPERVISOR)
