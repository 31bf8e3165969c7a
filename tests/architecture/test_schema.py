"""The database is what the records say: keys, references, checks, indexes, roles, migrations."""

import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from hotline import records
from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import constraints
from hotline.records.base import Row

ROOT = Path(__file__).parents[2]
MODELS = [
    model for model in vars(records).values() if isinstance(model, type) and issubclass(model, Row)
]


def test_every_model_is_in_the_list_of_tables() -> None:
    assert {model._meta.db_table for model in MODELS} == set(constraints.TABLES)


async def test_every_primary_and_unique_key_leads_with_the_tenant(db: Services) -> None:
    keys = await rows(
        "SELECT c.conrelid::regclass::text AS of_table, c.conname, a.attname AS first"
        " FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid"
        " AND a.attnum = c.conkey[1] WHERE c.contype IN ('p', 'u')"
        " AND c.conrelid::regclass::text = ANY($1)",
        list(constraints.TABLES),
    )
    assert {key["conname"] for key in keys if key["first"] != "tenant_id"} == set()
    assert {key["of_table"] for key in keys} == set(constraints.TABLES)


async def test_every_unique_index_holds_the_tenant(db: Services) -> None:
    """What is distributed by tenant is unique within a tenant alone: an index without it lies."""
    found = await rows(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace"
        " AND i.indrelid <> 'tortoise_migrations'::regclass AND NOT EXISTS ("
        " SELECT FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attname = 'tenant_id')"
    )
    assert [one["relname"] for one in found] == []


async def test_the_models_unique_keys_stand_in_the_database(db: Services) -> None:
    found = await rows(
        "SELECT t.relname AS of_table, array_agg(a.attname::text ORDER BY x.place) AS columns"
        " FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid"
        " CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY AS x(number, place)"
        " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.number"
        " WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace"
        " GROUP BY t.relname, i.indexrelid"
    )
    stands = {(key["of_table"], tuple(key["columns"])) for key in found}
    wanted = {
        (model._meta.db_table, tuple(columns))
        for model in MODELS
        for columns in model._meta.unique_together
    }
    assert wanted - stands == set()


async def test_every_check_and_reference_stands_in_the_database(db: Services) -> None:
    found = await rows("SELECT conname FROM pg_constraint WHERE contype IN ('c', 'f')")
    names = {row["conname"] for row in found}
    checks = {name for _, name, _ in constraints.CHECKS}
    references = {f"{child}_{column}_fk" for child, column, _ in constraints.REFERENCES}
    assert (checks | references) - names == set()


async def test_every_index_stands_in_the_database(db: Services) -> None:
    found = await rows("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")
    wanted = {statement.split(" ON ")[0].split()[-1] for statement in constraints.INDEXES}
    assert wanted - {row["indexname"] for row in found} == set()


@pytest.mark.parametrize("table", constraints.APPEND_ONLY)
@pytest.mark.parametrize("edit", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}"])
async def test_the_service_itself_cannot_edit_what_is_appended(
    db: Services, table: str, edit: str
) -> None:
    application = await asyncpg.connect(db.database_url, server_settings={"role": "hotline_app"})
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await application.execute(edit.format(table))
    finally:
        await application.close()


def test_the_migrations_say_all_that_the_records_say(tmp_path: Path) -> None:
    """The migration tool, run on a copy, finds nothing to add."""
    shutil.copytree(ROOT / "hotline", tmp_path / "hotline")
    tool = Path(sys.executable).with_name("tortoise")
    said = subprocess.run(
        [tool, "-c", "hotline.database.CONFIG", "makemigrations"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "No changes detected" in said.stdout
