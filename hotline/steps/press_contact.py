"""媒体联系人: entered and taken out by the press desk; kept no longer than they are of use."""

from datetime import datetime
from typing import Any

from hotline.errors import BadReport, NotFound
from hotline.policy.sight import sight_of
from hotline.records import PressContact, new_id
from hotline.records.handles import opened
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Step
from hotline.rules.wording import plain

KIND = "press"


async def add_contact(outlet: str, name: str, reach: str, *, by: Actor, now: datetime) -> None:
    """An outlet, whom to ask for, and the office's own number or mail. BadReport."""
    check_may(Step.SEND_RELEASE, by)
    told: dict[str, Any] = {
        "outlet": plain(outlet)[:120],
        "name": plain(name)[:60],
        "reach": plain(reach)[:200],
    }
    if lacking := [field for field, said in told.items() if not said]:
        raise BadReport(dict.fromkeys(lacking, "media.need_contact"))
    await PressContact.create(
        id=new_id(),
        tenant_id=(await sight_of(by)).tenant_id,
        jurisdiction=by.jurisdiction,
        added_by=by.id,
        added_at=now,
        **told,
    )


async def drop_contact(handle: str, *, by: Actor) -> None:
    """Gone for good. NotFound beyond the own jurisdiction."""
    check_may(Step.SEND_RELEASE, by)
    found = PressContact.filter(
        tenant_id=(await sight_of(by)).tenant_id,
        jurisdiction=by.jurisdiction,
        id=opened(KIND, handle),
    )
    if not await found.delete():
        raise NotFound("contact")
