"""监督员证 where a report is written: tried before it is sent, proved once it is there."""

from hotline.errors import NotAllowed, NotFound, StepRefused, TooMany
from hotline.rules.actor import Actor
from hotline.steps.prove_card import prove_card, try_card
from hotline.steps.transition import Target
from webforms.submissions import Form
from webforms.visit import current

FIELD = "card"
MOST = 40


async def read_card(form: Form, tenant_id: str, who: str, *, known: str = "") -> str:
    """The number typed, "" for none; a problem where it is no good. `known`: tried before."""
    typed = form.text(FIELD, most=MOST)
    if not typed or typed == known:
        return typed
    try:
        await try_card(tenant_id, typed, who, current().now)
    except StepRefused as refused:
        form.problem(FIELD, f"refused.{refused.key}", **refused.values)
    except TooMany:
        form.problem(FIELD, "card.too_many")
    return typed


async def shown(target: Target, typed: str, by: Actor) -> bool:
    """Whether the report has the role now; one that is registered is never lost for its card."""
    try:
        await prove_card(target, typed, by=by, now=current().now)
    except (StepRefused, NotFound, NotAllowed):
        return False
    return True
