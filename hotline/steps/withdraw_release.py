"""撤下发布稿: gone from the public pages; whoever asks for it is told why."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.redaction import leaks
from hotline.rules.release import ReleaseStage
from hotline.rules.terms import Step
from hotline.rules.wording import plain, reason
from hotline.steps import public_versions
from hotline.steps.releases import changed, locked_release


async def withdraw_release(
    number: str, why: str, *, seen: int | None, by: Actor, now: datetime
) -> None:
    """NotAllowed, NotFound, StepRefused."""
    check_may(Step.WITHDRAW_RELEASE, by)
    said, personal = reason(why), leaks(plain(why))
    if personal:
        raise StepRefused("retract.personal", kinds=list(personal))
    async with transaction():
        release = await locked_release(number, by, seen)
        if release.stage != ReleaseStage.PUBLISHED:
            raise StepRefused("release.not_now")
        release.stage = ReleaseStage.WITHDRAWN.value
        release.withdrawn_at, release.withdraw_reason = now, said[:400]
        key = (release.tenant_id, public_versions.RELEASE, release.id)
        await public_versions.keep(key, (public_versions.GONE, {}, said), by, now)
        await changed(release, Step.WITHDRAW_RELEASE, by, now, {"reason": said})
