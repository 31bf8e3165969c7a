"""升级 a migration changes the schema beside a running service: it locks nobody out for long."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import migrations
from tests.support.locking import locking

# docs/decisions/0011: nobody had rows before; each later exception with its reason
BEFORE_ANY_RELEASE: Final = "0021_administering"
EXCEPTIONS: Final[dict[str, str]] = {}
WRITTEN_OUT: Final = """
import asyncio, json, sys
from tortoise.migrations.api.sqlmigrate import _NoopRecorder
from hotline.database import CONFIG
from hotline.records.stepping import stepping_through

async def written(names):
    stepping = await stepping_through(CONFIG)
    stepping.loader.recorder = _NoopRecorder()
    return {name: ";\\n".join(await stepping.collect_sql("hotline", name)) for name in names}

print(json.dumps(asyncio.run(written(sys.argv[1:]))))
"""
MIGRATED: Final = """
import asyncio, sys
from hotline.records.migrating import migrate

asyncio.run(migrate(sys.argv[1]))
"""
ROOT: Final = Path(__file__).parents[2]
NAMES: Final = sorted(path.stem for path in Path(migrations.__file__).parent.glob("0*.py"))


def test_a_migration_locks_nobody_out_for_long() -> None:
    names = [name for name in NAMES if name > BEFORE_ANY_RELEASE and name not in EXCEPTIONS]
    written = json.loads(apart(WRITTEN_OUT, *names))
    assert all(written.values())
    assert {name: locked for name, sql in written.items() if (locked := locking(sql))} == {}


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE UNIQUE INDEX one ON work_order (tenant_id)",
        'ALTER TABLE "clock" ADD COLUMN "warned" SMALLINT NOT NULL',
        "ALTER TABLE clock ADD CONSTRAINT c CHECK (warned > 0)",
        "alter table clock add constraint c foreign key (a)\n references b (id)",
        'ALTER TABLE "attachment" ALTER COLUMN "media_type" TYPE VARCHAR(100)',
        "ALTER TABLE clock ALTER COLUMN warned SET NOT NULL",
        "ALTER TABLE clock ADD COLUMN made UUID NOT NULL DEFAULT gen_random_uuid()",
        'ALTER TABLE "service_request" DROP COLUMN "grams" CASCADE',
        "UPDATE message SET state = 'sent'",
        "ALTER TABLE clock ADD CONSTRAINT u UNIQUE (a)",
    ],
)
def test_what_locks_is_seen(sql: str) -> None:
    assert len(locking(f"CREATE TABLE other (id INT); {sql}; SELECT 1")) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (id INT NOT NULL PRIMARY KEY, u INT UNIQUE); CREATE INDEX i ON t (id)",
        "ALTER TABLE clock ADD CONSTRAINT c CHECK (warned IN ('a;b', 'c')) NOT VALID",
        "ALTER TABLE clock ADD COLUMN warned SMALLINT NOT NULL DEFAULT 0",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON clock TO hotline_app",
        "UPDATE message SET state = 'sent' WHERE id = 1",
    ],
)
def test_what_takes_a_moment_is_let_pass(sql: str) -> None:
    assert locking(sql) == []


async def test_what_was_left_for_afterwards_is_done(db: Services) -> None:
    """Also what was broken off in its middle, the last time."""
    again = "ALTER TABLE clock DROP CONSTRAINT clock_warned, ADD CONSTRAINT clock_warned"
    broken_off = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
    broken_off += "'clock_to_warn_of'::regclass"
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute(f"{again} CHECK (warned BETWEEN 0 AND 3) NOT VALID; {broken_off}")
    await owner.close()
    apart(MIGRATED, db.owner_url)
    assert await rows("SELECT conname FROM pg_constraint WHERE NOT convalidated") == []
    assert await rows("SELECT indexrelid FROM pg_index WHERE NOT indisvalid") == []


def apart(program: str, *words: str) -> str:
    """In a process of its own: the tool takes the mapper's connections along."""
    argv = [sys.executable, "-c", program, *words]
    return subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
