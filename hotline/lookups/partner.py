"""对接平台: which platforms there are, how they fare, and what they sent, to try a profile on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records.sealing import UnreadableError, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.terms import Channel

MOST_STORED: Final = 200

PLATFORMS: Final = """
SELECT c.tenant_id, c.name, c.jurisdiction, c.kind, c.profile, c.calls, c.active,
  c.previous_until, c.call_secret IS NOT NULL AS own_secret,
  (SELECT max(d.received_at) FROM delivery d
    WHERE d.tenant_id = c.tenant_id AND d.channel = 'partner:' || c.name) AS last_at,
  (SELECT count(*) FROM held_delivery h WHERE h.tenant_id = c.tenant_id
    AND h.channel = 'partner:' || c.name AND h.resolved_at IS NULL) AS held,
  (SELECT count(*) FROM message m WHERE m.tenant_id = c.tenant_id AND m.partner = c.name
    AND m.state = 'queued') AS waiting,
  (SELECT count(*) FROM message m WHERE m.tenant_id = c.tenant_id AND m.partner = c.name
    AND m.state = 'dead') AS dead
FROM hook_channel c WHERE c.profile IS NOT NULL {more} ORDER BY c.active DESC, c.name
"""
OF_TENANT: Final = PLATFORMS.format(more="AND c.tenant_id = $1 AND c.jurisdiction = ANY($2)")
EVERY: Final = PLATFORMS.format(more="")
TAKEN: Final = """
SELECT r.id, r.number, r.channel, d.delivery_id, v.kek_id, v.wrapped_key, v.sent, v.report
FROM delivery d
JOIN service_request r ON r.tenant_id = d.tenant_id AND r.id = d.request_id
JOIN vault v ON v.tenant_id = d.tenant_id AND v.id = d.request_id
WHERE d.tenant_id = $1 AND d.channel = 'partner:' || $2 AND v.sent IS NOT NULL
ORDER BY d.received_at DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform as its administrator sees it; never with a secret."""

    tenant_id: str
    name: str
    jurisdiction: str
    kind: Channel
    profile: str = field(repr=False)
    calls: tuple[str, ...]
    active: bool
    previous_until: datetime | None
    own_secret: bool  # the platform gave one for what we send there
    last_at: datetime | None
    held: int
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class Stored:
    """One delivery as it lay on the wire, and the report it was made into."""

    number: str
    body: bytes = field(repr=False)


async def platforms(by: Actor | None = None) -> list[Platform]:
    """Those within this person's sight; every one for the operator."""
    if by is None:
        return [_platform(one) for one in await rows(EVERY)]
    sight = await sight_of(by)
    found = await rows(OF_TENANT, sight.tenant_id, sorted(sight.jurisdictions))
    return [_platform(one) for one in found]


async def platform(by: Actor, name: str) -> Platform:
    """NotFound, also for one beyond this person's sight."""
    for one in await platforms(by):
        if one.name == name:
            return one
    raise NotFound("channel")


async def stored(tenant_id: str, name: str) -> AsyncIterator[Stored]:
    """The newest deliveries that became reports; what was erased is not among them."""
    for one in await rows(TAKEN, tenant_id, name, MOST_STORED):
        try:
            envelope = open_envelope(tenant_id, one["id"], one["kek_id"], one["wrapped_key"])
            body = envelope.unseal("sent", one["sent"])
        except UnreadableError:
            continue
        yield Stored(one["number"], body)


async def stored_count(tenant_id: str, name: str) -> int:
    """How many can be tried on, at most MOST_STORED."""
    found = await row(
        "SELECT count(*) AS n FROM delivery WHERE tenant_id = $1 AND channel = 'partner:' || $2"
        " AND request_id IS NOT NULL",
        tenant_id,
        name,
    )
    return min(int(found["n"]), MOST_STORED) if found else 0


def _platform(one: dict[str, Any]) -> Platform:
    return Platform(**{**one, "kind": Channel(one["kind"]), "calls": tuple(one["calls"])})
