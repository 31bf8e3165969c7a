"""奖励发放: what waits to be paid and what left in which batch; nobody's name, nobody's report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records.payout_shares import GONE
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked

MOST: Final = 50
# $3: whoever had an earlier hand in it does not pay it
WAITING: Final = f"""
SELECT count(*) FILTER (WHERE ready AND NOT mine AND NOT gone) AS many,
  coalesce(sum(fen) FILTER (WHERE ready AND NOT mine AND NOT gone), 0)::bigint AS fen,
  count(*) FILTER (WHERE ready AND mine AND NOT gone) AS mine,
  count(*) FILTER (WHERE NOT ready) AS held
FROM (SELECT c.sum_fen - l.fen AS fen, c.recount_due = '' AS ready,
    $3 IN (c.proposed_by, c.reviewed_by, c.approved_by) AS mine,
    l.fen >= c.sum_fen AS gone
  FROM reward_case c LEFT JOIN reward_claim k ON k.tenant_id = c.tenant_id AND k.case_id = c.id
    AND k.ended_at IS NULL
  CROSS JOIN LATERAL (SELECT {GONE} AS fen) l
  WHERE c.tenant_id = $1 AND c.jurisdiction = ANY($2) AND c.stage = 'claimed') w
"""  # noqa: S608 (words of ours)
BATCHES: Final = """
SELECT number, made_at, lines, total_fen, exports, settled_at FROM payout_batch
WHERE tenant_id = $1 AND jurisdiction = ANY($2) ORDER BY made_at DESC LIMIT $3
"""
BATCH: Final = """
SELECT id, number, made_at, lines, total_fen, exports, settled_at FROM payout_batch
WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND number = $3
"""
LINES: Final = """
SELECT place, way, fen, state, paid_on, voucher, failure FROM payout_line
WHERE tenant_id = $1 AND batch_id = $2 ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a batch made now would hold, and what it would not."""

    many: int
    fen: int
    mine: int
    held: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch in the list."""

    number: str
    made_at: datetime
    lines: int
    total_fen: int
    exports: int
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line: how much and what became of it."""

    place: int
    way: str
    fen: int
    state: str
    paid_on: date | None
    voucher: str
    failure: str


@dataclass(frozen=True, slots=True)
class BatchView(BatchRow):
    """One batch with its lines."""

    found: tuple[LineRow, ...]


async def waiting(by: Actor) -> Waiting:
    """Of the person's own jurisdictions."""
    sight = await sight_of(by)
    found = await row(WAITING, sight.tenant_id, sorted(sight.jurisdictions), by.id)
    return Waiting(**(found or {"many": 0, "fen": 0, "mine": 0, "held": 0}))


async def batches(by: Actor) -> list[BatchRow]:
    """The newest first."""
    sight = await sight_of(by)
    found = await rows(BATCHES, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    return [BatchRow(**one) for one in found]


async def batch(by: Actor, number: str) -> BatchView:
    """NotFound."""
    sight = await sight_of(by)
    places = sorted(sight.jurisdictions)
    found: Mapping[str, Any] | None = await row(BATCH, sight.tenant_id, places, asked(number))
    if found is None:
        raise NotFound("payout")
    lines = await rows(LINES, sight.tenant_id, found["id"])
    own = {name: value for name, value in found.items() if name != "id"}
    return BatchView(**own, found=tuple(LineRow(**one) for one in lines))
