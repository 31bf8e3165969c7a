"""起草发布稿: written and rewritten by anybody of the desk; offered when it holds what it must."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import BadReport, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import Release, new_id
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.release import ReleaseKind, ReleaseStage, ReleaseText, faults
from hotline.rules.terms import Step
from hotline.steps.numbers import fresh_number
from hotline.steps.releases import changed, locked_release, told

OPEN = (ReleaseStage.DRAFT, ReleaseStage.OFFERED)


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to stand; `offered`: another person may publish it now."""

    text: ReleaseText
    offered: bool = False


async def begin_release(
    kind: ReleaseKind, ask: Writing, *, by: Actor, now: datetime, clue_id: UUID | None = None
) -> str:
    """A new one of the doer's jurisdiction. Returns its number. BadReport, NotAllowed."""
    check_may(Step.WRITE_RELEASE, by)
    text = _checked(kind, ask)
    pack = (await packs()).pack(by.jurisdiction)
    async with transaction():
        release = new_release(pack, kind, text, now)
        release.stage = _stage(ask)
        release.written_by, release.clue_id = by.id, clue_id
        await release.save(force_create=True)
        await told(release, Step.WRITE_RELEASE, by, now)
    return str(release.number)


async def write_release(
    number: str, ask: Writing, *, seen: int | None, by: Actor, now: datetime
) -> None:
    """Whoever changes it last has written it. BadReport, NotFound, StepRefused."""
    check_may(Step.WRITE_RELEASE, by)
    async with transaction():
        release = await locked_release(number, by, seen)
        if release.stage not in OPEN:
            raise StepRefused("release.not_now")
        text = _checked(ReleaseKind(release.kind), ask)
        release.title, release.body = text.title, text.body
        release.consent, release.consent_on = text.consent, text.consent_on
        release.stage, release.written_by, release.written_at = _stage(ask), by.id, now
        await changed(release, Step.WRITE_RELEASE, by, now)


def new_release(pack: Pack, kind: ReleaseKind, text: ReleaseText, now: datetime) -> Release:
    """A row not yet written."""
    return Release(
        id=new_id(),
        tenant_id=pack.tenant,
        jurisdiction=pack.code,
        number=fresh_number(f"{pack.prefix}F", now),
        kind=kind.value,
        stage=ReleaseStage.DRAFT.value,
        title=text.title,
        body=text.body,
        consent=text.consent,
        consent_on=text.consent_on,
        written_by="",
        written_at=now,
    )


def _stage(ask: Writing) -> str:
    return (ReleaseStage.OFFERED if ask.offered else ReleaseStage.DRAFT).value


def _checked(kind: ReleaseKind, ask: Writing) -> ReleaseText:
    """A draft may be unfinished; what is offered is whole, and points at nobody."""
    text = ask.text.cleaned()
    found = faults(kind, text)
    wrong = {
        name: key
        for name, key in found.items()
        if ask.offered or key in ("release.too_long", "release.need_title")
    }
    if wrong:
        raise BadReport(wrong)
    return text
