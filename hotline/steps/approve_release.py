"""发布: another person than the writer makes it public, or gives it back with the reason."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.records import Release
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.release import SYSTEM, ReleaseKind, ReleaseStage, ReleaseText, faults
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps import public_terms, public_versions
from hotline.steps.public_terms import CLUE, Ending, Held
from hotline.steps.releases import changed, locked_release

ANSWERS = ("first", "conference", "answer")


async def approve_release(number: str, *, seen: int | None, by: Actor, now: datetime) -> None:
    """From now on anybody may read it. NotAllowed, NotFound, StepRefused."""
    check_may(Step.APPROVE_RELEASE, by)
    async with transaction():
        release = await _offered(number, seen, by)
        text = ReleaseText(release.title, release.body, release.consent, release.consent_on)
        if faults(ReleaseKind(release.kind), text):
            raise StepRefused("release.not_whole")
        release.stage = ReleaseStage.PUBLISHED.value
        release.approved_by, release.published_at = by.id, now
        key = (release.tenant_id, public_versions.RELEASE, release.id)
        await public_versions.keep(key, (public_versions.SHOWN, _told(release), ""), by, now)
        if release.clue_id is not None:  # the press has its answer
            held = Held(release.tenant_id, CLUE, release.clue_id)
            await public_terms.end(held, ANSWERS, Ending("published", by, now))
        await changed(release, Step.APPROVE_RELEASE, by, now, {"approved": True})


async def return_release(
    number: str, why: str, *, seen: int | None, by: Actor, now: datetime
) -> None:
    """Back to its writers, with the reason."""
    check_may(Step.APPROVE_RELEASE, by)
    said = reason(why)
    async with transaction():
        release = await _offered(number, seen, by)
        release.stage = ReleaseStage.DRAFT.value
        await changed(release, Step.APPROVE_RELEASE, by, now, {"approved": False, "reason": said})


async def _offered(number: str, seen: int | None, by: Actor) -> Release:
    release = await locked_release(number, by, seen)
    if release.stage != ReleaseStage.OFFERED or release.written_by == SYSTEM:
        raise StepRefused("release.not_now")
    if by.is_one_of(release.written_by):
        raise StepRefused("release.own")
    return release


def _told(release: Release) -> dict[str, object]:
    return {
        "number": release.number,
        "kind": release.kind,
        "title": release.title,
        "body": release.body,
        "figures": release.figures,
    }
