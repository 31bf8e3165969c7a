"""送发媒体: which outlet got a published text, by which way and when; the log is only added to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import transaction
from hotline.errors import BadReport, StepRefused
from hotline.records import ReleaseSending, new_id
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.release import ReleaseStage
from hotline.rules.terms import Step
from hotline.rules.wording import plain, remark
from hotline.steps.releases import changed, locked_release

WAYS: Final = ("mail", "phone", "meeting", "post")
LONGEST_OUTLET: Final = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """To whom: an outlet, never a person's own number."""

    outlet: str
    way: str
    note: str = ""


async def send_release(number: str, ask: Sent, *, by: Actor, now: datetime) -> None:
    """Nothing that is not public leaves. BadReport, NotAllowed, NotFound, StepRefused."""
    check_may(Step.SEND_RELEASE, by)
    outlet = plain(ask.outlet)[:LONGEST_OUTLET]
    if not outlet:
        raise BadReport({"outlet": "media.need_outlet"})
    if ask.way not in WAYS:
        raise BadReport({"way": "release.no_way"})
    async with transaction():
        release = await locked_release(number, by)
        if release.stage != ReleaseStage.PUBLISHED:
            raise StepRefused("release.not_public")
        await ReleaseSending.create(
            id=new_id(),
            tenant_id=release.tenant_id,
            release_id=release.id,
            outlet=outlet,
            way=ask.way,
            note=remark(ask.note)[:400],
            by=by.id,
            at=now,
        )
        await changed(release, Step.SEND_RELEASE, by, now, {"outlet": outlet, "way": ask.way})
