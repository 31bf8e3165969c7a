"""并单关系: what an order is by the reports in it; derived from those that remain, never undone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.rules.terms import Relation, RequestStage


@dataclass(frozen=True, slots=True)
class Member:
    """One report of an order: how it belongs, since when, and what it brings."""

    id: UUID
    relation: Relation
    since: datetime
    registered_at: datetime
    accepted_at: datetime
    stage: RequestStage
    kinds: tuple[str, ...] = ()
    emergency: bool = False
    sender: bytes | None = field(default=None, repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """What came into an order at one time: a report, or an order merged into it."""

    since: datetime
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """查实结论 put the kinds right: what came before says nothing any more."""

    at: datetime
    kinds: tuple[str, ...]


def first_of(members: Sequence[Member], brought: Collection[UUID] = ()) -> Member:
    """首报: the one that opened the order; when that has gone, the one accepted next.

    `brought` came with orders merged into it: they come after its own, but whoever took over from
    the last of these stays first when another comes.
    """
    own = [member for member in members if member.id not in brought]
    named = [[one for one in some if one.relation is Relation.FIRST] for some in (own, members)]
    return min(named[0] or named[1] or own or members, key=_by_acceptance)


def kinds_of(parts: Iterable[Part], corrected: Corrected | None) -> tuple[str, ...]:
    """In the order they came; the first leads."""
    kinds = corrected.kinds if corrected else ()
    later = sorted(
        (part for part in parts if corrected is None or part.since > corrected.at),
        key=lambda part: part.since,
    )
    return tuple(dict.fromkeys([*kinds, *(kind for part in later for kind in part.kinds)]))


def relations(
    members: Sequence[Member], first: Member, gone: Iterable[Member]
) -> dict[UUID, Relation]:
    """Those whose relation no longer holds: to a report of the same sender that has gone, and of
    whoever was first elsewhere or before.
    """
    senders = {member.sender for member in gone if member.sender is not None}
    changed = {first.id: Relation.FIRST} if first.relation is not Relation.FIRST else {}
    for member in members:
        was_first = member.relation is Relation.FIRST
        if member.id != first.id and (was_first or member.sender in senders):
            now = Relation.SAME if was_first else _relation(member, members)
            changed |= {member.id: now} if now is not member.relation else {}
    return changed


def is_over(members: Iterable[Member]) -> bool:
    """Nobody in the order wants it handled any more."""
    return all(member.stage is RequestStage.WITHDRAWN for member in members)


def _relation(member: Member, members: Sequence[Member]) -> Relation:
    if member.relation not in (Relation.AGAIN, Relation.NEW_FACTS):
        return member.relation
    before = [
        other
        for other in members
        if _by_acceptance(other) < _by_acceptance(member) and other.sender == member.sender
    ]
    if not before:
        return Relation.SAME
    if member.relation is Relation.AGAIN and all(other.body != member.body for other in before):
        return Relation.NEW_FACTS
    return member.relation


def _by_acceptance(member: Member) -> tuple[datetime, datetime, UUID]:
    return member.accepted_at, member.registered_at, member.id
