"""发布稿 have rows and a history of their own: one event each time one changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import Release
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append


async def locked_release(number: str, by: Actor, seen: int | None = None) -> Release:
    """Within the doer's sight, locked till the transaction ends. NotFound, StepRefused."""
    sight = await sight_of(by)
    found = Release.filter(
        tenant_id=sight.tenant_id,
        number=asked(number),
        jurisdiction__in=sorted(sight.jurisdictions),
    )
    release = await found.select_for_update().first()
    if release is None:
        raise NotFound("release")
    if seen is not None and seen != release.version:
        raise StepRefused("release.changed")
    return release


async def changed(
    release: Release, step: Step, by: Actor, now: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Its row and its event."""
    release.version += 1
    await put(release)
    await told(release, step, by, now, detail)


async def told(
    release: Release, step: Step, by: Actor, now: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """One event; what is public stands in its versions, never here."""
    chain = Chain(release.tenant_id, Aggregate.RELEASE, release.id)
    said = {"number": release.number, "kind": release.kind, **(detail or {})}
    await append(chain, Happening(step, release.stage, by, now), said)
