"""磁盘写满: a disk without room refuses a report politely; when there is room again it is taken."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from tests.support.machine import REPORTS, Machine
from tests.support.sender import REPORT

SMALL = 2  # megabytes
WORDS = "repeat(md5(random()::text), 60)"
FILLER = f"INSERT INTO filler SELECT {WORDS} FROM generate_series(1, $1::int)"
# what did not go in lies dead in it: cleaned up meanwhile it would be room again
TO_STAY = "WITH (autovacuum_enabled = off)"
# what other tests left is room, too, however long somebody may still look at it
EMPTIED = """
DO $$ BEGIN
  SET LOCAL session_replication_role = replica;
  TRUNCATE delivery CASCADE;
END $$
"""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="a disk of its own takes root")


@contextlib.contextmanager
def mounted(folder: Path, owner: int) -> Iterator[Path]:
    """A disk of its own, as small as that, that the server may write to."""
    size = f"size={SMALL}m,uid={owner},mode=700"
    disk = ["mount", "-t", "tmpfs", "-o", size, "none", str(folder)]
    subprocess.run(disk, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def a_place(tmp_path: Path) -> Path:
    """Where another account gets through to."""
    folder = tmp_path / "small"
    folder.mkdir()
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    return folder


async def test_a_full_disk_refuses_for_now_and_loses_nothing(
    db: Services, machine: Machine, tmp_path: Path
) -> None:
    owner, small = await asyncpg.connect(db.owner_url), f"small_{uuid4().hex[:12]}"
    server = Path(f"/proc/{await owner.fetchval('SELECT pg_backend_pid()')}").stat().st_uid
    with mounted(a_place(tmp_path), server) as folder:
        await owner.execute(f"CREATE TABLESPACE {small} LOCATION '{folder}'")
        await owner.execute(f"CREATE TABLE filler (words text) {TO_STAY} TABLESPACE {small}")
        await owner.execute(EMPTIED)
        await owner.execute(f"ALTER TABLE delivery SET TABLESPACE {small}")
        try:
            await fill_up(owner)
            refused = await machine.post(REPORTS, REPORT, id="the-same")
            assert refused.status_code == 503
            assert int(refused.headers["retry-after"]) > 0
            assert await reports(owner) == 0
            await owner.execute("DROP TABLE filler")
            assert (await machine.post(REPORTS, REPORT, id="the-same")).status_code == 201
            assert await reports(owner) == 1
        finally:
            await owner.execute("DROP TABLE IF EXISTS filler")
            await owner.execute("ALTER TABLE delivery SET TABLESPACE pg_default")
            await owner.execute(f"DROP TABLESPACE {small}")
            await owner.close()


async def fill_up(owner: asyncpg.Connection) -> None:
    """To the last page: what wants much at once gives up sooner than what wants little."""
    for many in (9999, 50, 1):
        with contextlib.suppress(asyncpg.DiskFullError):
            while True:
                await owner.execute(FILLER, many)


async def reports(owner: asyncpg.Connection) -> int:
    return int(await owner.fetchval("SELECT count(*) FROM service_request"))
