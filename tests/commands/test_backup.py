"""A backup, restored elsewhere, is the same installation; without its keys it is nobody's."""

import asyncio
import json
from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from hotline.commands import worker
from hotline.commands.launch.at_hand import refuse_other_keys, refuse_without_keys
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services, in_environment
from hotline.commands.launch.words import Trouble
from hotline.records import files
from hotline.settings import keys, settings
from hotline.steps.anchor import anchor
from tests.steps.builders import ODOUR, registered
from tests.support.running_up import hotline

SAME = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
TABLES = ("service_request", "vault", "event", "event_detail", "anchor", "policy_version")


@pytest.fixture
async def empty(db: Services, tmp_path: Path) -> AsyncIterator[Services]:
    """Another installation: nothing in its database, nothing in its home."""
    name = f"restored_{uuid4().hex[:12]}"
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    urls = [f"{url.rpartition('/')[0]}/{name}" for url in (db.database_url, db.owner_url)]
    yield replace(db, database_url=urls[0], owner_url=urls[1], home=str(tmp_path / "second"))
    await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await owner.close()


async def test_what_was_backed_up_is_restored_whole(
    db: Services, empty: Services, tmp_path: Path
) -> None:
    await registered(ODOUR)
    await anchor(datetime.now(UTC) + timedelta(days=1))
    await files.put("a/sealed", b"not to be read")
    backup, keys = tmp_path / "backup", tmp_path / "apart" / "keys.json"

    done = await ran(db, "backup", str(backup), "--keys", str(keys))
    assert done.returncode == 0, done.stderr
    secret = settings().keys_file.read_bytes()
    assert keys.read_bytes() == secret
    assert keys.stat().st_mode & 0o777 == 0o600
    assert all(one.read_bytes() != secret for one in backup.rglob("*") if one.is_file())

    done = await ran(empty, "restore", str(backup), "--keys", str(keys))
    assert done.returncode == 0, done.stdout + done.stderr
    for table in TABLES:
        assert await told(empty, table) == await told(db, table)
    assert (Home(Path(empty.home)).files / "a" / "sealed").read_bytes() == b"not to be read"

    again = await ran(empty, "restore", str(backup), "--keys", str(keys))
    assert (again.returncode, "not empty" in again.stderr) == (1, True)


async def test_a_damaged_backup_or_other_keys_touch_nothing(
    db: Services, empty: Services, tmp_path: Path
) -> None:
    backup, keys = tmp_path / "backup", tmp_path / "keys.json"
    assert (await ran(db, "backup", str(backup), "--keys", str(keys))).returncode == 0
    others = tmp_path / "others.json"
    others.write_text(json.dumps(json.loads(keys.read_text()) | {"chain": "00" * 32}))
    refused = await ran(empty, "restore", str(backup), "--keys", str(others))
    assert "not the keys" in refused.stderr
    others.write_text("{")
    refused = await ran(empty, "restore", str(backup), "--keys", str(others))
    assert "cannot be read" in refused.stderr
    with (backup / "database.dump").open("ab") as dump:
        dump.write(b"\n")
    refused = await ran(empty, "restore", str(backup), "--keys", str(keys))
    assert "database.dump" in refused.stderr
    owner = await asyncpg.connect(empty.owner_url)
    assert not await owner.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    await owner.close()


async def test_a_database_is_never_gone_on_with_under_other_keys(
    db: Services, tmp_path: Path
) -> None:
    """As when the volume of the keys is not mounted at a start."""
    await registered(ODOUR)
    await refuse_other_keys(db.owner_url)
    mine, gone = settings().keys_file, tmp_path / "volume" / "keys.json"
    with in_environment({"HOTLINE_KEYS": str(gone)}):
        with pytest.raises(Trouble, match="密钥文件不在"):
            await refuse_other_keys(db.owner_url)
        for begin in (lambda: worker.run(Namespace(queue="intake")), refuse_without_keys):
            with pytest.raises(Trouble, match="密钥文件不在"):
                begin()
        assert not gone.exists()
        keys()  # others, though the key in force bears the same name
        with pytest.raises(Trouble, match="密钥与数据库不符"):
            await refuse_other_keys(db.owner_url)
        only_signed = json.loads(mine.read_text()) | {"chain": "00" * 32}
        gone.write_text(json.dumps(only_signed), encoding="utf-8")
        keys.cache_clear()
        with pytest.raises(Trouble, match="密钥与数据库不符"):
            await refuse_other_keys(db.owner_url)
        gone.write_text("{", encoding="utf-8")
        keys.cache_clear()
        with pytest.raises(Trouble, match="密钥文件读不出"):
            await refuse_other_keys(db.owner_url)


async def ran(services: Services, *words: str) -> "CompletedProcess[str]":
    """A command of that installation."""
    given = services.environment() | {"HOTLINE_KEYS": "", "HOTLINE_FILES": ""}
    return await asyncio.to_thread(hotline, Home(Path(services.home)), *words, **given)


async def told(services: Services, table: str) -> Any:
    owner = await asyncpg.connect(services.owner_url)
    try:
        return await owner.fetchval(SAME.format(table=table))
    finally:
        await owner.close()
