"""Several questions of one moment: one statement, each with its own rows and its own names."""

import asyncio
from datetime import datetime

import asyncpg
import pytest
from tortoise.exceptions import OperationalError

from hotline.asking import together
from hotline.commands.benchmark.statements import overheard
from hotline.commands.launch.services import Services
from hotline.database import rows, transaction
from hotline.settings import settings


async def test_what_several_ask_at_once_is_one_statement(db: Services) -> None:
    async def later(n: int) -> list[dict[str, object]]:
        first = await rows("SELECT $1::int + 1 AS n, ARRAY['甲', $2::text] AS words", n, "乙")
        return first + await rows("SELECT now() AS at, NULL::text AS nothing WHERE $1", n < 9)

    async def all_of() -> list[list[dict[str, object]]]:
        async with together():
            return list(await asyncio.gather(later(1), later(9)))

    await all_of()
    async with overheard(settings().pool) as said:
        one, nine = await all_of()
    assert one[0] == {"n": 2, "words": ["甲", "乙"]}
    assert isinstance(one[1]["at"], datetime)
    assert nine == [{"n": 10, "words": ["甲", "乙"]}]
    assert len(said) == 2


async def test_a_wrong_question_is_told_to_whoever_asked(db: Services) -> None:
    async with together():
        with pytest.raises(OperationalError):
            await asyncio.gather(rows("SELECT 1 AS n"), rows("SELECT 1 / $1::int AS n", 0))
    assert await rows("SELECT 1 AS n") == [{"n": 1}]


async def test_a_column_that_comes_beside_the_running_service_spoils_no_name(db: Services) -> None:
    """The schema grows under a process that goes on (docs/decisions/0011)."""

    async def both() -> list[list[dict[str, object]]]:
        async with together():
            return list(await asyncio.gather(rows("SELECT * FROM grows"), rows("SELECT 1 AS t")))

    owner = await asyncpg.connect(db.owner_url)
    try:
        await owner.execute("CREATE TABLE grows AS SELECT 1 AS a")
        await owner.execute("GRANT SELECT ON grows TO hotline_app")
        assert await both() == [[{"a": 1}], [{"t": 1}]]
        await owner.execute("ALTER TABLE grows ADD COLUMN b int DEFAULT 2")
        assert await both() == [[{"a": 1, "b": 2}], [{"t": 1}]]
    finally:
        await owner.execute("DROP TABLE grows")
        await owner.close()


async def test_a_transaction_within_asks_on_its_own_connection(db: Services) -> None:
    """Else a lock it takes would be another's, or nobody's."""
    both = asyncio.Barrier(2)

    async def held(key: int) -> bool:
        async with transaction():
            await both.wait()
            await rows("SELECT pg_advisory_xact_lock($1::bigint)", key)
            await both.wait()
            (mine,) = await rows(
                "SELECT pid = pg_backend_pid() AS here FROM pg_locks"
                " WHERE locktype = 'advisory' AND objid = $1::int::oid",
                key,
            )
        return bool(mine["here"])

    async with together():
        assert await asyncio.gather(held(7), held(8)) == [True, True]
