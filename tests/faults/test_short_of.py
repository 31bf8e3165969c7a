"""A database that has no room left is away for now, not broken: whoever comes is told to return."""

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import is_away


async def test_a_database_without_room_is_away_for_now(db: Services) -> None:
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("SET temp_file_limit = 0; SET work_mem = 64")
    with pytest.raises(asyncpg.InsufficientResourcesError) as refused:
        await owner.fetch("SELECT g FROM generate_series(1, 50000) g ORDER BY g DESC")
    await owner.close()
    assert is_away(refused.value)
    assert not is_away(asyncpg.UniqueViolationError())
