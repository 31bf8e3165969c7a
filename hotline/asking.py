"""What several tasks ask of the database at one moment is one statement (docs/decisions/0018)."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, Final

from tortoise import Tortoise

TURNS: Final = 3
KNOWN: Final = 1000  # statements whose columns are kept

_LIST: Final = "ARRAY(SELECT ROW(asked.*) FROM ({}) asked)"  # a column may be called as it likes
_PLACE: Final = re.compile(r"\$(\d+)")


@asynccontextmanager
async def together() -> AsyncIterator[None]:
    """What several tasks ask at one moment goes to the database as one statement.

        async with together():
            texts, terms = await asyncio.gather(texts_of(order), terms_of(order))

    For lookups: what a transaction within asks, it asks alone (docs/decisions/0018).
    """
    token = _asked.set(Questions())
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def alone() -> Iterator[None]:
    """Within it nothing is asked with others."""
    token = _asked.set(None)
    try:
        yield
    finally:
        _asked.reset(token)


def at_hand() -> "Questions | None":
    """Those with which the task at hand asks."""
    return _asked.get()


class Questions:
    """What was asked since the last answer; sent when every task that could ask has asked."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, tuple[object, ...], asyncio.Future[Any]]] = []
        self.sent: set[asyncio.Task[None]] = set()

    async def ask(self, sql: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
        """Its own rows, when the statement of all of them was answered."""
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


_asked: ContextVar[Questions | None] = ContextVar("asked", default=None)
# of a statement; rows in a list carry no names. A post for some kinds has statements of its own
_columns: dict[str, tuple[str, ...]] = {}


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
        return [await _ask(asked[0][0], asked[0][1])]
    lists, values = [], list[object]()
    for sql, given in asked:
        before = len(values)
        lists.append(_LIST.format(_moved(sql, before)))
        values += given
    merged = f"SELECT {', '.join(f'{each} AS a{n}' for n, each in enumerate(lists))}"
    (found,) = await _ask(merged, values)
    return [await _named(sql, found[f"a{n}"]) for n, (sql, _) in enumerate(asked)]


async def _ask(sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await Tortoise.get_connection("default").execute_query_dict(
        sql, list(values)
    )
    return found


async def _named(sql: str, found: list[tuple[object, ...]]) -> list[dict[str, Any]]:
    """A migration beside the running service may have added a column since it was first asked."""
    if not found:
        return []
    if len(await _names(sql)) != len(found[0]):
        _columns.pop(sql, None)
    names = await _names(sql)
    return [dict(zip(names, one, strict=True)) for one in found]


def _moved(sql: str, by: int) -> str:
    """Its values stand further back."""
    return _PLACE.sub(lambda place: f"${int(place[1]) + by}", sql)


async def _names(sql: str) -> tuple[str, ...]:
    """Asked of the database once a process."""
    if sql not in _columns:
        if len(_columns) >= KNOWN:
            _columns.clear()
        async with Tortoise.get_connection("default").acquire_connection() as connection:
            prepared = await connection.prepare(sql)
            _columns[sql] = tuple(one.name for one in prepared.get_attributes())
    return _columns[sql]
