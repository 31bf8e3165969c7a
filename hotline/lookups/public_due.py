"""公开期限: which results wait to be published and until when, nearest first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.sight import sight_of
from hotline.policy.store import Packs, packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, OrderStage

MOST: Final = 20  # shown at once: the nearest

WAITING: Final = """
SELECT o.number, o.jurisdiction, o.stage, o.finding, o.county, o.township, o.kinds, o.title,
  o.version, count(*) OVER () AS total, t.cause, t.started_at, t.due_on, t.due_at, t.provisional,
  EXISTS (SELECT FROM publication p WHERE p.tenant_id = o.tenant_id AND p.order_id = o.id
    AND p.stage = 'proposed') AS proposed
FROM public_term t
JOIN work_order o ON o.tenant_id = t.tenant_id AND o.id = t.holder_id
WHERE t.tenant_id = $1 AND t.holder = 'order' AND t.stopped_at IS NULL
  AND o.stage NOT IN ('withdrawn', 'merged', 'forwarded')
  AND o.jurisdiction = ANY($2){own} ORDER BY t.due_at, o.number LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One result that is not public yet."""

    order: str
    version: int
    title: str
    place: str
    kind: Named
    finding: Finding | None
    stage: OrderStage
    cause: str
    due_on: date
    provisional: bool
    is_late: bool
    is_proposed: bool


async def waiting(by: Actor, now: datetime) -> tuple[list[Waiting], int]:
    """Within the publisher's sight, the nearest end first; and how many there are in all."""
    sight = await sight_of(by)
    known = await packs()
    sql = WAITING.format(own=order_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    return [_waiting(known, one, now) for one in found], int(found[0]["total"]) if found else 0


def _waiting(known: Packs, one: dict[str, Any], now: datetime) -> Waiting:
    pack = known.pack(one["jurisdiction"])
    return Waiting(
        order=one["number"],
        version=one["version"],
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kind=kind_names(pack, one["kinds"][:1] or ["other"])[0],
        finding=Finding(one["finding"]) if one["finding"] else None,
        stage=OrderStage(one["stage"]),
        cause=one["cause"],
        due_on=one["due_on"],
        provisional=one["provisional"],
        is_late=one["due_at"] < now,
        is_proposed=one["proposed"],
    )
