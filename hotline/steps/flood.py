"""来件潮: one address, one telephone or one text over and over is slowed down, and never lost.

Whoever sends counts after the answer, many at once, so that nothing waits for it: a form knows from
memory whether its sender is in a flood. The counts lie in the database: they outlive a restart,
and every process learns from them at the next report of the same sender.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from hotline.database import is_away, rows
from hotline.policy.store import NATIONAL
from hotline.records.sealing import blind_index
from hotline.rules.normalise import phone_digits
from hotline.settings import keys
from hotline.steps.attempt import Bucket, Limit, count_together, window_start

# a whole town stands behind one telephone company's address; neighbours share one text
LIMITS: Final[Mapping[str, Limit]] = {
    "address": Limit(60, timedelta(minutes=10)),
    "phone": Limit(5, timedelta(hours=1)),
    "text": Limit(20, timedelta(hours=1)),
}
GAP: Final = timedelta(seconds=10)  # between two of one flood that go without the work
LONGEST: Final = timedelta(minutes=10)  # nobody waits longer than that
TOGETHER: Final = 0.5  # seconds that counts are gathered

Key = tuple[str, str]  # which limit, and a hash of who


@dataclass(frozen=True, slots=True)
class Sender:
    """What a flood is known by."""

    tenant_id: str
    address: str = field(repr=False)
    phone: str = field(repr=False)
    text: str = field(repr=False)

    def known_by(self) -> list[Key]:
        """Hashes of what is there to go by."""
        said = {
            "address": self.address,
            "phone": phone_digits(self.phone) or "",
            "text": "".join(self.text.split()),  # who changes the words pays by the address
        }
        return [(kind, _hidden(kind, who)) for kind, who in said.items() if who]


def _hidden(kind: str, who: str) -> str:
    name, said = kind.encode(), who.encode("utf-8", "replace")
    return blake2b(said, key=keys().index, person=name, digest_size=16).hexdigest()


@dataclass(slots=True)
class Flood:
    """One that is under way: till when, how many times over, when the next may go."""

    until: datetime
    count: int
    most: int
    next_at: datetime


NUISANCES: Final = "SELECT sender_index FROM nuisance WHERE lifted_at IS NULL AND until > $1"

_pending: Counter[Key] = Counter()
_nuisances: dict[bytes, Flood] = {}  # 滋扰认定 in force, as last seen
_floods: dict[Key, Flood] = {}
_tasks: set[asyncio.Task[None]] = set()


def flood_of(sender: Sender, now: datetime) -> Flood | None:
    """The worst of those the sender is in; None on every usual day, without a look-up."""
    if not _floods and not _nuisances:
        return None
    for key in [key for key, one in _floods.items() if one.until <= now]:
        del _floods[key]
    found = [_floods[key] for key in sender.known_by() if key in _floods]
    if digits := phone_digits(sender.phone) if _nuisances else None:
        known = _nuisances.get(blind_index(sender.tenant_id, "phone", digits))
        found += [known] if known else []
    return max(found, key=lambda one: one.count / one.most, default=None)


def slot(flood: Flood, now: datetime) -> datetime:
    """When this one may go without the work: one after the other, each after a pause."""
    at = max(now, flood.next_at) + GAP
    flood.next_at = min(at, now + LONGEST)
    return flood.next_at


def sent(sender: Sender, now: datetime) -> None:
    """Counted soon; the sender is not kept waiting for it."""
    _pending.update(sender.known_by())
    if not _tasks:
        task = asyncio.get_running_loop().create_task(_soon(now))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)


async def count_now(now: datetime) -> None:
    """What was gathered, into the database; whoever is over the limit is remembered."""
    gathered = dict(_pending)
    _pending.clear()
    of = {Bucket(NATIONAL, f"flood.{kind}", who): (kind, who) for kind, who in gathered}
    tries = [(bucket, LIMITS[key[0]], gathered[key]) for bucket, key in of.items()]
    for bucket, count in (await count_together(tries, now)).items():
        key = of[bucket]
        limit, before = LIMITS[key[0]], _floods.get(key)
        until = window_start(limit, now) + 2 * limit.window
        _floods[key] = Flood(until, count, limit.most, before.next_at if before else now)


async def look_for_nuisances(now: datetime) -> None:
    """Whoever two people found to be one waits a turn from now on."""
    standing = {bytes(one["sender_index"]) for one in await rows(NUISANCES, now)}
    for gone in set(_nuisances) - standing:
        del _nuisances[gone]
    for new in standing - set(_nuisances):
        _nuisances[new] = Flood(now, 1, 1, now)


def forget() -> None:
    """As a process that has just begun; what was counted stays counted."""
    _pending.clear()
    _floods.clear()
    _nuisances.clear()


async def _soon(now: datetime) -> None:
    await asyncio.sleep(TOGETHER)
    try:
        await count_now(now)
        await look_for_nuisances(now)
    except Exception as error:  # a count that is lost slows nobody down
        if not is_away(error):
            raise
