"""保存期满: reports whose term is over lose their words and their reporter; a tombstone stands."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from hotline.database import rows
from hotline.errors import Stale, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records.keeping import NOTHING, STALE
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.protection import Ended, is_due
from hotline.rules.terms import ActorKind
from hotline.steps.erase import erase
from hotline.steps.transition import Target

CLOCK: Final = Actor(ActorKind.SYSTEM, "clock")
BATCH: Final = 100
WHY: Final = "保存期限届满，按规定删除"
# 搁置来件: a person has settled what it was; the words are needed no longer
FORGET_ASIDE: Final = """
UPDATE held_delivery SET wrapped_key = NULL, body = ''
WHERE tenant_id = $1 AND wrapped_key IS NOT NULL AND resolved_at < $2 RETURNING id
"""


async def forget_ended(now: datetime) -> int:
    """How many reports were erased; run as often as one likes."""
    gone = 0
    for pack in (await packs()).serving():
        if pack.protection.retention:
            gone += await _forget(pack, now)
    return gone


async def forget_aside(now: datetime) -> int:
    """How many settled deliveries were destroyed. What nobody has settled waits for a person."""
    gone = 0
    for pack in (await packs()).tenants():
        if pack.protection.aside_days is not None:
            before = now - timedelta(days=pack.protection.aside_days)
            gone += len(await rows(FORGET_ASIDE, pack.tenant, before))
    return gone


async def _forget(pack: Pack, now: datetime) -> int:
    stages = sorted({stage.value for row in pack.protection.retention for stage in row.stages})
    newest = max(row.ended_before(now) for row in pack.protection.retention)
    before, last, gone = datetime.combine(newest, time(), UTC), NOTHING, 0
    while True:
        found = await rows(STALE, pack.tenant, pack.code, stages, before, last, BATCH)
        for one in found:
            if not one["held"] and is_due(pack.protection.retention, ended(one), now):
                gone += await _erased(Target(pack.tenant, one["id"]), now)
        if len(found) < BATCH:
            return gone
        last = found[-1]["id"]


def ended(one: dict[str, Any]) -> Ended:
    """A row of `records.keeping` as the rules ask for it."""
    on = one["ended_at"].astimezone(SHANGHAI).date()
    return Ended(one["stage"], one["wish"], frozenset(one["kinds"]), on)


async def _erased(target: Target, now: datetime) -> bool:
    """Something may have happened to it this very moment: then another day."""
    try:
        await erase(target, WHY, by=CLOCK, now=now)
    except (Stale, StepRefused):
        return False
    return True
