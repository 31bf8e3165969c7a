"""What every table shares: a time-ordered id made here, led by the tenant."""

import os
import time
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.models import Model


def new_id() -> UUID:
    """UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. Never leaves the house."""
    stamp = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    tail = bytearray(os.urandom(10))
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    return UUID(bytes=stamp + bytes(tail))


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
