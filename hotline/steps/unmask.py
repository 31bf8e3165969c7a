"""查看身份: who reported, shown to one person for one stated reason, and never unseen."""

import json
from datetime import datetime, timedelta

from hotline.records import ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.report import Contact, contact_of
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.custody import check_custodian, check_need
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import Target, request_transition
from hotline.steps.vault import opened

# a day's calls, not a whole list to hand to somebody
OF_A_PERSON = Limit(40, timedelta(hours=12))


async def unmask(target: Target, why: str, *, by: Actor, now: datetime) -> Contact:
    """The event is committed before the contact is handed out."""
    async with request_transition(target, Step.UNMASK, by, now) as change:
        order = await order_of(target)
        await check_own(change.request, order, by)
        await check_need(change.request, order, by)
        await check_custodian(change.request, by, now)
        await count_attempt(Bucket(change.request.tenant_id, "unmask", by.id), OF_A_PERSON, now)
        change.detail |= {"reason": reason(why), "order": order.number if order else None}
        contact = await _contact(change.request)
    return contact


async def _contact(request: ServiceRequest) -> Contact:
    vault, envelope = await opened(request)
    if vault.contact is None:
        return Contact()
    return contact_of(json.loads(envelope.unseal("contact", vault.contact)))
