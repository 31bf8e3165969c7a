"""`bench size`: the rows and bytes that a matter leaves in tables and indexes by its whole life."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias

import asyncpg

from hotline.commands.benchmark.lives import living
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import say
from hotline.loops import new_loop

Sizes: TypeAlias = Mapping[str, int]

MANY: Final = 100_000_000  # what `docs/capacity.md` reckons with
GIGABYTE: Final = 2**30
# The part of a table's index that a matter does not add to is taken off with what stood before.
STANDING: Final = """
SELECT t.relname AS of_table, c.relname AS name,
  CASE c.relkind WHEN 'r' THEN pg_table_size(c.oid) ELSE pg_relation_size(c.oid) END AS bytes
FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i')
"""
ROWS: Final = """
SELECT relname AS name, n_live_tup AS rows FROM pg_stat_user_tables WHERE schemaname = 'public'
"""


@dataclass(frozen=True, slots=True)
class Table:
    """One line of the outcome: what a matter adds, on average."""

    table: str
    rows: float
    row_bytes: int
    index_bytes: int
    indexes: dict[str, int]


@dataclass(frozen=True, slots=True)
class SizeBench:
    """One run in servers of its own."""

    services: Services
    lives: int

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench size --json`."""
        with asyncio.Runner(loop_factory=new_loop) as runner:
            tables = runner.run(self._tables())
        each = {
            "rows": round(sum(one.rows for one in tables), 1),
            "row_bytes": sum(one.row_bytes for one in tables),
            "index_bytes": sum(one.index_bytes for one in tables),
        }
        gigabytes = round((each["row_bytes"] + each["index_bytes"]) * MANY / GIGABYTE)
        say(f"一件 / a matter: {each}; {MANY} 件 / matters: {gigabytes} GB")
        found = {"bench": "size", "lives": self.lives, **each, "gb_at_100m": gigabytes}
        return {**found, "tables": [asdict(one) for one in tables]}

    async def _tables(self) -> list[Table]:
        owner = await asyncpg.connect(self.services.owner_url)
        try:
            async with living() as lives:
                before, had = await _standing(owner), await _rows(owner)
                whole = await lives.lived(self.lives)
            say(f"{whole}/{self.lives} 个全程 / whole lives; {dict(Counter(lives.broken))}")
            after, have = await _standing(owner), await _rows(owner)
        finally:
            await owner.close()
        found = [
            self._table(name, have[name] - had[name], before[name], after[name])
            for name in after
            if have[name] > had[name]
        ]
        return sorted(found, key=lambda one: -one.row_bytes - one.index_bytes)

    def _table(self, name: str, rows: int, before: Sizes, after: Sizes) -> Table:
        grown = {one: round((size - before[one]) / self.lives) for one, size in after.items()}
        own = grown.pop(name)
        indexes = dict(sorted(grown.items(), key=lambda one: -one[1]))
        return Table(name, round(rows / self.lives, 2), own, sum(indexes.values()), indexes)


async def _standing(owner: asyncpg.Connection) -> dict[str, dict[str, int]]:
    """The bytes of each table, and of its indexes."""
    found: dict[str, dict[str, int]] = {}
    for one in await owner.fetch(STANDING):
        found.setdefault(one["of_table"], {})[one["name"]] = one["bytes"]
    return found


async def _rows(owner: asyncpg.Connection) -> dict[str, int]:
    await owner.execute("VACUUM ANALYZE")
    return {one["name"]: one["rows"] for one in await owner.fetch(ROWS)}
