"""公开历史: what anybody could read of a matter, and on which days."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.numbering import asked

SHOWN: Final = "shown"

ORDER_OF: Final = """
SELECT order_id FROM publication
WHERE tenant_id = $1 AND number = $2 AND jurisdiction = ANY($3)
"""
# every publication of the matter is one story: what went, what came instead
STATES: Final = """
SELECT p.number, v.seq, v.what, v.content, v.reason, v.at, s.name AS who
FROM publication p
JOIN public_version v ON v.tenant_id = p.tenant_id AND v.holder = 'publication'
  AND v.holder_id = p.id
LEFT JOIN staff s ON s.tenant_id = v.tenant_id AND s.id::text = v.by
WHERE p.tenant_id = $1 AND p.order_id = $2 ORDER BY v.at, p.published_at, v.seq
"""
# of what was public once: that it is gone, since when and why; of nothing else anything
WITHDRAWN: Final = """
SELECT p.number, p.retracted_at, p.retract_reason, n.number AS now_public
FROM publication p
LEFT JOIN publication n ON n.tenant_id = p.tenant_id AND n.order_id = p.order_id
  AND n.stage = 'published'
WHERE p.tenant_id = $1 AND p.number = $2 AND p.stage = 'retracted' AND p.published_at IS NOT NULL
"""
# what was public of the same matter before
EARLIER: Final = """
SELECT e.number, e.retracted_at, e.retract_reason, p.number AS now_public
FROM publication p
JOIN publication e ON e.tenant_id = p.tenant_id AND e.order_id = p.order_id
  AND e.stage = 'retracted' AND e.published_at IS NOT NULL
WHERE p.tenant_id = $1 AND p.number = $2 AND p.stage = 'published' ORDER BY e.retracted_at
"""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was public and is no more: since when, why, and what is public instead."""

    number: str
    on: date
    reason: str
    now_public: str


@dataclass(frozen=True, slots=True)
class State:
    """From `at` on this number was shown with these words, or gone with this reason."""

    number: str
    what: str
    content: Mapping[str, Any]
    place: str
    kind: Named | None
    reason: str
    at: datetime
    who: str

    @property
    def day(self) -> date:
        """The day in Shanghai on which it began."""
        return self.at.astimezone(SHANGHAI).date()


async def versions(by: Actor, number: str) -> list[State]:
    """Of the matter that the number belongs to, the oldest first. NotFound beyond sight."""
    sight = await sight_of(by)
    known = await packs()
    found = await row(ORDER_OF, sight.tenant_id, asked(number), sorted(sight.jurisdictions))
    if found is None:
        raise NotFound("publication")
    return await _states(known.pack(sight.tenant_id), found["order_id"])


def on_day(states: Sequence[State], day: date) -> State | None:
    """What stood at the end of a day; None where nothing was public."""
    standing: dict[str, State] = {}
    for state in states:
        if state.day <= day:
            standing[state.number] = state
    shown = [state for state in standing.values() if state.what == SHOWN]
    return shown[-1] if shown else None


async def withdrawn(tenant_id: str, number: str) -> Withdrawn:
    """行政处罚法 a48: taken back, and the reason told. NotFound for what was never public."""
    found = await row(WITHDRAWN, tenant_id, number)
    if found is None:
        raise NotFound("publication")
    return _withdrawn(found)


async def earlier(tenant_id: str, number: str) -> list[Withdrawn]:
    """再次公开: what stood before of the matter that is public now, without its words."""
    return [_withdrawn(one) for one in await rows(EARLIER, tenant_id, number)]


def _withdrawn(found: Mapping[str, Any]) -> Withdrawn:
    gone: datetime = found["retracted_at"]
    return Withdrawn(
        number=found["number"],
        on=gone.astimezone(SHANGHAI).date(),
        reason=found["retract_reason"],
        now_public=found["now_public"] or "",
    )


async def _states(pack: Pack, order_id: UUID) -> list[State]:
    return [_state(pack, one) for one in await rows(STATES, pack.tenant, order_id)]


def _state(pack: Pack, one: Mapping[str, Any]) -> State:
    content: Mapping[str, Any] = json.loads(one["content"])
    return State(
        number=one["number"],
        what=one["what"],
        content=content,
        place=place_label(pack, content.get("county"), content.get("township")),
        kind=kind_names(pack, [content["kind"]])[0] if content else None,
        reason=one["reason"],
        at=one["at"],
        who=one["who"] or "",
    )
