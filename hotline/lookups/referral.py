"""督办移送: one for a decision, with its terms, documents and hands; nothing of any report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotAllowed, NotFound
from hotline.lookups.names import Named, kind_names
from hotline.lookups.referrals import ReferralRow, called, read, selected, shared, standing
from hotline.lookups.terms import Left, left
from hotline.policy.addressing import offered
from hotline.policy.pack import Pack
from hotline.policy.referring import Column
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.recused import is_recused
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ROLES
from hotline.rules.numbering import asked
from hotline.rules.referral import MOVES, KindTerm, Option, ReferralKind, may_see, may_take
from hotline.rules.terms import Step

CLOCKS: Final = """
SELECT scheme, started_at, due_at, stopped_at, outcome, is_right FROM clock
WHERE tenant_id = $1 AND holder_id = $2 ORDER BY started_at, id
"""
HISTORY: Final = """
SELECT e.step, e.at, e.department, e.actor_kind, s.name AS who FROM event e
LEFT JOIN staff s ON e.actor_kind = 'staff' AND s.tenant_id = e.tenant_id
  AND s.id::text = e.actor_id
WHERE e.tenant_id = $1 AND e.aggregate = 'referral' AND e.aggregate_id = $2 ORDER BY e.seq
"""
PEOPLE: Final = """
SELECT id::text AS id, name FROM staff WHERE tenant_id = $1 AND id::text = ANY($2)
"""


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term of it; `missing`: nobody has told its count."""

    name: str
    source: str
    mark: str
    left: Left | None
    outcome: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of its kind, and whether it is on file."""

    code: str
    name: str
    there: bool
    later: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of its history."""

    step: Step
    at: datetime
    who: str
    department: str


@dataclass(frozen=True, slots=True)
class ReferralView(ReferralRow):
    """One for a decision. Nothing in it comes from a report."""

    version: int
    row: ReferralKind
    kinds: tuple[Named, ...]
    concerns: str
    grounds: str
    cause: str
    grade: str
    marks: tuple[str, ...]
    officers: tuple[str, ...]
    entries: tuple[Mapping[str, Any], ...]
    columns: tuple[tuple[Column, int], ...]  # 边督边改
    finding: str
    foreign_number: str
    reply: str
    end_reason: str
    learned_at: datetime | None
    sent_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    hands: Mapping[str, str]
    papers: tuple[Paper, ...]
    terms: tuple[TermLine, ...]
    history: tuple[Happened, ...]
    offers: tuple[Named, ...]  # to whom it may go, while nobody has said
    may: frozenset[Step]
    batch_id: UUID | None
    prints: date | None  # the day on its printed form


async def referral(by: Actor, number: str, now: datetime) -> ReferralView:
    """One within this person's sight. NotFound."""
    sight = await sight_of(by)
    one = await row(
        f"{selected(sight)} AND r.number = $3",
        *(sight.tenant_id, sorted(sight.jurisdictions), asked(number)),
    )
    pack = (await packs()).pack(one["jurisdiction"]) if one else None
    kind = pack.referring.kind(one["kind"]) if pack and one else None
    if one is None or pack is None or kind is None or not may_see(kind, standing(one), by):
        raise NotFound("referral")
    if one["order_id"] and await is_recused(sight.tenant_id, one["order_id"], by):  # 回避
        raise NotAllowed("recused")
    return await _view(one, pack, kind, by, now)


async def _view(
    one: dict[str, Any], pack: Pack, kind: ReferralKind, by: Actor, now: datetime
) -> ReferralView:
    facts = read(one["facts"])
    return ReferralView(
        **shared(one, pack, kind, now),
        version=one["version"],
        row=kind,
        kinds=kind_names(pack, one["kinds"] or ()),
        concerns=called(pack, one["concerns"] or ""),
        grounds=one["grounds"],
        cause=kind.named("causes", facts.get("cause", "")),
        grade=kind.named("grades", facts.get("grade", "")),
        marks=tuple(_mark(pack, code) for code in facts.get("marks", ())),
        officers=tuple(facts.get("officers", ())),
        entries=tuple(_entry(kind, entry) for entry in facts.get("entries", ())),
        columns=_columns(pack, kind, facts),
        finding=facts.get("finding", ""),
        foreign_number=one["foreign_number"] or "",
        reply=one["reply"],
        end_reason=one["end_reason"],
        learned_at=one["learned_at"],
        sent_at=one["sent_at"],
        replied_at=one["replied_at"],
        closed_at=one["closed_at"],
        hands=await _hands(one),
        papers=tuple(_paper(doc, one["documents"]) for doc in kind.documents),
        terms=await _terms(one, pack, kind, facts, now),
        history=await _history(one, pack),
        offers=_offers(one, pack, kind),
        may=_may(one, kind, by),
        batch_id=one["batch_id"],
        prints=(one["sent_at"] or one["opened_at"]).date(),
    )


def _offers(one: Mapping[str, Any], pack: Pack, kind: ReferralKind) -> tuple[Named, ...]:
    found = [] if one["addressees"] else offered(kind, pack, one["lead"], _county(one))
    return tuple(Named(each.code, each.name) for each in found)


def _county(one: Mapping[str, Any]) -> str | None:
    found: str | None = one["county"] or read(one["facts"]).get("county")
    return found


def _may(one: Mapping[str, Any], kind: ReferralKind, by: Actor) -> frozenset[Step]:
    stands = standing(one)
    following = [step for stage, step in MOVES if stage is stands.stage]
    return frozenset(
        step
        for step in following
        if any(by.may(role) for role in ROLES[step]) and may_take(kind, stands, step, by)
    )


async def _terms(
    one: Mapping[str, Any], pack: Pack, kind: ReferralKind, facts: Mapping[str, Any], now: datetime
) -> tuple[TermLine, ...]:
    """Those that ran or run, then those that nobody has told a count of."""
    begun = {each["scheme"]: each for each in await rows(CLOCKS, one["tenant_id"], one["id"])}
    lines = []
    for term in kind.terms:
        if clock := begun.get(term.code):
            at = left(pack, clock["due_at"], clock["stopped_at"] or now)
            lines.append(_line(term, at, clock["outcome"] or ""))
        elif term.scheme is None and (not term.grades or facts.get("grade") in term.grades):
            lines.append(_line(term, None, ""))
    return tuple(lines)


def _line(term: KindTerm, at: Left | None, outcome: str) -> TermLine:
    return TermLine(term.name, term.source, term.mark, at, outcome, missing=at is None)


async def _history(one: Mapping[str, Any], pack: Pack) -> tuple[Happened, ...]:
    found = await rows(HISTORY, one["tenant_id"], one["id"])
    return tuple(
        Happened(
            step=Step(each["step"]),
            at=each["at"],
            who=each["who"] or "",
            department=called(pack, each["department"] or ""),
        )
        for each in found
    )


async def _hands(one: Mapping[str, Any]) -> dict[str, str]:
    hands = {name: one[name] for name in ("opened_by", "approved_by", "closed_by") if one[name]}
    found = await rows(PEOPLE, one["tenant_id"], list(hands.values()))
    names = {each["id"]: each["name"] for each in found}
    return {hand: names.get(who, "") for hand, who in hands.items()}


def _paper(doc: Option, there: list[str]) -> Paper:
    return Paper(doc.code, doc.name, doc.code in there, doc.later, doc.optional)


def _columns(
    pack: Pack, kind: ReferralKind, facts: Mapping[str, Any]
) -> tuple[tuple[Column, int], ...]:
    counted = facts.get("columns", {})
    known = pack.referring.columns if kind.group == "inspection" else ()
    return tuple((column, int(counted.get(column.code, 0))) for column in known)


def _entry(kind: ReferralKind, said: Mapping[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(said["at"])
    return {"at": at, "entry": kind.named("entries", said["entry"]), "text": said["text"]}


def _mark(pack: Pack, code: str) -> str:
    return next((one.name for one in pack.referring.sensitive if one.code == code), code)
