"""值班呼叫: an urgent matter calls whoever is on duty, rank by rank, until somebody has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.policy.store import packs
from hotline.records import DutyAlarm, DutyWatch, Message, Staff, WorkOrder, new_id
from hotline.rules.lifecycle import OVER
from hotline.rules.message import DUTY
from hotline.rules.terms import OrderStage, Role

TURN: Final = timedelta(minutes=10)
LATER_TURN: Final = timedelta(hours=1)
QUICK_TURNS: Final = 6
# a department has signed for it: whoever is on duty was told once, and is not called again
TAKEN_UP: Final = frozenset({OrderStage.SIGNED, OrderStage.SUBMITTED, OrderStage.ANSWERED})


@dataclass(frozen=True, slots=True)
class Called:
    """One turn: of which order, how many people, whether the duty list named any."""

    order: str
    people: int
    listed: bool


async def call_duty(now: datetime) -> Called | None:
    """One alarm that is due; None when there is none."""
    async with transaction():
        due = DutyAlarm.filter(acknowledged_at__isnull=True, next_at__lte=now)
        alarm = await due.order_by("next_at").select_for_update(skip_locked=True).first()
        return await _turn(alarm, now) if alarm else None


async def _turn(alarm: DutyAlarm, now: datetime) -> Called:
    order = await WorkOrder.get(tenant_id=alarm.tenant_id, id=alarm.order_id)
    stage = OrderStage(order.stage)
    if stage in OVER or (alarm.told and stage in TAKEN_UP):  # the alarm stays on record
        await DutyAlarm.filter(tenant_id=alarm.tenant_id, id=alarm.id).update(next_at=None)
        return Called(order.number, 0, listed=True)
    path = await _path(alarm.jurisdiction)
    watches = await _on_duty(alarm.tenant_id, path, now)
    ranks = sorted({one.rank for one in watches})
    turn = alarm.told % (len(ranks) + 1)
    called: dict[UUID, DutyWatch | None] = {
        one.staff_id: one for one in watches if turn < len(ranks) and one.rank == ranks[turn]
    }
    if not called:  # nobody is listed, or everybody was called: those who watch over the desk
        called = dict.fromkeys(await _supervisors(alarm.tenant_id, path))
    for staff_id, watch in called.items():
        await _tell(alarm, staff_id, watch, now)
    pause = TURN if alarm.told + 1 < QUICK_TURNS else LATER_TURN
    held = DutyAlarm.filter(tenant_id=alarm.tenant_id, id=alarm.id)
    await held.update(told=alarm.told + 1, next_at=now + pause)
    return Called(order.number, len(called), listed=bool(watches))


async def first_called(
    tenant_id: str, jurisdiction: str, now: datetime
) -> dict[UUID, DutyWatch | None]:
    """The first rank of whoever is on duty; where nobody is listed, those who watch over it."""
    path = await _path(jurisdiction)
    watches = await _on_duty(tenant_id, path, now)
    first = min((one.rank for one in watches), default=0)
    found: dict[UUID, DutyWatch | None] = {
        one.staff_id: one for one in watches if one.rank == first
    }
    return found or dict.fromkeys(await _supervisors(tenant_id, path))


async def _path(jurisdiction: str) -> list[str]:
    """The jurisdiction itself, then those it lies in."""
    known = (await packs()).pack(jurisdiction)
    return [jurisdiction, *(place.code for place in reversed(known.gazetteer.path(jurisdiction)))]


async def _on_duty(tenant_id: str, path: Sequence[str], now: datetime) -> list[DutyWatch]:
    """The list of the nearest jurisdiction that has one now; of people who still work here."""
    listed = await DutyWatch.filter(
        tenant_id=tenant_id, jurisdiction__in=list(path), from_at__lte=now, to_at__gt=now
    )
    people = await Staff.filter(
        tenant_id=tenant_id, active=True, id__in=[one.staff_id for one in listed]
    )
    working = {one.id for one in people}
    present = [one for one in listed if one.staff_id in working]
    nearest = next((code for code in path if any(one.jurisdiction == code for one in present)), "")
    return [one for one in present if one.jurisdiction == nearest]


async def _supervisors(tenant_id: str, path: Sequence[str]) -> list[UUID]:
    found = await Staff.filter(
        tenant_id=tenant_id,
        active=True,
        jurisdiction__in=list(path),
        roles__contains=[Role.SUPERVISOR.value],
    )
    return [one.id for one in found]


async def _tell(alarm: DutyAlarm, staff_id: UUID, watch: DutyWatch | None, now: datetime) -> None:
    await Message.create(
        id=new_id(),
        tenant_id=alarm.tenant_id,
        thread=f"duty:{alarm.id}:{staff_id}"[:96],
        seq=alarm.told,
        template="duty.emergency",
        recipient=DUTY,
        staff_id=staff_id,
        order_id=alarm.order_id,
        fill={"watch": str(watch.id)} if watch else {},
        state="queued",
        available_at=now,
        created_at=now,
    )
