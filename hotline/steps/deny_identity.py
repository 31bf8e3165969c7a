"""不准查看身份: the custodian does not agree, and says why."""

from datetime import datetime
from uuid import UUID

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.grant_identity import decide_ask, open_ask
from hotline.steps.transition import Target, request_transition


async def deny_identity(
    tenant_id: str, ask_id: UUID, why: str, *, by: Actor, now: datetime
) -> None:
    """Whoever asked may ask again with a better reason."""
    ask = await open_ask(tenant_id, ask_id)
    async with request_transition(
        Target(tenant_id, ask.request_id), Step.DENY_IDENTITY, by, now
    ) as change:
        await decide_ask(change, ask_id, granted=False, why=why)
