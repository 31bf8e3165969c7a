"""One 来件 as a desk sees it beside its order: masked words, supplements, ratings, no identity."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.nuisance import OF_SENDER
from hotline.rules.actor import Actor
from hotline.rules.kind_model import Told, told_in
from hotline.rules.terms import Channel, Relation, RequestStage, Secrecy, Wish

REPORTS: Final = f"""
SELECT r.id, r.number, r.version, r.channel, r.foreign_number, r.wish, r.secrecy, r.stage,
  r.registered_at, r.occurred_at, r.paper_date, r.signatories, r.title, r.text, r.landmark,
  r.target, coalesce(r.industry, '') AS industry, r.wants_reply, r.may_publish,
  coalesce(r.policy->>'kind_model', '') AS learnt, coalesce(r.card, '') AS card,
  v.contact IS NOT NULL AND v.wrapped_key IS NOT NULL AS reachable, m.relation,
  {OF_SENDER.format(at="$3")} AS nuisance_until
FROM service_request r
LEFT JOIN vault v ON v.tenant_id = r.tenant_id AND v.id = r.id
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
WHERE r.tenant_id = $1 AND r.id = ANY($2) ORDER BY r.registered_at, r.id
"""  # noqa: S608
ADDED: Final = """
SELECT request_id, at, text FROM supplement
WHERE tenant_id = $1 AND request_id = ANY($2) ORDER BY at
"""
RATED: Final = """
SELECT request_id, at, score, solved, wants_redo, text, by_default FROM feedback
WHERE tenant_id = $1 AND request_id = ANY($2) ORDER BY at
"""


@dataclass(frozen=True, slots=True)
class Added:
    """补充: when, and the masked words."""

    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RatingView:
    """回访: one rating."""

    at: datetime
    score: int
    solved: bool
    wants_redo: bool
    text: str = field(repr=False)
    by_default: bool = False  # nobody could be asked: put down by rule, counted nowhere


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report. `reachable`: somebody could be answered; who, only unmasking tells."""

    id: UUID
    number: str
    version: int
    channel: Channel
    foreign_number: str
    wish: Wish
    secrecy: Secrecy
    stage: RequestStage
    registered_at: datetime
    occurred_at: datetime | None
    paper_date: date | None
    signatories: int | None
    title: str = field(repr=False)
    text: str = field(repr=False)
    landmark: str = field(repr=False)
    target: str = field(repr=False)
    industry: str  # the code of the trade it speaks of
    card: str  # monitor or grid: by a card that was good when it came
    learnt: Told | None  # the model that named its kind, where the words left it open
    wants_reply: bool
    may_publish: bool
    reachable: bool
    relation: Relation | None
    nuisance_until: datetime | None  # 滋扰认定 of its sender in force: no reason to do less
    supplements: tuple[Added, ...]
    ratings: tuple[RatingView, ...]


async def reports(tenant_id: str, ids: Sequence[UUID], now: datetime) -> tuple[ReportView, ...]:
    """In the order they came."""
    added, rated, found = await asyncio.gather(
        rows(ADDED, tenant_id, list(ids)),
        rows(RATED, tenant_id, list(ids)),
        rows(REPORTS, tenant_id, list(ids), now),
    )
    return tuple(_view(row, added, rated) for row in found)


def as_seen(by: Actor, one: ReportView) -> ReportView:
    """A department learns what is told, not what sort of person told it.

    Those who hold a card in a township can be counted: 网格员 would be nearly a name.
    """
    return replace(one, card="", nuisance_until=None) if by.department else one


def _view(
    row: dict[str, Any], added: list[dict[str, Any]], rated: list[dict[str, Any]]
) -> ReportView:
    same = ("id", "number", "version", "registered_at", "occurred_at", "paper_date",
            "signatories", "title", "text", "landmark",
            "target", "industry", "card", "wants_reply", "may_publish", "reachable",
            "nuisance_until")  # fmt: skip
    return ReportView(
        **{name: row[name] for name in same},
        learnt=told_in(row["learnt"]),
        channel=Channel(row["channel"]),
        foreign_number=row["foreign_number"] or "",
        wish=Wish(row["wish"]),
        secrecy=Secrecy(row["secrecy"]),
        stage=RequestStage(row["stage"]),
        relation=Relation(row["relation"]) if row["relation"] else None,
        supplements=tuple(Added(one["at"], one["text"]) for one in _of(row, added)),
        ratings=tuple(_rating(one) for one in _of(row, rated)),
    )


def _of(row: dict[str, Any], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in others if one["request_id"] == row["id"]]


def _rating(one: dict[str, Any]) -> RatingView:
    return RatingView(
        at=one["at"],
        score=one["score"],
        solved=one["solved"],
        wants_redo=one["wants_redo"],
        text=one["text"],
        by_default=one["by_default"],
    )
