"""Rows are written at once, or gathered through a transaction and written by one statement.

    async with transaction(), gathering():
        await add(Membership(...))   # not sent yet
        await put(request)           # every column of a row that is there

What costs in a short transaction is each way to the database and back. What was gathered cannot be
read back before the end: whoever needs it asks `fresh`.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar
from uuid import UUID

from hotline.database import rows
from hotline.records.base import Row

AnyRow = TypeVar("AnyRow", bound=Row)
Chains = dict[tuple[str, str, UUID], tuple[int, bytes]]  # aggregate → seq and digest of its head

INSERT: Final = "INSERT INTO {table} ({columns}) SELECT {values} FROM {given}"
UPDATE: Final = "UPDATE {table} t SET {changes} FROM {given} WHERE t.tenant_id = n.tenant_id"
GIVEN: Final = "json_populate_recordset(NULL::{table}, ${place}::json) n"


@dataclass
class Gathered:
    """What one transaction will write, in the order of the tables it first wrote to."""

    added: dict[type[Row], list[Row]] = field(default_factory=dict)
    changed: dict[type[Row], dict[UUID, Row]] = field(default_factory=dict)
    fresh: set[UUID] = field(default_factory=set)
    heads: Chains = field(default_factory=dict)


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@asynccontextmanager
async def gathering() -> AsyncIterator[Gathered]:
    """Inside a transaction: what is added and put is written when the block ends well."""
    with collecting() as gathered:
        yield gathered
    await write([gathered])


@contextmanager
def collecting(into: Gathered | None = None) -> Iterator[Gathered]:
    """The same for one of several that one statement writes; or nobody, and it never was."""
    gathered = Gathered() if into is None else into
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)


async def write(parts: Sequence[Gathered]) -> None:
    """Write what was collected. No row may be in two parts."""
    added: dict[type[Row], list[Row]] = {}
    changed: dict[type[Row], list[Row]] = {}
    for part in parts:
        for table, found in part.added.items():
            added.setdefault(table, []).extend(found)
        for table, by_id in part.changed.items():
            changed.setdefault(table, []).extend(by_id.values())
    await _write(added.items(), changed.items())


def heads() -> Chains | None:
    """The heads of the histories this transaction has to do with; None where it gathers nothing."""
    gathered = _gathered.get()
    return None if gathered is None else gathered.heads


def fresh(table: type[AnyRow], holder_id: UUID) -> list[AnyRow] | None:
    """What was added of a table, where `holder_id` is so new that nothing else can hang on it."""
    gathered = _gathered.get()
    if gathered is None or holder_id not in gathered.fresh:
        return None
    return [row for row in gathered.added.get(table, []) if isinstance(row, table)]


async def add(*new: Row) -> None:
    """Rows that are not there yet."""
    gathered = _gathered.get()
    now = Gathered() if gathered is None else gathered
    for row in new:
        now.added.setdefault(type(row), []).append(row)
        now.fresh.add(row.id)
    if gathered is None:
        await _write(list(now.added.items()), [])


async def put(row: Row) -> None:
    """Every column of a row that is there; of one just added, the addition says it all."""
    gathered = _gathered.get()
    if gathered is None:
        await _write([], [(type(row), [row])])
    elif not any(row is one for one in gathered.added.get(type(row), [])):
        gathered.changed.setdefault(type(row), {})[row.id] = row


async def _write(
    added: Iterable[tuple[type[Row], Sequence[Row]]],
    changed: Iterable[tuple[type[Row], Sequence[Row]]],
) -> None:
    parts = [(table, True, found) for table, found in added]
    parts += [(table, False, found) for table, found in changed]
    if parts:
        sql = _statement(tuple((table, is_new) for table, is_new, _ in parts))
        await rows(sql, *(_as_json(table, found) for table, _, found in parts))


@cache
def _statement(parts: tuple[tuple[type[Row], bool], ...]) -> str:
    """One for each shape of a transaction; there are few, so that the server plans them once."""
    each = [
        (_insert if is_new else _update)(table, place)
        for place, (table, is_new) in enumerate(parts, start=1)
    ]
    if len(each) == 1:
        return each[0]
    named = ", ".join(f"w{place} AS ({one})" for place, one in enumerate(each))
    return f"WITH {named} SELECT"


def _insert(table: type[Row], place: int) -> str:
    """A column of `written_as` is computed by the database; `written_if` may leave a row out."""
    name, columns = _name(table), _columns(table)
    values = (table.written_as.get(column, f"n.{column}") for column in columns)
    given = GIVEN.format(table=name, place=place)
    sql = INSERT.format(
        table=name, columns=", ".join(columns), values=", ".join(values), given=given
    )
    where = f" WHERE {table.written_if}" if table.written_if else ""
    return f"{sql}{where} {table.written_over}"


def _update(table: type[Row], place: int) -> str:
    name = _name(table)
    given = GIVEN.format(table=name, place=place)
    names = (column for column in _columns(table) if column not in {"id", "tenant_id"})
    changes = ", ".join(f"{column} = n.{column}" for column in names)
    return f"{UPDATE.format(table=name, changes=changes, given=given)} AND t.id = n.id"


def _name(table: type[Row]) -> str:
    return str(table._meta.db_table)


@cache
def _columns(table: type[Row]) -> tuple[str, ...]:
    return tuple(sorted(table._meta.fields))


def _as_json(table: type[Row], found: Sequence[Row]) -> str:
    columns = _columns(table)
    values = attrgetter(*columns)
    return _ENCODER.encode([dict(zip(columns, values(row), strict=True)) for row in found])


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)
