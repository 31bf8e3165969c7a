"""锚定: the day's one line over all chains, so that cutting off a history's end is seen.

An anchor of a day covers what was appended before that day's midnight in Shanghai and after the
anchor before it: the head each chain had then. It follows from the anchor before it, as events do.
When an event was appended is told by its id (UUIDv7), whatever time the event itself states.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.rules.canonical import canonical_json
from hotline.rules.history import GENESIS

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
SLACK: Final = timedelta(minutes=10)  # what was begun before midnight is committed by then
FIRST: Final = UUID(int=0)
_ANCHOR: Final = b"hotline/anchor/1\0"


@dataclass(frozen=True, slots=True)
class Head:
    """Where one chain stood."""

    aggregate: str
    aggregate_id: UUID
    seq: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One anchor, as it is signed, stored and exported."""

    tenant_id: str
    day: date
    heads: int
    digest: bytes

    def exported(self) -> dict[str, Any]:
        """The form that is written to a file outside the database."""
        return {
            "tenant": self.tenant_id,
            "day": self.day.isoformat(),
            "heads": self.heads,
            "digest": self.digest.hex(),
        }


def line_from(told: Mapping[str, Any]) -> Line:
    """An exported line, read back."""
    day, digest = date.fromisoformat(told["day"]), bytes.fromhex(told["digest"])
    return Line(told["tenant"], day, told["heads"], digest)


def anchored(
    key: bytes, tenant_id: str, day: date, heads: Iterable[Head], previous: bytes = GENESIS
) -> Line:
    """The day's line. Heads come in the order of their chains."""
    signed = hmac.new(key, _ANCHOR + previous + canonical_json([tenant_id, day]), sha256)
    count = 0
    for head in heads:
        count += 1
        signed.update(canonical_json([head.aggregate, head.aggregate_id, head.seq]) + head.digest)
    return Line(tenant_id, day, count, signed.digest())


def day_due(now: datetime) -> date:
    """The latest day whose anchor can be made: today from ten past midnight on."""
    return (now.astimezone(SHANGHAI) - SLACK).date()


def bound(day: date) -> UUID:
    """The smallest id that is made at or after the day's midnight in Shanghai."""
    midnight = datetime.combine(day, time(), SHANGHAI)
    return UUID(int=int(midnight.timestamp() * 1000) << 80)
