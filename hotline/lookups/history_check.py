"""核验履历: every chain recomputed, every anchor met again, no tail cut off."""

import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.records.anchors import anchors_of, exported, heads_between
from hotline.records.chain import header
from hotline.rules.anchoring import FIRST, Line, anchored
from hotline.rules.history import GENESIS
from hotline.rules.terms import Aggregate
from hotline.rules.verifying import StoredEvent, first_fault
from hotline.settings import keys

PAGE: Final = 2000
MOST_BREAKS: Final = 100

EVENTS: Final = """
SELECT e.*, d.salt, d.detail FROM event e
LEFT JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
WHERE e.tenant_id = $1 AND (e.aggregate, e.aggregate_id, e.seq) > ($2, $3, $4)
ORDER BY e.aggregate, e.aggregate_id, e.seq LIMIT $5
"""

# every step that raises a version appends an event: a chain shorter than that has lost its tail
CUT: Final = """
SELECT t.id, coalesce(h.seq, 0) AS seq FROM {table} t
LEFT JOIN LATERAL (SELECT max(seq) AS seq FROM event e WHERE e.tenant_id = t.tenant_id
  AND e.aggregate = $2 AND e.aggregate_id = t.id) h ON true
WHERE t.tenant_id = $1 AND {version} > coalesce(h.seq, 0) ORDER BY t.id LIMIT $3
"""
HEADED: Final = (
    (Aggregate.REQUEST, "service_request", "t.version"),
    (Aggregate.ORDER, "work_order", "t.version"),
    (Aggregate.STAFF, "staff", "t.version"),
    (Aggregate.PUBLICATION, "publication", "1"),
    (Aggregate.POLICY, "policy_version", "t.enacted::int"),
    (Aggregate.CALL, "phone_call", "num_nonnulls(t.taken_at, t.settled_at)"),
    (Aggregate.CALL_BACK, "call_back", "2 * t.tries"),  # taken, then tried
    (Aggregate.ARTICLE, "article", "num_nonnulls(t.written_at, t.approved_at)"),
    (Aggregate.REWARD, "reward_case", "t.version"),
    (Aggregate.RELEASE, "release", "t.version"),
    (Aggregate.REFERRAL, "referral", "t.version"),
)


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the history does not hold."""

    tenant_id: str
    aggregate: str
    aggregate_id: str
    seq: int
    what: str


@dataclass
class Verdict:
    """What was read, and what did not hold."""

    chains: int = 0
    events: int = 0
    details: int = 0
    anchors: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Nothing was edited, moved or cut."""
        return not self.breaks

    def told(self) -> dict[str, Any]:
        """For a machine: counts and the first break."""
        counts = {name: getattr(self, name) for name in ("chains", "events", "details", "anchors")}
        first = asdict(self.breaks[0]) if self.breaks else None
        return {"whole": self.is_whole, **counts, "breaks": len(self.breaks), "first_break": first}


async def check_history() -> Verdict:
    """Read the whole history of every tenant; memory holds one page and one chain at a time."""
    verdict = Verdict()
    for tenant in await rows("SELECT tenant_id FROM event UNION SELECT tenant_id FROM anchor"):
        tenant_id = tenant["tenant_id"]
        async for chain in _chains(tenant_id):
            _check_chain(tenant_id, chain, verdict)
        await _check_tails(tenant_id, verdict)
        await _check_anchors(tenant_id, verdict)
    verdict.breaks[MOST_BREAKS:] = []
    return verdict


async def _chains(tenant_id: str) -> AsyncIterator[list[dict[str, Any]]]:
    """Every chain of a tenant, whole, one after the other."""
    chain: list[dict[str, Any]] = []
    async for event in _events(tenant_id):
        if chain and _name(chain[0]) != _name(event):
            yield chain
            chain = []
        chain.append(event)
    if chain:
        yield chain


async def _events(tenant_id: str) -> AsyncIterator[dict[str, Any]]:
    after: tuple[str, UUID, int] = ("", FIRST, 0)
    while page := await rows(EVENTS, tenant_id, *after, PAGE):
        for event in page:
            yield event
        after = (*_name(page[-1]), page[-1]["seq"])


def _check_chain(tenant_id: str, chain: list[dict[str, Any]], verdict: Verdict) -> None:
    events = [_stored(event) for event in chain]
    verdict.chains += 1
    verdict.events += len(events)
    verdict.details += sum(event.detail is not None for event in events)
    if fault := first_fault(keys().chain, events):
        aggregate, aggregate_id = _name(chain[0])
        found = Break(tenant_id, aggregate, str(aggregate_id), fault.seq, fault.what)
        verdict.breaks.append(found)


def _stored(event: dict[str, Any]) -> StoredEvent:
    salt, detail = event["salt"], event["detail"]
    return StoredEvent(
        seq=event["seq"],
        step=event["step"],
        header=header(**event),
        commitment=bytes(event["commitment"]),
        digest=bytes(event["digest"]),
        salt=None if salt is None else bytes(salt),
        detail=json.loads(detail) if isinstance(detail, str) else detail,
    )


async def _check_tails(tenant_id: str, verdict: Verdict) -> None:
    for aggregate, table, version in HEADED:
        statement = CUT.format(table=table, version=version)
        for one in await rows(statement, tenant_id, aggregate.value, MOST_BREAKS):
            found = Break(tenant_id, aggregate.value, str(one["id"]), one["seq"], "tail.cut")
            verdict.breaks.append(found)


async def _check_anchors(tenant_id: str, verdict: Verdict) -> None:
    lines = await anchors_of(tenant_id)
    verdict.anchors += len(lines)
    for last, line in pairwise([None, *lines]):
        assert line is not None
        if not await _holds(last, line):
            verdict.breaks.append(_of_anchor(line, "anchor.changed"))
    for line in exported(tenant_id):
        if line not in lines:
            verdict.breaks.append(_of_anchor(line, "anchor.missing"))


async def _holds(last: Line | None, line: Line) -> bool:
    """The heads that stand now give the line that was signed then."""
    heads = await heads_between(line.tenant_id, last.day if last else None, line.day)
    previous = last.digest if last else GENESIS
    made = anchored(keys().chain, line.tenant_id, line.day, heads, previous)
    return made.heads == line.heads and hmac.compare_digest(made.digest, line.digest)


def _of_anchor(line: Line, what: str) -> Break:
    return Break(line.tenant_id, "anchor", line.day.isoformat(), 0, what)


def _name(event: dict[str, Any]) -> tuple[str, UUID]:
    return event["aggregate"], event["aggregate_id"]
