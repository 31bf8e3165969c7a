"""履历: what happened to an order and its reports, in one line each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.names import department, kind_names, place_label
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.terms import ActorKind, Step

EVENTS = """
SELECT e.step, e.stage, e.actor_kind, e.department, e.at, e.aggregate, d.detail,
  s.name AS who, r.number, b.name AS behalf
FROM event e
LEFT JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
LEFT JOIN staff s ON e.actor_kind = 'staff' AND s.tenant_id = e.tenant_id
  AND s.id::text = e.actor_id
LEFT JOIN staff b ON b.tenant_id = e.tenant_id AND b.id::text = d.detail ->> 'on_behalf'
LEFT JOIN service_request r ON e.aggregate = 'request' AND r.tenant_id = e.tenant_id
  AND r.id = e.aggregate_id
WHERE e.tenant_id = $1 AND (e.aggregate = 'order' AND e.aggregate_id = $2
  OR e.aggregate = 'request' AND e.aggregate_id = ANY($3) AND e.step = ANY($4))
ORDER BY e.at, e.id
"""

# of a report in an order, the desk needs these; the rest stands in the order's own history
OF_MEMBERS: Final = (
    Step.REGISTER, Step.SUPPLEMENT, Step.FOLLOW_UP, Step.WITHDRAW, Step.UNMASK,
    Step.ASK_IDENTITY, Step.GRANT_IDENTITY, Step.DENY_IDENTITY,
)  # fmt: skip
# facts that may be shown; ids stay in the house
SHOWN: Final = frozenset(
    {"reason", "remark", "finding", "kind", "version", "upheld", "interim", "score", "solved",
     "wants_redo", "relation", "cause", "refer_to", "channel", "publication", "stage", "texts",
     "more", "until", "body", "contact", "their_number",
     "checked", "tried", "left", "review", "outcome",
     "to", "from", "into", "merged", "unmerged", "other", "reports", "publications"}
)  # fmt: skip
DEPARTMENTS: Final = frozenset({"lead", "lead_before", "co", "propose"})
CORRECTED: Final = frozenset({"before", "after"})  # place and kinds, as they stood and stand


@dataclass(frozen=True, slots=True)
class Line:
    """One step: when, what, by whom. `of`: number of the report it concerns, "" for the order."""

    at: datetime
    step: Step
    stage: str
    kind: ActorKind
    who: str
    department: str
    of: str
    facts: Mapping[str, Any]


async def order_history(
    pack: Pack, tenant_id: str, order_id: UUID, requests: Sequence[UUID]
) -> tuple[Line, ...]:
    """Of an order and of the reports in it."""
    steps = [step.value for step in OF_MEMBERS]
    return await _lines(pack, await rows(EVENTS, tenant_id, order_id, list(requests), steps))


async def request_history(pack: Pack, tenant_id: str, request_id: UUID) -> tuple[Line, ...]:
    """Of one report alone."""
    steps = [step.value for step in Step]
    return await _lines(pack, await rows(EVENTS, tenant_id, request_id, [request_id], steps))


@dataclass(frozen=True, slots=True)
class _Names:
    """By the pack an order is under now; a desk it came from may be of another."""

    pack: Pack
    others: tuple[Pack, ...]

    def department(self, code: str) -> str:
        return department(self.pack, code, self.others).name


async def _lines(pack: Pack, found: list[dict[str, Any]]) -> tuple[Line, ...]:
    near = (one for one in (await packs()).by_code.values() if one.tenant == pack.tenant)
    names = _Names(pack, tuple(near))
    return tuple(_line(names, row) for row in found)


def _line(names: _Names, row: dict[str, Any]) -> Line:
    return Line(
        at=row["at"],
        step=Step(row["step"]),
        stage=row["stage"],
        kind=ActorKind(row["actor_kind"]),
        who=_who(row),
        department=names.department(row["department"]) if row["department"] else "",
        of=row["number"] or "",
        facts=_facts(names, json.loads(row["detail"] or "{}")),
    )


def _who(row: dict[str, Any]) -> str:
    """代理: both names."""
    behalf = f"（代{row['behalf']}）" if row["behalf"] else ""
    return f"{row['who'] or ''}{behalf}"


def _facts(names: _Names, detail: Mapping[str, Any]) -> dict[str, Any]:
    """Only what may be shown and is there; department codes by name."""
    facts = {
        name: _told(detail[name]) for name in SHOWN & detail.keys() if detail[name] is not None
    }
    for name in DEPARTMENTS & detail.keys():
        codes = detail[name]
        if isinstance(codes, str):
            facts[name] = names.department(codes)
        elif codes:
            facts[name] = "、".join(names.department(code) for code in codes)
    for name in CORRECTED & detail.keys():
        facts[name] = _place_and_kinds(names.pack, detail[name])
    return facts


def _told(fact: Any) -> Any:
    return "、".join(map(str, fact)) if isinstance(fact, list) else fact


def _place_and_kinds(pack: Pack, told: Mapping[str, Any]) -> str:
    """都匀市小围寨街道、福泉市 · 大气、水."""
    also = (place_label(pack, county, None) for county in told["also"])
    places = filter(None, (place_label(pack, told["county"], told["township"]), *also))
    kinds = (kind.name for kind in kind_names(pack, told["kinds"]))
    return " · ".join(filter(None, ("、".join(places), "、".join(kinds))))
