"""常用筛选: one person's own views of the queue, kept by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.records import SavedFilter
from hotline.rules.actor import Actor

MOST: Final = 20
LONGEST_NAME: Final = 40


async def save_filter(name: str, wanted: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """The same name again is the same view, changed. StepRefused without a name, for too many."""
    name = name.strip()[:LONGEST_NAME]
    if not name or not any(wanted.values()):
        raise StepRefused("filter.empty")
    tenant = (await packs()).pack(by.jurisdiction).tenant
    async with transaction():
        mine = SavedFilter.filter(tenant_id=tenant, owner=by.id)
        if await mine.filter(name=name).update(wanted=dict(wanted), made_at=now):
            return
        if await mine.count() >= MOST:
            raise StepRefused("filter.too_many", most=MOST)
        made = SavedFilter(tenant_id=tenant, owner=by.id, name=name, made_at=now)
        made.wanted = dict(wanted)
        await made.save(force_create=True)


async def drop_filter(name: str, *, by: Actor) -> None:
    """Gone; one that is not there is gone already."""
    tenant = (await packs()).pack(by.jurisdiction).tenant
    await SavedFilter.filter(tenant_id=tenant, owner=by.id, name=name).delete()
