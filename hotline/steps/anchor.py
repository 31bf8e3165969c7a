"""锚定: once a day one signed line over every chain, stored, and exported outside the tables."""

from datetime import datetime

from hotline.policy.store import packs
from hotline.records import Anchor
from hotline.records.anchors import anchors_of, export, exported, heads_between
from hotline.rules.anchoring import Line, anchored, day_due
from hotline.rules.history import GENESIS
from hotline.settings import keys


async def anchor(now: datetime) -> list[Line]:
    """The anchors that are due, none if they stand; a day missed is covered by the next."""
    made = [line for pack in (await packs()).tenants() for line in await _anchor(pack.tenant, now)]
    for pack in (await packs()).tenants():
        known = exported(pack.tenant)
        export([line for line in await anchors_of(pack.tenant) if line not in known])
    return made


async def _anchor(tenant_id: str, now: datetime) -> list[Line]:
    day = day_due(now)
    last = await Anchor.filter(tenant_id=tenant_id).order_by("-day").first()
    if last is not None and last.day >= day:
        return []
    heads = await heads_between(tenant_id, last.day if last else None, day)
    previous = bytes(last.digest) if last else GENESIS
    line = anchored(keys().chain, tenant_id, day, heads, previous)
    row = Anchor(tenant_id=tenant_id, day=day, heads=line.heads, digest=line.digest, at=now)
    await Anchor.bulk_create([row], ignore_conflicts=True)  # another clock was quicker
    return [line]
