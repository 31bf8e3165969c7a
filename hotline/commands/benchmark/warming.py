"""Read every table and index once, so that nothing is measured while it comes from the disk."""

from typing import Final

import asyncpg

SEGMENT: Final = 1 << 30  # a relation is kept in files of so many bytes
PIECE: Final = 1 << 26
STORED: Final = """
SELECT pg_relation_filepath(oid) AS path, pg_relation_size(oid) AS size FROM pg_class
WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""


async def warm(owner_url: str) -> None:
    """Into the system's memory; what is used much moves from there into the server's own."""
    owner = await asyncpg.connect(owner_url)
    try:
        for path, size in await owner.fetch(STORED):
            for first in range(0, size, PIECE):
                number, start = divmod(first, SEGMENT)
                file = f"{path}.{number}" if number else path
                read = "SELECT length(pg_read_binary_file($1, $2, $3, true))"
                await owner.fetchval(read, file, start, PIECE)
    finally:
        await owner.close()
