"""停用模型: none is in force from now on; what words leave open goes to a person."""

from datetime import datetime
from typing import Final

from hotline.database import transaction
from hotline.records import KindModel
from hotline.records.learnt import IN_FORCE, forget
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import remark
from hotline.steps.append import Happening
from hotline.steps.learn import check_answers, lock_models, note

RETIRED: Final = "retired"


async def retire(tenant_id: str, reason: str, *, by: Actor, now: datetime) -> bool:
    """Was there one?"""
    await check_answers(tenant_id, Step.RETIRE, by)
    async with transaction():
        await lock_models(tenant_id)
        stopped = await stop_active(tenant_id, remark(reason), by=by, now=now)
    forget()
    return bool(stopped)


async def stop_active(tenant_id: str, reason: str, *, by: Actor, now: datetime) -> int:
    """The version that was in force, 0 for none, inside the lock on the models."""
    found = KindModel.filter(tenant_id=tenant_id, state=IN_FORCE)
    model = await found.only("id", "tenant_id", "version", "state").first()
    if model is None:
        return 0
    model.state = RETIRED
    await model.save(update_fields=["state"])
    await note(model, Happening(Step.RETIRE, RETIRED, by, now), {"reason": reason})
    return int(model.version)
