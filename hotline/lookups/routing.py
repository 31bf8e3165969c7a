"""为什么给这个部门: the reasons kept with the last decision, in names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.lookups.names import department, kind_names, place_label, trade_named
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, by_table, explained, facts_of
from hotline.rules.explaining import Explanation, ToldRow, explanation_of
from hotline.rules.routing import Passed
from hotline.rules.terms import ActorKind

LAST: Final = """
SELECT e.at, e.actor_kind, d.detail FROM event e
JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
WHERE e.tenant_id = $1 AND e.aggregate = 'order' AND e.aggregate_id = $2 AND d.detail ? 'route'
ORDER BY e.seq DESC LIMIT 1
"""
VERSIONS: Final = """
SELECT id, jurisdiction, topic, version FROM policy_version WHERE id = ANY($1::uuid[])
"""


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why this department. `by_hand`: a person chose; the table's own answer stands beside."""

    at: datetime | None
    by_hand: bool
    rows: tuple[ToldRow, ...]  # kind and place by name
    passed: tuple[Passed, ...]  # by name
    cause: str
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    facts: Mapping[str, Any]
    versions: tuple[str, ...]
    trade: str = ""  # by name
    lead: str = ""
    co: tuple[str, ...] = ()


async def why(pack: Pack, tenant_id: str, order_id: UUID) -> WhyView | None:
    """Of the last time the order was handed on; None for one that never was."""
    found = await row(LAST, tenant_id, order_id)
    if found is None:
        return None
    kept = explanation_of(json.loads(found["detail"])["route"])
    by_hand = found["actor_kind"] == ActorKind.STAFF and kept_by_hand(found["detail"])
    return await _view(pack, kept, at=found["at"], by_hand=by_hand)


async def would_be(pack: Pack, matter: Matter) -> WhyView:
    """If the matter were handed on now."""
    facts = facts_of(pack, matter)
    answer = by_table(pack, facts)
    kept = explanation_of(explained(pack, facts, answer))
    view = await _view(pack, kept, at=None, by_hand=False)
    lead = _who(pack, answer.lead) if answer.lead else ""
    return replace(view, lead=lead, co=tuple(_who(pack, code) for code in answer.co))


def kept_by_hand(detail: str) -> bool:
    """A person's own choice carries no laws of the table; a correction routes by it."""
    told = json.loads(detail)
    return "why" not in told and "before" not in told


async def _view(pack: Pack, kept: Explanation, *, at: datetime | None, by_hand: bool) -> WhyView:
    ids = [one for topic in ("routing", "departments") for one in kept.policy.get(topic, ())]
    known = {str(one["id"]): one for one in await rows(VERSIONS, ids)} if ids else {}
    used = [known[one] for one in ids if one in known]
    trade = trade_named(pack, kept.facts.get("trade"))
    return WhyView(
        at=at,
        by_hand=by_hand,
        rows=tuple(_row(pack, one) for one in kept.rows),
        passed=tuple(Passed(_who(pack, one.who), one.why, one.row) for one in kept.passed),
        cause=kept.cause,
        kinds=tuple(kind.name for kind in kind_names(pack, kept.kinds)),
        places=tuple(filter(None, (place_label(pack, code, None) for code in kept.places))),
        facts=kept.facts,
        trade=trade.name if trade else "",
        versions=tuple(f"{one['jurisdiction']} {one['topic']} {one['version']}" for one in used),
    )


def _row(pack: Pack, told: ToldRow) -> ToldRow:
    names = kind_names(pack, [told.kind]) if told.kind else ()
    place = place_label(pack, told.place, None)
    return replace(told, kind=names[0].name if names else "", place=place)


def _who(pack: Pack, code: str) -> str:
    """A department by its name, a duty by what it is called."""
    return pack.duties.get(code) or department(pack, code).name
