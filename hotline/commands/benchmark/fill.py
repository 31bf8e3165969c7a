"""Fill a scratch database with decided reports: COPY of the signatures and of one bare table, then
one INSERT for each other table.

python -m hotline.commands.benchmark.fill     (what to write as one JSON line on stdin)

Runs in processes side by side; big indexes are dropped before and built after.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice
from random import Random
from typing import Final
from uuid import UUID

import asyncpg

from hotline.commands.benchmark.copying import Value, copied
from hotline.commands.drilling.made_up import Author, MadeUp
from hotline.rules.numbering import public_number

CHUNK: Final = 5_000
SPAN: Final = timedelta(days=1_000)
JOINS: Final = 4  # one report of so many belongs to an earlier order
OPEN: Final = 14  # one order of so many is still open
BUSY: Final = 10_000  # of the first so many reports many orders are one department's
LATELY: Final = 50  # orders of a county that a report may belong to
SIGNATURE: Final = (
    *("id", "tenant_id", "county", "registered_at", "grams", "words", "title_words", "opening"),
)
COLUMNS: Final = (
    *("n", "number", "id", "order_id", "joins", "county", "title", "text", "at", "chance"),
)
STAGE: Final = """
CREATE UNLOGGED TABLE {name} (n int, number text, id uuid, order_id uuid, joins bool, county text,
  title text, text text, at timestamptz, chance bytea)
"""
# In the order of the references. Sealed halves and events are as long as real ones.
WRITTEN: Final = (
    """
    INSERT INTO service_request (id, tenant_id, jurisdiction, number, channel, wish, stage,
      registered_at, historical, chosen_kinds, secrecy, wants_reply, wants_reward, may_publish,
      notice_version, sender_index, body_key, county, also, kinds, title, text, landmark, target,
      masking_version, emergency, suggestions, refer_to, decided_at, policy, attempts,
      version)
    SELECT id, $1, $2, 'Q' || number, 'web', 'complain', 'accepted', at, false, '{{}}',
      'confidential', false, false, false, '', substr(chance, 1, 16), substr(chance, 17, 16),
      county, '{{}}', '{{air.odour}}', left(title, 200), text, '', '', 1, '{{}}', '[]', '',
      at, '{{}}', 1, 2 FROM {name}
    """,
    """
    INSERT INTO vault (id, tenant_id, kek_id, alg, wrapped_key, report)
    SELECT id, $1, 'k1', 'A256GCM', substr(chance, 1, 60), convert_to(text, 'UTF8') FROM {name}
    WHERE $2 <> ''
    """,
    """
    INSERT INTO work_order (id, tenant_id, jurisdiction, number, stage, county, also, kinds, title,
      lead, emergency, first_request_id, opened_at, dispatched_at, answered_at, closed_at,
      next_due_at, ruled, redo_count, returned_count, report_count, historical, version)
    SELECT order_id, $1, $2, 'G' || number, CASE WHEN n % {open} <> 0 THEN 'closed'
      ELSE ('{{dispatched,signed,submitted}}'::text[])[1 + n / {open} % 3] END, county, '{{}}',
      '{{air.odour}}', left(title, 200), CASE WHEN n <= {busy} AND n % 4 = 0
      THEN (SELECT min(county) FROM {name}) ELSE county END || '.environment', n % 997 = 0, id,
      at, at,
      CASE WHEN n % {open} <> 0 THEN at + make_interval(days => n % 70) END,
      CASE WHEN n % {open} <> 0 THEN at + make_interval(days => n % 70) END,
      CASE WHEN n % {open} = 0 THEN now() + make_interval(hours => n % 1200 - 300) END,
      false, (n % 40 = 0)::int, n % 60 / 57, 1, false, 2
    FROM {name} WHERE NOT joins
    """,
    """
    INSERT INTO membership (id, tenant_id, request_id, order_id, relation, reasons, by, from_at)
    SELECT gen_random_uuid(), $1, id, order_id, CASE WHEN joins THEN 'same' ELSE 'first' END,
      '{{}}', 'system:intake', at FROM {name} WHERE $2 <> ''
    """,
    """
    INSERT INTO event (id, tenant_id, aggregate, aggregate_id, seq, step, stage, actor_kind,
      actor_id, at, commitment, digest)
    SELECT gen_random_uuid(), $1, 'request', id, 2, 'accept', 'accepted', 'system', 'intake', at,
      substr(chance, 1, 32), substr(chance, 1, 32) FROM {name} WHERE $2 <> ''
    """,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Which reports one process writes, and for whom."""

    owner_url: str
    tenant_id: str
    jurisdiction: str
    counties: list[tuple[str, str]]
    first: int
    count: int
    until: str  # the newest is registered then


@dataclass(frozen=True, slots=True)
class Written:
    """One decided report, and the order it opened or joined."""

    n: int
    id: UUID
    order_id: UUID
    joins: bool
    at: datetime
    made: MadeUp

    def bare(self) -> tuple[Value, ...]:
        """As COLUMNS has it."""
        county, title, text, *_ = self.made
        number = public_number("Q", self.at.date(), f"{self.n:08}")[1:]
        said = (county, title, text, self.at, os.urandom(64))
        return self.n, number, self.id, self.order_id, self.joins, *said

    def signed(self, tenant_id: str) -> tuple[Value, ...]:
        """As SIGNATURE has it."""
        county, _, _, *numbers = self.made
        return self.id, tenant_id, county, self.at, *numbers


async def write(part: Part) -> None:
    """Chunk by chunk, each in a transaction of its own."""
    owner = await asyncpg.connect(part.owner_url)
    name = f"bench_fill_{part.first}"
    try:
        # of the filling alone; the references hold as it writes them
        await owner.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        await owner.execute(STAGE.format(name=name))
        made = _written(part)
        while chunk := list(islice(made, CHUNK)):
            await _write_chunk(owner, name, chunk, part)
        await owner.execute(f"DROP TABLE {name}")
    finally:
        await owner.close()


async def _write_chunk(
    owner: asyncpg.Connection, name: str, chunk: list[Written], part: Part
) -> None:
    async with owner.transaction():
        await owner.execute(f"TRUNCATE {name}")
        await _copy(owner, name, COLUMNS, (one.bare() for one in chunk))
        await _copy(owner, "signature", SIGNATURE, (one.signed(part.tenant_id) for one in chunk))
        for statement in WRITTEN:
            sql = statement.format(name=name, open=OPEN, busy=BUSY)
            await owner.execute(sql, part.tenant_id, part.jurisdiction)


async def _copy(
    owner: asyncpg.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Value, ...]],
) -> None:
    source = BytesIO(copied(rows))
    await owner.copy_to_table(table, source=source, columns=columns, format="binary")


def _written(part: Part) -> Iterator[Written]:
    """In the order of time; a report joins an order of its county that was opened before."""
    author, chance = Author(part.counties, part.first), Random(part.first)  # noqa: S311
    until = datetime.fromisoformat(part.until)
    orders: dict[str, list[UUID]] = {}
    for place in range(part.count):
        at = until - SPAN * (1 - (place + 0.5) / part.count)
        id, made = _id(at), author.report()
        known = orders.setdefault(made.county, [])
        joins = bool(known) and chance.randrange(JOINS) == 0
        order = chance.choice(known[-LATELY:]) if joins else _id(at)
        if not joins:
            known.append(order)
        yield Written(part.first + place, id, order, joins, at, made)


def _id(at: datetime) -> UUID:
    """As `new_id` would have made it then."""
    stamp = int(at.timestamp() * 1000).to_bytes(6, "big")
    tail = bytearray(os.urandom(10))
    tail[0], tail[2] = 0x70 | (tail[0] & 0x0F), 0x80 | (tail[2] & 0x3F)
    return UUID(bytes=stamp + bytes(tail))


def now() -> str:
    return datetime.now(UTC).isoformat()


def main() -> int:
    """One part."""
    given = json.loads(sys.stdin.readline())
    given["counties"] = [tuple(one) for one in given["counties"]]
    asyncio.run(write(Part(**given)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
