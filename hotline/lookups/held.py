"""待修复来件: deliveries that no door could take, kept sealed until a person has looked at them."""

import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records.sealing import blind_index, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight
from hotline.rules.terms import Channel

MOST: Final = 200
KINDS: Final = {"wechat": Channel.WECHAT, "phone": Channel.PHONE}

# where a delivery belongs is its sender's: the name behind the door's word
COLUMNS: Final = """
SELECT h.id, h.channel, h.delivery_id, h.reason, h.received_at, h.resolved_at, h.resolved_by,
  h.note, h.looks, r.number,
  coalesce(c.jurisdiction, w.jurisdiction, k.jurisdiction, '') AS jurisdiction,
  coalesce(c.kind, k.kind, '') AS kind, coalesce(c.profile, '') AS profile
FROM held_delivery h
LEFT JOIN service_request r ON r.tenant_id = h.tenant_id AND r.id = h.request_id
LEFT JOIN hook_channel c ON c.tenant_id = h.tenant_id
  AND h.channel IN ('hook:' || c.name, 'partner:' || c.name, 'phone:' || c.name)
LEFT JOIN wechat_account w ON w.tenant_id = h.tenant_id AND h.channel = 'wechat:' || w.name
LEFT JOIN api_key k ON k.tenant_id = h.tenant_id AND h.channel = 'key:' || k.name
WHERE h.tenant_id = $1
"""
OPEN: Final = f"{COLUMNS} AND h.resolved_at IS NULL ORDER BY h.received_at LIMIT $2"
DONE: Final = f"{COLUMNS} AND h.resolved_at IS NOT NULL ORDER BY h.resolved_at DESC LIMIT $2"
ONE: Final = f"{COLUMNS} AND h.id = $2"
BODY: Final = "SELECT kek_id, wrapped_key, body FROM held_delivery WHERE tenant_id = $1 AND id = $2"
IDS: Final = "SELECT id FROM held_delivery WHERE tenant_id = $1 ORDER BY received_at DESC"


@dataclass(frozen=True, slots=True)
class HeldView:
    """One delivery as the desk sees it; its words stay sealed. `handle` names it outside."""

    id: UUID
    tenant_id: str
    handle: str
    channel: str
    delivery_id: str = field(repr=False)  # chosen by the sender: it may say anything
    reason: str
    received_at: datetime
    resolved_at: datetime | None
    resolved_by: str
    note: str
    number: str  # of the report it was made into
    looks: tuple[dict[str, Any], ...]
    jurisdiction: str
    kind: Channel
    profile: str = field(repr=False)


async def held(by: Actor, *, done: bool = False) -> list[HeldView]:
    """Oldest first; what was settled, latest first."""
    sight = await sight_of(by)
    found = await rows(DONE if done else OPEN, sight.tenant_id, MOST)
    return [view for one in found if (view := _view(one, sight))]


async def held_one(by: Actor, handle: str) -> HeldView:
    """NotFound for a handle of nobody's, and for what is beyond this person's sight."""
    sight = await sight_of(by)
    for one in await rows(IDS, sight.tenant_id):
        if hmac.compare_digest(_handle(sight.tenant_id, one["id"]), handle):
            found = await row(ONE, sight.tenant_id, one["id"])
            view = _view(found, sight) if found else None
            if view:
                return view
    raise NotFound("delivery")


async def held_count(by: Actor) -> int:
    """How many wait."""
    return len(await held(by))


async def held_body(view: HeldView) -> bytes:
    """What lay on the wire: for translating it anew, never for a page without a reason."""
    found = await row(BODY, view.tenant_id, view.id)
    if found is None or found["wrapped_key"] is None:  # erased with the report it was made into
        return b""
    envelope = open_envelope(view.tenant_id, view.id, found["kek_id"], found["wrapped_key"])
    return envelope.unseal("body", found["body"])


def _view(one: dict[str, Any], sight: Sight) -> HeldView | None:
    """One whose sender nobody knows any more is the whole tenant's."""
    jurisdiction = one["jurisdiction"] or sight.tenant_id
    if not sight.covers(sight.tenant_id, jurisdiction):
        return None
    door = one["channel"].partition(":")[0]
    kind = Channel(one["kind"]) if one["kind"] else KINDS.get(door, Channel.PARTNER)
    return HeldView(
        tenant_id=sight.tenant_id,
        handle=_handle(sight.tenant_id, one["id"]),
        resolved_by=one["resolved_by"] or "",
        note=one["note"] or "",
        number=one["number"] or "",
        looks=tuple(json.loads(one["looks"])),
        jurisdiction=jurisdiction,
        kind=kind,
        **{name: one[name] for name in
           ("id", "channel", "delivery_id", "reason", "received_at", "resolved_at", "profile")},
    )  # fmt: skip


def _handle(tenant_id: str, held_id: UUID) -> str:
    return blind_index(tenant_id, "held", str(held_id)).hex()[:20]
