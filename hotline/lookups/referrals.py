"""督办移送: those of an order, those of a desk with their due dates, and one for a decision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.names import department, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.referral import ReferralKind, Standing, may_see
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.sight import Sight

MOST: Final = 200  # beside one order
PAGE: Final = 50
STANDS: Final = "r.closed_at IS NULL"
TABS: Final[Mapping[str, str]] = {
    "waiting": f"{STANDS} AND r.stage = 'opened'",
    "running": f"{STANDS} AND r.stage <> 'opened'",
    "overdue": f"{STANDS} AND r.next_due_at < $3",
    "over": "r.closed_at IS NOT NULL",
}
SELECTED: Final = """
SELECT r.*, o.number AS order_number, o.county, o.township, o.kinds, o.lead
FROM referral r LEFT JOIN work_order o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2){own}
"""
# a department reads what it was asked, what it asked for, and what goes on beside its own orders
MINE: Final = """
AND ($4 = '' OR $4 = ANY(r.addressees) OR r.facts ->> 'department' = $4 OR o.lead = $4)
"""
COUNTED: Final = """
SELECT count(*) FILTER (WHERE r.stage = 'opened') AS waiting,
  count(*) FILTER (WHERE r.stage <> 'opened') AS running,
  count(*) FILTER (WHERE r.next_due_at < $3) AS overdue
FROM referral r LEFT JOIN work_order o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.kind = ANY($5)
  AND {stands} {mine}{own}
"""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One in a list."""

    number: str
    kind: str
    kind_name: str
    group: str
    stage: ReferralStage
    title: str
    order: str
    place: str
    addressees: tuple[str, ...]
    opened_at: datetime
    left: Left | None
    outcome: str


async def queue(by: Actor, tab: str, now: datetime, page: int = 1) -> list[ReferralRow]:
    """A page of those of one state, the nearest term first."""
    sight = await sight_of(by)
    found = await rows(
        f"{selected(sight)} AND {TABS[tab]} {MINE} AND $3::timestamptz IS NOT NULL"
        " ORDER BY r.closed_at DESC NULLS FIRST, r.next_due_at NULLS LAST, r.opened_at"
        " LIMIT $5 OFFSET $6",
        *(sight.tenant_id, sorted(sight.jurisdictions), now, sight.department),
        *(PAGE, (page - 1) * PAGE),
    )
    return await _rows(found, by, now)


async def counts(by: Actor, now: datetime) -> dict[str, int]:
    """How many stand under each tab that is not over."""
    sight = await sight_of(by)
    found = await row(
        COUNTED.format(stands=STANDS, mine=MINE, own=order_kinds(sight)),
        *(sight.tenant_id, sorted(sight.jurisdictions), now, sight.department),
        await _kinds(by),
    )
    return {name: int(count) for name, count in (found or {}).items()}


async def of_order(by: Actor, order_number: str, now: datetime) -> list[ReferralRow]:
    """Those beside an order, the newest first."""
    sight = await sight_of(by)
    found = await rows(
        f"{selected(sight)} AND o.number = $3 ORDER BY r.opened_at DESC LIMIT $4",
        *(sight.tenant_id, sorted(sight.jurisdictions), asked(order_number), MOST),
    )
    return await _rows(found, by, now)


def selected(sight: Sight) -> str:
    """Those within sight; what is beside no order is of no kind."""
    return SELECTED.format(own=order_kinds(sight))


async def _kinds(by: Actor) -> list[str]:
    """Those this person may know of: 保密 ones are not even counted for others."""
    own = (await packs()).pack(by.jurisdiction).referring
    return [one.code for one in own.kinds if not one.closed or by.roles & (one.open | one.approve)]


async def _rows(found: list[dict[str, Any]], by: Actor, now: datetime) -> list[ReferralRow]:
    known, shown = await packs(), []
    for one in found:
        pack = known.pack(one["jurisdiction"])
        kind = pack.referring.kind(one["kind"])
        if kind and may_see(kind, standing(one), by):
            shown.append(ReferralRow(**shared(one, pack, kind, now)))
    return shown


def shared(one: Mapping[str, Any], pack: Pack, kind: ReferralKind, now: datetime) -> dict[str, Any]:
    return {
        "number": one["number"],
        "kind": kind.code,
        "kind_name": kind.name,
        "group": kind.group,
        "stage": ReferralStage(one["stage"]),
        "title": one["title"],
        "order": one["order_number"] or "",
        "place": place_label(
            pack, one["county"] or read(one["facts"]).get("county"), one["township"]
        ),
        "addressees": tuple(called(pack, code) for code in one["addressees"]),
        "opened_at": one["opened_at"],
        "left": left(pack, one["next_due_at"], now),
        "outcome": kind.named("outcomes", one["outcome"] or ""),
    }


def standing(one: Mapping[str, Any]) -> Standing:
    return Standing(
        stage=ReferralStage(one["stage"]),
        addressees=frozenset(one["addressees"]),
        concerns=one["concerns"] or "",
        department=read(one["facts"]).get("department", ""),
        lead=one["lead"] or "",
        opened_by=one["opened_by"],
    )


def called(pack: Pack, code: str) -> str:
    return department(pack, code).name if "." in code else code


def read(said: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said) if isinstance(said, str) else said
    return found
