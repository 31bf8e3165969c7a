"""The one way an event comes into being: appended to its aggregate's chain, detail beside it."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.records import Event, EventDetail, new_id
from hotline.records.chain import Header
from hotline.records.writing import add, heads
from hotline.rules import history
from hotline.rules.actor import Actor
from hotline.rules.canonical import canonical_json
from hotline.rules.terms import Aggregate, Step
from hotline.settings import keys

HEADS: Final = """
SELECT h.id, e.seq, e.digest FROM unnest($3::uuid[]) AS h(id) CROSS JOIN LATERAL (
  SELECT seq, digest FROM event WHERE tenant_id = $1 AND aggregate = $2 AND aggregate_id = h.id
  ORDER BY seq DESC LIMIT 1) e
"""


@dataclass(frozen=True, slots=True)
class Chain:
    """Which history an event goes to."""

    tenant_id: str
    aggregate: Aggregate
    id: UUID


@dataclass(frozen=True, slots=True)
class Happening:
    """Which step was taken, the stage after it, by whom and when."""

    step: Step
    stage: str
    by: Actor
    at: datetime


async def append(chain: Chain, happening: Happening, detail: Mapping[str, Any]) -> None:
    """Append one event inside the transaction that locked the aggregate."""
    seq, previous = await _head(chain)
    if happening.by.on_behalf:  # 代理: both stand in the history
        detail = {**detail, "on_behalf": happening.by.on_behalf}
    salt, plain = os.urandom(16), json.loads(canonical_json(detail))
    bound = history.commitment(salt, plain)
    header = Header(
        tenant_id=chain.tenant_id,
        aggregate=chain.aggregate,
        aggregate_id=chain.id,
        seq=seq,
        step=happening.step,
        stage=happening.stage,
        by=happening.by,
        at=happening.at,
    )
    covered = header.covered()
    sealed = history.digest(keys().chain, previous, bound, covered)
    event = Event(id=new_id(), **covered, commitment=bound, digest=sealed)
    said = EventDetail(id=event.id, tenant_id=chain.tenant_id, salt=salt, detail=plain)
    await add(event, said)
    if (known := heads()) is not None:
        known[_key(chain)] = seq, sealed


def follow(chain: Chain, seq: int, digest: bytes) -> None:
    """The head of a history whose aggregate is locked; it need not be looked up again."""
    if (known := heads()) is not None:
        known[_key(chain)] = seq, digest


async def follow_all(tenant_id: str, aggregate: Aggregate, ids: Sequence[UUID]) -> None:
    """The heads of many histories whose aggregates are locked, by one look."""
    for one in await rows(HEADS, tenant_id, aggregate.value, list(ids)):
        follow(Chain(tenant_id, aggregate, one["id"]), one["seq"], one["digest"])


def begin(chain: Chain) -> None:
    """A history without a head: of an aggregate that is just being made."""
    follow(chain, 0, history.GENESIS)


async def _head(chain: Chain) -> tuple[int, bytes]:
    """The place of the next event, and the digest it follows."""
    if known := (heads() or {}).get(_key(chain)):
        return known[0] + 1, known[1]
    last = await row(
        "SELECT seq, digest FROM event WHERE tenant_id = $1 AND aggregate = $2"
        " AND aggregate_id = $3 ORDER BY seq DESC LIMIT 1",
        chain.tenant_id,
        chain.aggregate.value,
        chain.id,
    )
    return (last["seq"] + 1, last["digest"]) if last else (1, history.GENESIS)


def _key(chain: Chain) -> tuple[str, str, UUID]:
    return chain.tenant_id, chain.aggregate.value, chain.id
