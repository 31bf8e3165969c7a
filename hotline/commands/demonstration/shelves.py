"""What the agent has begun and not yet saved."""

import secrets
from dataclasses import asdict
from datetime import timedelta

from hotline.commands.demonstration.book import page
from hotline.commands.demonstration.scene import Scene
from hotline.rules.terms import Role
from hotline.steps.draft import DraftKey, keep_draft
from hotline.steps.numbers import fresh_code
from webforms.agent.call import Typed
from webforms.agent.desk import CALLS


async def lay_out_drafts(scene: Scene) -> None:
    """Each draft of the data, under the keys by which the agent's desk looks for its own."""
    by, tenant = await scene.cast.of(Role.AGENT), scene.pack.tenant
    for minutes, row in enumerate(page("calls")["draft"], start=1):
        ref, began = secrets.token_urlsafe(9), scene.now - timedelta(minutes=7 * minutes)
        typed = {**asdict(Typed(**row)), "code": fresh_code()}
        await keep_draft(DraftKey(tenant, CALLS.kind, f"{by.id}:{ref}"), typed, began)
        await keep_draft(DraftKey(tenant, CALLS.kind, by.id), {ref: began.isoformat()}, began)
