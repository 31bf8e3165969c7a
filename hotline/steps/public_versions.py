"""公开版本: each state of what anybody could read is kept beside its moment, and never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.records import Publication, PublicVersion, new_id
from hotline.rules.actor import Actor

SHOWN: Final = "shown"
GONE: Final = "gone"
PUBLICATION: Final = "publication"
RELEASE: Final = "release"
TOLD: Final = (
    "number", "title", "problem", "measure", "jurisdiction", "county", "township", "kind",
    "finding", "closing", "inspection_number", "verified",
    "accountability",
)  # fmt: skip


async def shown(publication: Publication, by: Actor, now: datetime, why: str = "") -> None:
    """From now on anybody reads this."""
    content = {name: getattr(publication, name) for name in TOLD}
    key = (publication.tenant_id, PUBLICATION, publication.id)
    await keep(key, (SHOWN, content, why), by, now)


async def gone(publication: Publication, by: Actor, now: datetime, why: str) -> None:
    """From now on nobody reads it, and whoever asks is told why."""
    key = (publication.tenant_id, PUBLICATION, publication.id)
    await keep(key, (GONE, {}, why), by, now)


async def keep(
    key: tuple[str, str, UUID],
    state: tuple[str, Mapping[str, Any], str],
    by: Actor,
    now: datetime,
) -> None:
    """One more state of a publication or release that its step has locked."""
    tenant_id, holder, holder_id = key
    what, content, why = state
    before = PublicVersion.filter(tenant_id=tenant_id, holder=holder, holder_id=holder_id)
    await PublicVersion.create(
        id=new_id(),
        tenant_id=tenant_id,
        holder=holder,
        holder_id=holder_id,
        seq=await before.count() + 1,
        what=what,
        content=dict(content),
        reason=why[:400],
        by=by.id,
        at=now,
    )
