"""What every table shares: a time-ordered id made here, led by the tenant."""

import os
import time
from collections.abc import Mapping
from typing import Any, ClassVar, Final
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.models import Model

COUNTED: Final = 12  # bits


class _Drawn:
    """Milliseconds and count of the id this process drew last."""

    last = 0


def new_id() -> UUID:
    """UUIDv7 (RFC 9562, 6.2 method 1): 48 bits of milliseconds, 12 that count, the rest random.

    Of one process a later one is always greater: what was written at one moment is told in the
    order it was done. Never leaves the house.
    """
    _Drawn.last = max(_Drawn.last + 1, (time.time_ns() // 1_000_000) << COUNTED)
    tail = bytearray(os.urandom(8))
    tail[0] = 0x80 | (tail[0] & 0x3F)
    moment, count = divmod(_Drawn.last, 1 << COUNTED)
    head = moment << 16 | 0x7000 | count
    return UUID(bytes=head.to_bytes(8, "big") + bytes(tail))


class Row(Model):
    """Base of every table. The real primary key is (tenant_id, id), set by migration."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    tenant_id = fields.CharField(max_length=6)

    # For records.writing, n being the row: what the database itself makes of a column, whether the
    # row is wanted at all.
    written_as: ClassVar[Mapping[str, str]] = {}
    written_if: ClassVar[str] = ""
    written_over: ClassVar[str] = ""  # what becomes of one that is there already

    # Without references to other rows and defaults to wait for there is nothing to look after when
    # a column is set; a decision sets some two hundred.
    __setattr__ = object.__setattr__  # type: ignore[assignment]

    class Meta:
        abstract = True


def code(length: int = 32, **options: Any) -> Any:
    """A short machine word: a term, a pack's code, a public number."""
    return fields.CharField(max_length=length, **options)


def maybe_code(length: int = 32) -> Any:
    """A short machine word that may be unknown."""
    return fields.CharField(max_length=length, null=True)


def words() -> Any:
    """A list of short words (text[])."""
    return ArrayField(element_type="text", default=list)


def listed() -> Any:
    """The same in a column that came later: rows written before have none."""
    return ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))


def numbers(**options: Any) -> Any:
    """A list of whole numbers (integer[])."""
    return ArrayField(element_type="int", default=list, **options)


def when(**options: Any) -> Any:
    """A moment (timestamptz)."""
    return fields.DatetimeField(**options)


def maybe_when() -> Any:
    """A moment that may not have come yet."""
    return fields.DatetimeField(null=True)
