"""The one way an event comes into being: appended to its aggregate's chain, detail beside it."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.database import row, rows
from hotline.records import new_id
from hotline.records.chain import HEADER, Header
from hotline.rules import history
from hotline.rules.actor import Actor
from hotline.rules.canonical import canonical_json
from hotline.rules.terms import Aggregate, Step
from hotline.settings import keys

# both rows in one statement: every step of every matter comes through here
WRITE = f"""
WITH written AS (
  INSERT INTO event (id, {", ".join(HEADER)}, commitment, digest)
  VALUES ({", ".join(f"${n}" for n in range(1, len(HEADER) + 4))}))
INSERT INTO event_detail (id, tenant_id, salt, detail)
VALUES ($1, $2, ${len(HEADER) + 4}, ${len(HEADER) + 5})
"""  # noqa: S608


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
    values = (*(covered[name] for name in HEADER), bound, sealed)
    await rows(WRITE, new_id(), *values, salt, json.dumps(plain, ensure_ascii=False))


async def _head(chain: Chain) -> tuple[int, bytes]:
    last = await row(
        "SELECT seq, digest FROM event WHERE tenant_id = $1 AND aggregate = $2"
        " AND aggregate_id = $3 ORDER BY seq DESC LIMIT 1",
        chain.tenant_id,
        chain.aggregate.value,
        chain.id,
    )
    return (last["seq"] + 1, last["digest"]) if last else (1, history.GENESIS)
