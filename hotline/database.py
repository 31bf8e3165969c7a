"""The connection to PostgreSQL, for web, jobs and tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import asyncpg
from tortoise import Tortoise
from tortoise.transactions import in_transaction

from hotline.asking import alone, at_hand
from hotline.keeping import KeptPool
from hotline.settings import keys, settings

APP_ROLE = "hotline_app"

# The planner thinks it cheap to read every report (it does not count the unpacking of long lists),
# and would think again at every call.
PLANNED_ONCE = {"enable_seqscan": "off", "plan_cache_mode": "force_generic_plan"}

# Of a large table the planner thinks a page of fifty rows worth compiling: that takes longer than
# reading them.
NOTHING_COMPILED = {"jit": "off"}

# A change of the schema that waits for a table lets nobody else in meanwhile: it gives up soon.
HELD = "2s"

PLACE_LOCK = "pg_advisory_xact_lock({tenant}::int, hashtext({county}::text))"

AWAY = (
    ConnectionError,
    asyncpg.InterfaceError,  # a connection that was lost a moment ago
    asyncpg.InternalClientError,  # the same, lost in the middle of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,  # no room, memory or connection left: later there may be
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)

LISTED: Final = ("boolean", "bytea", "date", "float8", "int", "text", "timestamptz", "uuid")

_raw: dict[str, KeptPool] = {}


async def connect(url: str | None = None, *, pool: int | None = None) -> None:
    """Open this process's pool; every connection works under the role that cannot edit history."""
    url = url or settings().database_url
    size = pool or settings().pool
    name = name_under(keys().current_kek)
    config = tortoise_config(url, pool=size, name=name)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    _raw["pool"] = KeptPool(
        await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=4,
            max_inactive_connection_lifetime=0,  # so that whoever is idle is seen, too
            server_settings={**_server_settings(name), **PLANNED_ONCE},
            init=_know_lists,
            reset=_leave_as_it_is,
        )
    )


async def disconnect() -> None:
    """Close every connection of this process."""
    if pool := _raw.pop("pool", None):
        await pool.close()
    await Tortoise.close_connections()


@asynccontextmanager
async def connected(*, pool: int) -> AsyncIterator[None]:
    """The connections of a command, for as long as it works."""
    await connect(pool=pool)
    try:
        yield
    finally:
        await disconnect()


def is_away(error: BaseException | None) -> bool:
    """Whether it came of a database that stops, starts or cannot be reached."""
    while error is not None:
        if isinstance(error, AWAY):
            return True
        error = error.__cause__ or error.__context__
    return False


def raw_pool() -> KeptPool:
    """The small bare pool of the intake path, where one statement writes many tables."""
    return _raw["pool"]


async def rows(sql: str, *values: object) -> list[dict[str, Any]]:
    """Rows of a raw statement, within the transaction at hand if there is one."""
    if (others := at_hand()) is not None:
        return await others.ask(sql, values)
    connection = Tortoise.get_connection("default")
    return await connection.execute_query_dict(sql, list(values))


async def planned_rows(sql: str, *values: object) -> list[asyncpg.Record]:
    """Rows of a long statement over large tables, planned once and by index only.

    On a connection of its own: it sees what is committed by now, whatever transaction is at hand.
    """
    return await raw_pool().fetch(sql, *values)


async def row(sql: str, *values: object) -> dict[str, Any] | None:
    """The first row of a raw statement, or None."""
    found = await rows(sql, *values)
    return found[0] if found else None


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """One transaction; start no task inside it (it would inherit the connection)."""
    with alone():  # what it asks, it asks on its own connection
        async with in_transaction("default"):
            yield


async def lock_places(tenant_id: str, *counties: str | None) -> None:
    """The matter lock: one decider a county at a time, in ascending order; None = unknown."""
    lock = f"SELECT {PLACE_LOCK.format(tenant='$1', county='$2')}"
    for place in sorted(set(map(place_of, counties))):
        await rows(lock, int(tenant_id), place)


def place_of(county: str | None) -> str:
    """The name of a county's matter lock; all reports of unknown place share one."""
    return county or "0"


def name_under(kek_id: str) -> str:
    """By which a process is known to the database: it tells under which key it seals."""
    return f"hotline {kek_id}"


def tortoise_config(
    url: str, *, pool: int, role: str | None = APP_ROLE, name: str = "hotline"
) -> dict[str, Any]:
    """Tortoise's configuration for a PostgreSQL address."""
    parts = urlsplit(url)
    credentials = {
        "host": parts.hostname,
        "port": parts.port or 5432,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "database": parts.path.lstrip("/"),
        "minsize": 1,
        "maxsize": pool,
        "server_settings": _server_settings(name) if role else {"lock_timeout": HELD},
        "reset": _leave_as_it_is,
    }
    return {
        "connections": {
            "default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
        },
        "apps": {
            "hotline": {
                "models": ["hotline.records"],
                "migrations": "hotline.records.migrations",
                "default_connection": "default",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def _know_lists(connection: asyncpg.Connection) -> None:
    """What a list of each kind is the driver asks at its first use on a connection: so now, and not
    while somebody waits for a page.
    """
    await connection.prepare(f"SELECT {', '.join(f'NULL::{kind}[]' for kind in LISTED)}")


async def _leave_as_it_is(connection: asyncpg.Connection) -> None:
    """Nothing here outlives its transaction on a connection (an open one is still rolled back), so
    the usual reset would only cost every statement another round trip.
    """


def _server_settings(name: str) -> dict[str, str]:
    return {"role": APP_ROLE, "application_name": name, **NOTHING_COMPILED}


CONFIG = tortoise_config("postgres://none@localhost/none", pool=1)  # for tortoise's own tool
