"""启用模型: one version answers from now on, and the one before it no longer."""

from dataclasses import dataclass
from datetime import datetime

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.records import KindModel
from hotline.records.learnt import IN_FORCE, forget
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import remark
from hotline.steps.append import Happening
from hotline.steps.learn import check_answers, lock_models, note
from hotline.steps.retire import stop_active


@dataclass(frozen=True, slots=True)
class Activation:
    """Which version, and why. `replaces`: the one its doer saw in force; 0 for none."""

    tenant_id: str
    version: int
    reason: str = ""
    replaces: int | None = None


async def activate(ask: Activation, *, by: Actor, now: datetime) -> None:
    """NotFound for a version that is not there; StepRefused where somebody was quicker."""
    await check_answers(ask.tenant_id, Step.ACTIVATE, by)
    async with transaction():
        await lock_models(ask.tenant_id)
        model = await _asked(ask)
        stopped = await stop_active(ask.tenant_id, f"version {ask.version}", by=by, now=now)
        if ask.replaces is not None and stopped != ask.replaces:
            raise StepRefused("activate.changed", version=stopped)
        model.state, model.active_from = IN_FORCE, now
        await model.save(update_fields=["state", "active_from"])
        detail = {"replaces": stopped, "reason": remark(ask.reason)}
        await note(model, Happening(Step.ACTIVATE, IN_FORCE, by, now), detail)
    forget()


async def _asked(ask: Activation) -> KindModel:
    """Without its content, which stays as it is."""
    found = KindModel.filter(tenant_id=ask.tenant_id, version=ask.version)
    model = await found.only("id", "tenant_id", "version", "state", "active_from").first()
    if model is None:
        raise NotFound("kind_model")
    if model.state == IN_FORCE:
        raise StepRefused("activate.already")
    return model
