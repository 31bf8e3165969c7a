"""保密审批: what waits for a custodian; no identity and no word of a report is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.names import department, pack_of
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.records import handles
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor

KIND: Final = "identity_ask"
MOST: Final = 100
LISTED: Final = """
SELECT a.id, a.why, a.asked_at, a.decided_at, a.granted, a.until, a.answer, a.asked_by,
  r.number, r.jurisdiction, o.number AS order_number, s.name, s.department, d.name AS decider
FROM identity_ask a
JOIN service_request r ON r.tenant_id = a.tenant_id AND r.id = a.request_id
LEFT JOIN work_order o ON o.tenant_id = a.tenant_id AND o.id = a.order_id
LEFT JOIN staff s ON s.tenant_id = a.tenant_id AND s.id::text = a.asked_by
LEFT JOIN staff d ON d.tenant_id = a.tenant_id AND d.id::text = a.decided_by
WHERE a.tenant_id = $1 AND r.jurisdiction = ANY($2) AND (a.decided_at IS NULL) = $3{own}
ORDER BY coalesce(a.decided_at, a.asked_at) DESC LIMIT $4
"""
OWN: Final = """
SELECT DISTINCT ON (r.number) r.number, a.granted, a.until, a.answer FROM identity_ask a
JOIN service_request r ON r.tenant_id = a.tenant_id AND r.id = a.request_id
WHERE a.tenant_id = $1 AND a.asked_by = $2 AND r.number = ANY($3)
ORDER BY r.number, a.asked_at DESC
"""


@dataclass(frozen=True, slots=True)
class AskView:
    """One question. `own`: the reader asked it and so may not decide it."""

    handle: str
    report: str
    order: str
    who: str
    department: str
    why: str
    asked_at: datetime
    granted: bool | None
    decider: str
    decided_at: datetime | None
    until: datetime | None
    answer: str
    own: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How one's own question of a report stands: "" (not asked), asked, granted or denied."""

    state: str = ""
    until: datetime | None = None
    answer: str = ""


async def asks(by: Actor, *, decided: bool) -> list[AskView]:
    """The newest first, within one custodian's jurisdictions."""
    sight = await sight_of(by)
    sql = LISTED.format(own=report_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), not decided, MOST)
    return [_view(await pack_of(one["jurisdiction"]), by, one) for one in found]


async def standing(
    tenant_id: str, by: Actor, reports: list[str], now: datetime
) -> dict[str, Standing]:
    """Report number → how this person's question stands."""
    found = {one["number"]: one for one in await rows(OWN, tenant_id, by.id, reports)}
    return {number: _standing(found.get(number), now) for number in reports}


def ask_at(told: str) -> UUID:
    """From the handle in an address; NotFound for what is none."""
    found = handles.opened(KIND, told)
    if found is None:
        raise NotFound("identity_ask")
    return found


def _standing(one: dict[str, Any] | None, now: datetime) -> Standing:
    if one is None:
        return Standing()
    if one["granted"] is None:
        return Standing("asked")
    if not one["granted"]:
        return Standing("denied", answer=one["answer"])
    return Standing("granted", one["until"]) if one["until"] > now else Standing()


def _view(pack: Pack, by: Actor, one: dict[str, Any]) -> AskView:
    code = one["department"] or ""
    return AskView(
        handle=handles.handle(KIND, one["id"]),
        report=one["number"],
        order=one["order_number"] or "",
        who=one["name"] or "",
        department=department(pack, code).name if code else "",
        why=one["why"],
        asked_at=one["asked_at"],
        granted=one["granted"],
        decider=one["decider"] or "",
        decided_at=one["decided_at"],
        until=one["until"],
        answer=one["answer"],
        own=by.is_one_of(one["asked_by"]),
    )
