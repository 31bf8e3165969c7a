"""发送: the heads of threads are leased, opened only for the moment of sending, and marked.

At least once: a worker that dies between handing over and marking sends again, under the same
reference, so that the receiver can tell. A thread keeps its order: only its lowest unsent message
is ever leased. A message that failed for good is `dead` (a person sees it) and blocks nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Message, MessageAttempt, new_id
from hotline.rules.message import Failed, Later, Outcome, Outgoing, Sent, Turned, Unreachable
from hotline.steps.ready import ready

LEASE: Final = timedelta(minutes=5)
MOST_ATTEMPTS: Final = 9  # over some eight hours
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=4)

# MATERIALIZED: on wrong counts a planner runs a joined query anew for each message
HEADS: Final = """
WITH c AS MATERIALIZED (
  SELECT tenant_id, id FROM message h WHERE state = 'queued' AND available_at <= $3
    AND (leased_until IS NULL OR leased_until < $3)
    AND NOT EXISTS (SELECT FROM message e WHERE e.tenant_id = h.tenant_id AND e.thread = h.thread
      AND e.seq < h.seq AND e.state = 'queued')
  ORDER BY available_at LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE message m SET leased_until = $2, attempts = attempts + 1 FROM c
WHERE m.tenant_id = c.tenant_id AND m.id = c.id AND m.state = 'queued'
RETURNING m.tenant_id, m.id, m.attempts
"""


@dataclass(frozen=True, slots=True)
class Leased:
    """One message held by this worker."""

    tenant_id: str
    id: UUID
    attempts: int


async def lease(limit: int, now: datetime) -> list[Leased]:
    """Due heads of threads that nobody else holds."""
    found = await rows(HEADS, limit, now + LEASE, now)
    return [Leased(one["tenant_id"], one["id"], one["attempts"]) for one in found]


async def prepare(leased: Leased) -> Outgoing | Unreachable:
    """Everything the wording needs, and the address."""
    return await ready(await Message.get(tenant_id=leased.tenant_id, id=leased.id))


async def settle(leased: Leased, outcome: Outcome, now: datetime, way: str = "") -> None:
    """Mark what became of it; what was sealed for the message is wiped once it has gone."""
    held = Message.filter(tenant_id=leased.tenant_id, id=leased.id, state="queued")
    match outcome:
        case Sent(route, version):
            await held.update(
                state="sent", sent_at=now, route=route, template_version=version, error=None,
                sealed_fill=None, leased_until=None,
            )  # fmt: skip
        case Unreachable(error):
            await held.update(state="unreachable", error=error, sealed_fill=None, leased_until=None)
        case Later(until):  # no try was made
            await held.update(
                available_at=until, leased_until=None, attempts=max(leased.attempts - 1, 0)
            )
        case Turned(error, tried):
            async with transaction():
                await _note(leased, Failed(error, permanent=True), now, tried)
                await _turn(leased, error, now, tried)
        case Failed(error, permanent):
            over = permanent or leased.attempts >= MOST_ATTEMPTS
            async with transaction():
                await _note(leased, outcome, now, way)
                await held.update(
                    state="dead" if over else "queued", error=error[:160], leased_until=None,
                    available_at=now + pause_after(leased.attempts),
                )  # fmt: skip


def pause_after(attempts: int) -> timedelta:
    """Growing pauses: half a minute, a minute, two … four hours at most."""
    doubled: int = 1 << min(max(attempts, 1) - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


async def _note(leased: Leased, failed: Failed, now: datetime, way: str) -> None:
    await MessageAttempt.create(
        id=new_id(),
        tenant_id=leased.tenant_id,
        message_id=leased.id,
        way=way[:16],
        error=failed.error[:80],
        permanent=failed.permanent,
        at=now,
    )


async def _turn(leased: Leased, error: str, now: datetime, tried: str) -> None:
    """The next way is tried at once, with all its own patience."""
    await rows(
        "UPDATE message SET tried = array_append(tried, $3), attempts = 0, available_at = $4,"
        " error = $5, leased_until = NULL WHERE tenant_id = $1 AND id = $2 AND state = 'queued'",
        leased.tenant_id,
        leased.id,
        tried,
        now,
        error[:160],
    )
