"""即时答复: a consultation answered at the desk is finished, without an order."""

from datetime import datetime

from hotline.records import ServiceRequest, Vault
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import letter
from hotline.steps.by_person import Judgement, deciding
from hotline.steps.decide import take
from hotline.steps.outbox import tell_reporter
from hotline.steps.transition import Target
from hotline.steps.vault import opened


async def answer_on_spot(target: Target, text: str, *, by: Actor, now: datetime) -> None:
    """By the agent while the report is still held for the call, or later at the triage desk."""
    said = letter(text)
    async with deciding(target, Judgement(Step.ANSWER_ON_SPOT, early=True), by, now) as at:
        await _keep(at.request, said)
        await take(at, Step.ANSWER_ON_SPOT, {"length": len(said)})
        await tell_reporter(at.request, "request.answered_on_spot", now)


async def _keep(request: ServiceRequest, said: str) -> None:
    _, envelope = await opened(request)
    await Vault.filter(tenant_id=request.tenant_id, id=request.id).update(
        answer=envelope.seal("answer", said.encode())
    )
