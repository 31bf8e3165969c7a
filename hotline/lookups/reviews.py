"""复查、复核 as pages show them: what waits for a body, and what a reporter may still ask."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound, StepRefused
from hotline.lookups.answered import ANSWERED
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor
from hotline.rules.clocks import Scheme
from hotline.rules.numbering import asked
from hotline.rules.reviewing import RIGHTS, ReviewKind, ReviewOutcome, next_kind
from hotline.rules.terms import RequestStage

MOST: Final = 100
ANSWERED_WITHIN: Final = "review"  # 复查复核答复, as packs name the term
WAITING: Final = """
SELECT r.number, r.title, v.kind, v.body, v.asked_at, r.jurisdiction, (SELECT min(c.due_on)
  FROM clock c WHERE c.tenant_id = v.tenant_id AND c.holder_id = r.id AND c.scheme = 'review'
  AND c.stopped_at IS NULL) AS due_on
FROM review v JOIN service_request r ON r.tenant_id = v.tenant_id AND r.id = v.request_id
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE v.tenant_id = $1 AND r.jurisdiction = ANY($2) AND v.decided_at IS NULL{own}
ORDER BY v.asked_at LIMIT $3
"""
ONE: Final = f"""
SELECT r.id, r.tenant_id, r.number, r.version, r.title, r.text AS report, r.jurisdiction,
  o.number AS order_number, x.text AS reply
{ANSWERED}{{own}}
"""
OF_REPORT: Final = """
SELECT kind, body, asked_at, text, decided_at, outcome, opinion FROM review
WHERE tenant_id = $1 AND request_id = $2 ORDER BY asked_at
"""
RIGHT: Final = """
SELECT due_on FROM clock WHERE tenant_id = $1 AND holder_id = $2 AND scheme = $3
  AND stopped_at IS NULL AND due_at > now()
"""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One that waits."""

    number: str
    title: str = field(repr=False)
    kind: ReviewKind
    body: str  # its name
    mine: bool
    asked_at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One 复查 or 复核 of a report."""

    kind: ReviewKind
    body: str
    asked_at: datetime
    text: str = field(repr=False)
    decided_at: datetime | None
    outcome: ReviewOutcome | None
    opinion: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """What the body above looks at."""

    id: UUID
    tenant_id: str
    number: str
    version: int
    title: str = field(repr=False)
    report: str = field(repr=False)
    order: str
    reply: str = field(repr=False)
    reviews: tuple[ReviewView, ...]
    may: bool


@dataclass(frozen=True, slots=True)
class OwnReviews:
    """Of the reporter's own: what was asked and said; which may be asked now, and until when."""

    reviews: tuple[ReviewView, ...]
    may_ask: ReviewKind | None
    until: date | None
    final: bool
    within: Scheme | None = None  # in which the body above answers, where the pack has it


async def waiting(by: Actor) -> tuple[ReviewRow, ...]:
    """The longest asked first; whose turn it is stands beside each."""
    sight, known = await sight_of(by), await packs()
    sql = WAITING.format(own=report_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    return tuple(
        ReviewRow(
            one["number"],
            one["title"],
            ReviewKind(one["kind"]),
            _name(known.pack(one["jurisdiction"]), one["body"]),
            one["body"] in (None, by.department),
            one["asked_at"],
            one["due_on"],
        )
        for one in found
    )


async def review_case(by: Actor, number: str) -> ReviewCase:
    """NotFound beyond sight, or where nothing was asked."""
    sight = await sight_of(by)
    sql = ONE.format(own=report_kinds(sight))
    found = await row(sql, sight.tenant_id, asked(number), sorted(sight.jurisdictions))
    if found is None:
        raise NotFound("request")
    pack = (await packs()).pack(found["jurisdiction"])
    of_it = await rows(OF_REPORT, found["tenant_id"], found["id"])
    if not of_it:
        raise NotFound("review")
    open_ = of_it[-1]["decided_at"] is None
    return ReviewCase(
        id=found["id"],
        tenant_id=found["tenant_id"],
        number=found["number"],
        version=found["version"],
        title=found["title"],
        report=found["report"],
        order=found["order_number"],
        reply=found["reply"] or "",
        reviews=tuple(_view(pack, one) for one in of_it),
        may=open_ and of_it[-1]["body"] in (None, by.department),
    )


async def own_reviews(
    pack: Pack, tenant_id: str, request_id: UUID, stage: RequestStage
) -> OwnReviews:
    """For the progress page."""
    found = await rows(OF_REPORT, tenant_id, request_id)
    views = tuple(_view(pack, one) for one in found)
    kind, final = _next(views)
    until = None
    if kind is not None and stage in (RequestStage.ANSWERED, RequestStage.CLOSED):
        right = await row(RIGHT, tenant_id, request_id, RIGHTS[kind])
        until = right["due_on"] if right else None
    within = next((one for one in pack.schemes if one.code == ANSWERED_WITHIN), None)
    return OwnReviews(views, kind if until else None, until, final, within)


def settled(views: tuple[ReviewView, ...]) -> frozenset[ReviewKind]:
    """What stands decided: one that had the matter taken up again opens the way anew."""
    return frozenset(
        one.kind
        for one in views
        if one.decided_at is not None and one.outcome is not ReviewOutcome.REDO
    )


def _next(views: tuple[ReviewView, ...]) -> tuple[ReviewKind | None, bool]:
    open_ = frozenset(one.kind for one in views if one.decided_at is None)
    decided = settled(views)
    try:
        return next_kind(decided, open_), False
    except StepRefused:
        return None, ReviewKind.RECHECK in decided


def _view(pack: Pack, one: dict[str, Any]) -> ReviewView:
    return ReviewView(
        kind=ReviewKind(one["kind"]),
        body=_name(pack, one["body"]),
        asked_at=one["asked_at"],
        text=one["text"],
        decided_at=one["decided_at"],
        outcome=ReviewOutcome(one["outcome"]) if one["outcome"] else None,
        opinion=one["opinion"],
    )


def _name(pack: Pack, code: str | None) -> str:
    return {one.code: one.name for one in pack.departments}.get(code or "", "")
