"""The connection to PostgreSQL, for web, jobs and tests."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import asyncpg
from tortoise import Tortoise
from tortoise.transactions import in_transaction

from hotline.keeping import KeptPool
from hotline.settings import settings

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

TURNS: Final = 3

LISTED: Final = ("boolean", "bytea", "date", "float8", "int", "text", "timestamptz", "uuid")

_LIST: Final = "ARRAY(SELECT ROW(asked.*) FROM ({}) asked)"  # a column may be called as it likes
_PLACE: Final = re.compile(r"\$(\d+)")

_raw: dict[str, KeptPool] = {}


async def connect(url: str | None = None, *, pool: int | None = None) -> None:
    """Open this process's pool; every connection works under the role that cannot edit history."""
    url = url or settings().database_url
    size = pool or settings().pool
    await Tortoise.init(config=tortoise_config(url, pool=size), _enable_global_fallback=True)
    _raw["pool"] = KeptPool(
        await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=4,
            server_settings={**_server_settings(), **PLANNED_ONCE},
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
    if (others := _asked.get()) is not None:
        return await others.ask(sql, values)
    connection = Tortoise.get_connection("default")
    return await connection.execute_query_dict(sql, list(values))


@asynccontextmanager
async def together() -> AsyncIterator[None]:
    """What several tasks ask at one moment goes to the database as one statement.

        async with together():
            texts, terms = await asyncio.gather(texts_of(order), terms_of(order))

    For lookups: what a transaction within asks, it asks alone (docs/decisions/0018).
    """
    token = _asked.set(_Questions())
    try:
        yield
    finally:
        _asked.reset(token)


class _Questions:
    """What was asked since the last answer; sent when every task that could ask has asked."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, tuple[object, ...], asyncio.Future[Any]]] = []
        self.sent: set[asyncio.Task[None]] = set()

    async def ask(self, sql: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        if not self.waiting:
            loop.call_soon(self._wait, TURNS)
        answer: asyncio.Future[list[dict[str, Any]]] = loop.create_future()
        self.waiting.append((sql, values, answer))
        return await answer

    def _wait(self, turns: int) -> None:
        """A task that was just begun asks a turn of the loop later, its own tasks two."""
        if turns:
            asyncio.get_running_loop().call_soon(self._wait, turns - 1)
        else:
            self._send()

    def _send(self) -> None:
        asked, self.waiting = self.waiting, []
        task = asyncio.get_running_loop().create_task(_answer(asked))
        self.sent.add(task)
        task.add_done_callback(self.sent.discard)


_asked: ContextVar[_Questions | None] = ContextVar("asked", default=None)
_columns: dict[str, tuple[str, ...]] = {}  # of a statement; rows in a list carry no names


async def _answer(asked: list[tuple[str, tuple[object, ...], "asyncio.Future[Any]"]]) -> None:
    _asked.set(None)
    try:
        found = await _rows_of_all([(sql, values) for sql, values, _ in asked])
    except Exception as error:  # whoever asked raises it
        for *_, answer in asked:
            if not answer.done():
                answer.set_exception(error)
        return
    for (*_, answer), each in zip(asked, found, strict=True):
        if not answer.done():
            answer.set_result(each)


async def _rows_of_all(
    asked: list[tuple[str, tuple[object, ...]]],
) -> list[list[dict[str, Any]]]:
    if len(asked) == 1:
        return [await rows(asked[0][0], *asked[0][1])]
    lists, values = [], list[object]()
    for sql, given in asked:
        before = len(values)
        lists.append(_LIST.format(_moved(sql, before)))
        values += given
    merged = f"SELECT {', '.join(f'{each} AS a{n}' for n, each in enumerate(lists))}"
    (found,) = await rows(merged, *values)
    return [await _named(sql, found[f"a{n}"]) for n, (sql, _) in enumerate(asked)]


async def _named(sql: str, found: list[tuple[object, ...]]) -> list[dict[str, Any]]:
    """A migration beside the running service may have added a column since it was first asked."""
    if not found:
        return []
    if len(await _names(sql)) != len(found[0]):
        del _columns[sql]
    names = await _names(sql)
    return [dict(zip(names, one, strict=True)) for one in found]


def _moved(sql: str, by: int) -> str:
    """Its values stand further back."""
    return _PLACE.sub(lambda place: f"${int(place[1]) + by}", sql)


async def _names(sql: str) -> tuple[str, ...]:
    """Asked of the database once a process."""
    if sql not in _columns:
        async with Tortoise.get_connection("default").acquire_connection() as connection:
            prepared = await connection.prepare(sql)
            _columns[sql] = tuple(one.name for one in prepared.get_attributes())
    return _columns[sql]


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
    token = _asked.set(None)  # what it asks, it asks on its own connection
    try:
        async with in_transaction("default"):
            yield
    finally:
        _asked.reset(token)


async def lock_places(tenant_id: str, *counties: str | None) -> None:
    """The matter lock: one decider a county at a time, in ascending order; None = unknown."""
    lock = f"SELECT {PLACE_LOCK.format(tenant='$1', county='$2')}"
    for place in sorted(set(map(place_of, counties))):
        await rows(lock, int(tenant_id), place)


def place_of(county: str | None) -> str:
    """The name of a county's matter lock; all reports of unknown place share one."""
    return county or "0"


def tortoise_config(url: str, *, pool: int, role: str | None = APP_ROLE) -> dict[str, Any]:
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
        "server_settings": _server_settings() if role else {"lock_timeout": HELD},
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


def _server_settings() -> dict[str, str]:
    return {"role": APP_ROLE, "application_name": "hotline", **NOTHING_COMPILED}


CONFIG = tortoise_config("postgres://none@localhost/none", pool=1)  # for tortoise's own tool
