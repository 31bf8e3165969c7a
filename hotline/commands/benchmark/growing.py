"""A scratch database that grows: two processes fill it, indexes are dropped and built again."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import asyncpg

from hotline.commands.benchmark.fill import Part, now
from hotline.commands.launch.home import CLONE
from hotline.commands.launch.words import Trouble

SIDE_BY_SIDE: Final = 2
FEW: Final = 20_000  # fewer are written with the indexes in place
FILLED: Final = (*("service_request", "signature", "vault", "work_order", "membership", "event"),)
INDEXES: Final = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i WHERE i.indrelid = ANY($1::text[]::regclass[]) AND NOT EXISTS
  (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
ORDER BY i.indrelid <> 'signature'::regclass, i.indexrelid
"""
# While it is filled only: nothing of this is left when anything is measured.
ROOMY: Final = ("max_wal_size = '16GB'", "checkpoint_timeout = '1h'", "autovacuum = off")


async def refuse_reports(owner_url: str) -> None:
    """Trouble where anything would be filled up that somebody keeps."""
    owner = await asyncpg.connect(owner_url)
    try:
        if await owner.fetchval("SELECT count(*) FROM service_request"):
            raise Trouble("此数据库已有来件，不能用于压测", "this database holds reports")
    finally:
        await owner.close()


@dataclass
class Growing:
    """The database of one run, and how many reports it holds by now."""

    owner_url: str
    tenant_id: str
    counties: Sequence[tuple[str, str]]
    held: int = 0

    async def to(self, size: int) -> None:
        """So many decided reports, warm and counted."""
        if (missing := size - self.held) <= 0:
            return
        owner = await asyncpg.connect(self.owner_url)
        try:
            for setting in ROOMY:
                await owner.execute(f"ALTER SYSTEM SET {setting}")
            await owner.execute("SELECT pg_reload_conf()")
            dropped = await self._dropped(owner) if missing > FEW else []
            await asyncio.to_thread(self._fill, missing)
            await self._build(dropped)
            await owner.execute("VACUUM ANALYZE")
            await owner.execute("ALTER SYSTEM RESET ALL")
            await owner.execute("SELECT pg_reload_conf()")
            await owner.execute("CHECKPOINT")
        finally:
            await owner.close()
        self.held = size

    async def _dropped(self, owner: asyncpg.Connection) -> list[str]:
        found = await owner.fetch(INDEXES, list(FILLED))
        for one in found:
            await owner.execute(f"DROP INDEX {one['name']}")
        return [one["definition"] for one in found]

    def _fill(self, count: int) -> None:
        """By processes of their own: writing up a report costs more than storing it."""
        share = count // SIDE_BY_SIDE
        parts = [(self.held + 1, share), (self.held + 1 + share, count - share)]
        started = [self._started(first, many) for first, many in parts]
        if sum(process.wait() for process in started):
            raise Trouble("压测数据未能写入", "the scratch database could not be filled")

    def _started(self, first: int, count: int) -> "subprocess.Popen[str]":
        part = Part(
            owner_url=self.owner_url,
            tenant_id=self.tenant_id,
            jurisdiction=self.tenant_id,
            counties=list(self.counties),
            first=first,
            count=count,
            until=now(),
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "hotline.commands.benchmark.fill"],
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(CLONE)},
            text=True,
        )
        assert process.stdin
        process.stdin.write(json.dumps(asdict(part)) + "\n")
        process.stdin.close()
        return process

    async def _build(self, definitions: list[str]) -> None:
        left = iter(definitions)

        async def build() -> None:
            owner = await asyncpg.connect(self.owner_url)
            try:
                await owner.execute("SET maintenance_work_mem = '1GB'")
                for definition in left:
                    await owner.execute(definition)
            finally:
                await owner.close()

        await asyncio.gather(*(build() for _ in range(SIDE_BY_SIDE)))
