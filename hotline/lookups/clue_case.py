"""M2 线索: one clue with its assessment, its hours, its matters and what was said in public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds, report_kinds
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked

CLUE: Final = """
SELECT c.id, r.number, r.jurisdiction, r.stage, r.registered_at, c.outlet, c.url, c.headline,
  c.published_at, c.first_public_at, c.credibility, c.is_major, c.assess_reason, c.assessed_at,
  s.name AS assessor
FROM media_clue c JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.id
LEFT JOIN staff s ON s.tenant_id = c.tenant_id AND s.id::text = c.assessed_by
LEFT JOIN membership m ON m.tenant_id = c.tenant_id AND m.request_id = c.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = m.order_id
WHERE c.tenant_id = $1 AND r.number = $2 AND r.jurisdiction = ANY($3){own}
"""
TERMS: Final = """
SELECT rule, started_at, due_at, stopped_at, outcome FROM public_term
WHERE tenant_id = $1 AND holder = 'clue' AND holder_id = $2 ORDER BY due_at, rule
"""
ORDERS: Final = """
SELECT o.number, o.title, o.stage, x.linked, EXISTS (SELECT FROM message m
  WHERE m.tenant_id = $1 AND m.order_id = o.id AND m.template = 'order.in_press') AS told
FROM (
  SELECT m.order_id, false AS linked FROM membership m
  WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL
  UNION ALL SELECT l.order_id, true FROM clue_link l
  WHERE l.tenant_id = $1 AND l.clue_id = $2 AND l.removed_at IS NULL) x
JOIN work_order o ON o.tenant_id = $1 AND o.id = x.order_id{own} ORDER BY x.linked, o.number
"""
RELEASES: Final = """
SELECT number, stage, title FROM release WHERE tenant_id = $1 AND clue_id = $2 ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class ClueTerm:
    """One of the hours that run; `is_late`: past its end, or ended past it."""

    name: str
    source: str
    due_at: datetime
    outcome: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ClueOrder:
    """A matter the story is about. `linked`: by the press desk, else its own."""

    number: str
    title: str
    stage: str
    linked: bool
    told: bool


@dataclass(frozen=True, slots=True)
class ClueCase:
    """All that the press desk needs of one clue."""

    number: str
    stage: str
    registered_at: datetime
    outlet: str
    url: str
    headline: str
    published_at: datetime | None
    first_public_at: datetime | None
    credibility: str
    is_major: bool
    assess_reason: str
    assessed_at: datetime | None
    assessor: str
    publicity: str  # 宣传部门 by its name; "" where the pack names none
    terms: tuple[ClueTerm, ...]
    orders: tuple[ClueOrder, ...]
    releases: tuple[dict[str, Any], ...]


async def clue_case(by: Actor, number: str, now: datetime) -> ClueCase:
    """NotFound beyond sight."""
    sight = await sight_of(by)
    sql = CLUE.format(own=report_kinds(sight))
    one = await row(sql, sight.tenant_id, asked(number), sorted(sight.jurisdictions))
    if one is None:
        raise NotFound("clue")
    pack = (await packs()).pack(one["jurisdiction"])
    key = (sight.tenant_id, one["id"])
    orders = ORDERS.format(own=order_kinds(sight))
    known, told = pack.disclosure.rules, pack.disclosure.publicity
    terms = []
    for term in await rows(TERMS, *key):
        rule = known.get(term["rule"])
        ended: datetime = term["stopped_at"] or now
        terms.append(
            ClueTerm(
                name=rule.name if rule else term["rule"],
                source=rule.source if rule else "",
                due_at=term["due_at"],
                outcome=term["outcome"] or "",
                is_late=ended > term["due_at"],
            )
        )
    plain = (
        "number", "stage", "registered_at", "outlet", "url", "headline", "published_at",
        "first_public_at", "assess_reason", "assessed_at",
    )  # fmt: skip
    return ClueCase(
        **{name: one[name] for name in plain},
        credibility=one["credibility"] or "",
        is_major=bool(one["is_major"]),
        assessor=one["assessor"] or "",
        publicity=pack.department(told).name if told else "",
        terms=tuple(terms),
        orders=tuple(ClueOrder(**order) for order in await rows(orders, *key)),
        releases=tuple(await rows(RELEASES, *key)),
    )
