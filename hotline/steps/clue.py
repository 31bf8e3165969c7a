"""媒体线索: the outlet's side of a 来件, kept beside it, with the outlets that printed it too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.database import rows, transaction
from hotline.errors import NotFound
from hotline.records import MediaClue, Reprint, ServiceRequest
from hotline.rules.actor import Actor
from hotline.steps.transition import Target
from hotline.steps.vault import opened

# a clue is as old as the first of its printings
FIRST_PUBLIC = """
UPDATE media_clue c SET first_public_at = (
  SELECT least(min(p.published_at), coalesce(c.published_at, r.registered_at))
  FROM service_request r LEFT JOIN reprint p
    ON p.tenant_id = $1 AND p.clue_id = $2 AND p.separated_at IS NULL
  WHERE r.tenant_id = $1 AND r.id = $2 GROUP BY r.registered_at)
WHERE c.tenant_id = $1 AND c.id = $2
"""
MOVE_FILES = """
UPDATE attachment SET request_id = $3
WHERE tenant_id = $1 AND draft_id = $2 AND removed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Clue:
    """Where and when it was printed or posted. `headline` is the outlet's, not a reporter's."""

    outlet: str
    url: str
    published_at: datetime | None
    headline: str


@dataclass(frozen=True, slots=True)
class Printing:
    """转载: another outlet's printing, as it was typed into the draft of this id."""

    id: UUID
    clue: Clue
    typed: Mapping[str, str] = field(repr=False)


async def keep_clue(tenant_id: str, request_id: UUID, clue: Clue) -> None:
    """Once a report, however often it is sent. The first public day decides rewards later."""
    async with transaction():
        report = await ServiceRequest.filter(tenant_id=tenant_id, id=request_id).select_for_update()
        if report and not await MediaClue.exists(tenant_id=tenant_id, id=request_id):
            await MediaClue.create(
                tenant_id=tenant_id,
                id=request_id,
                outlet=clue.outlet,
                url=clue.url,
                published_at=clue.published_at,
                first_public_at=clue.published_at or report[0].registered_at,
                headline=clue.headline,
            )


async def fold_clue(first: Target, printing: Printing, *, by: Actor, now: datetime) -> None:
    """The same story: kept with the first clue, and no report of its own.

    Once a draft; an address that is listed already is the same printing, seen by another clerk.
    """
    async with transaction():
        request = await _locked(first)
        await rows(MOVE_FILES, first.tenant_id, printing.id, first.id)
        if await _is_listed(first, printing):
            return
        _, envelope = await opened(request)
        typed = json.dumps(dict(printing.typed), ensure_ascii=False).encode()
        await Reprint.create(
            tenant_id=first.tenant_id,
            id=printing.id,
            clue_id=first.id,
            outlet=printing.clue.outlet,
            url=printing.clue.url,
            published_at=printing.clue.published_at,
            headline=printing.clue.headline,
            sealed=envelope.seal(f"reprint:{printing.id}", typed),
            folded_by=by.id,
            folded_at=now,
        )
        await rows(FIRST_PUBLIC, first.tenant_id, first.id)


async def separate_clue(
    first: Target, reprint: UUID, own: UUID, *, by: Actor, now: datetime
) -> None:
    """A person said that it is another story: it has a report of its own (`own`) from now on."""
    async with transaction():
        await _locked(first)
        await Reprint.filter(
            tenant_id=first.tenant_id, id=reprint, clue_id=first.id, separated_at=None
        ).update(separated_by=by.id, separated_at=now)
        await rows(MOVE_FILES, first.tenant_id, reprint, own)
        await rows(FIRST_PUBLIC, first.tenant_id, first.id)


async def _is_listed(first: Target, printing: Printing) -> bool:
    of_clue = Reprint.filter(tenant_id=first.tenant_id, clue_id=first.id)
    if await of_clue.filter(id=printing.id).exists():
        return True
    same = {"tenant_id": first.tenant_id, "url": printing.clue.url}
    return bool(printing.clue.url) and (
        await MediaClue.filter(id=first.id, **same).exists()
        or await of_clue.filter(separated_at=None, **same).exists()
    )


async def _locked(first: Target) -> ServiceRequest:
    """Whoever folds, separates or erases waits for the other."""
    found = ServiceRequest.filter(tenant_id=first.tenant_id, id=first.id)
    request = await found.select_for_update().first()
    if request is None:
        raise NotFound("clue")
    return request
