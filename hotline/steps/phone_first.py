"""来电首闻: the first that is told of a call, that it rings: call and event by one statement.

Most calls begin so. A call that is known already is left as it is, an event that is known undoes
the whole statement; both go the long way (steps.phone_event).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from asyncpg import UniqueViolationError

from hotline.batching import Batched
from hotline.database import raw_pool
from hotline.records import PhoneCall

COLUMNS: Final = {
    "id": "uuid", "tenant_id": "text", "ref": "text", "jurisdiction": "text", "line": "text",
    "reference_key": "bytea", "caller_index": "bytea", "kek_id": "text", "wrapped_key": "bytea",
    "sealed": "bytea", "extension": "text", "began_at": "timestamptz", "mark_id": "uuid",
    "event_id": "text", "body_hash": "bytea", "at": "timestamptz", "received_at": "timestamptz",
}  # fmt: skip
OF_CALL: Final = tuple(COLUMNS)[:12]
GIVEN: Final = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(COLUMNS.values(), start=1))
# Whether a call is known its unique key says, at the insert: an index looked through beforehand is
# chosen by the planner, which takes the wrong one while the tables are young.
FIRST: Final = f"""
WITH fresh AS (
  SELECT i.*, s.staff_id FROM unnest({GIVEN}) AS i({", ".join(COLUMNS)})
  LEFT JOIN seat s ON s.tenant_id = i.tenant_id AND s.line = i.line AND s.extension = i.extension),
call AS (
  INSERT INTO phone_call (id, tenant_id, ref, jurisdiction, line, reference_key, caller_index,
    kek_id, wrapped_key, sealed, extension, staff_id, state, began_at, offered_at, version)
  SELECT id, tenant_id, ref, jurisdiction, line, reference_key, caller_index, kek_id, wrapped_key,
    sealed, extension, staff_id, 'offered', began_at, at, 1 FROM fresh
  ON CONFLICT (tenant_id, line, reference_key) DO NOTHING RETURNING id),
mark AS (
  INSERT INTO phone_event (id, tenant_id, line, event_id, body_hash, kind, call_id, at, received_at)
  SELECT mark_id, tenant_id, line, event_id, body_hash, 'offered', id, at, received_at
  FROM fresh JOIN call USING (id))
SELECT id FROM call
"""  # noqa: S608


async def write(batch: Sequence[tuple[Any, ...]]) -> list[bool]:
    """Whether each was new; in one order for all, so that no two processes wait for each other."""
    columns = [list(column) for column in zip(*sorted(batch, key=_by_call), strict=True)]
    new: set[UUID] = {one["id"] for one in await raw_pool().fetch(FIRST, *columns)}
    return [one[0] in new for one in batch]


async def begin_call(call: PhoneCall, mark: Mapping[str, Any]) -> bool:
    """Committed when it returns; False: the call or the event was there before. `mark`: the event's
    own columns."""
    values = {**{name: getattr(call, name) for name in OF_CALL}, **mark}
    try:
        return await _batch.put(tuple(values[name] for name in COLUMNS))
    except UniqueViolationError:
        return False


def _by_call(one: tuple[Any, ...]) -> bytes:
    return bytes(one[5])  # the reference's key


_batch: Batched[tuple[Any, ...], bool] = Batched(write)
