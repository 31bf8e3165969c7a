"""查找来件人: who asked what one number has reported, and why, stands in the asker's own history.

What is found tells that a person complained: so it is counted like a look at an identity.
"""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import NotAllowed
from hotline.policy.sight import sight_of
from hotline.records import Staff
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.rules.wording import reason
from hotline.steps.append import Chain, Happening, append
from hotline.steps.attempt import Bucket, count_attempt
from hotline.steps.unmask import OF_A_PERSON


async def find_person(why: str, *, by: Actor, now: datetime) -> None:
    """Before anything is looked up. The number stands nowhere. NotAllowed, StepRefused, TooMany."""
    check_may(Step.FIND_PERSON, by)
    said, account = reason(why), by.account
    if account is None:
        raise NotAllowed(Step.FIND_PERSON.value)
    tenant_id = (await sight_of(by)).tenant_id
    await count_attempt(Bucket(tenant_id, "find_person", by.id), OF_A_PERSON, now)
    async with transaction():
        await Staff.filter(tenant_id=tenant_id, id=account).select_for_update(no_key=True).first()
        chain = Chain(tenant_id, Aggregate.STAFF, account)
        await append(chain, Happening(Step.FIND_PERSON, "active", by, now), {"reason": said})
