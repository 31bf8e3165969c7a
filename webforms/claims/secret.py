"""领奖密语: shown on one page, once; the receipt and the progress page lead to it."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.progress import progress
from hotline.steps.set_secret import set_secret
from hotline.steps.transition import Target
from webforms.citizen import drafts
from webforms.citizen.progress import shown
from webforms.render import page, see_other
from webforms.visit import current


async def of_receipt(request: Request) -> Response:
    """Right after sending."""
    found = await drafts.opened(request)
    if not found.is_sent or found.view is None:
        return see_other("/progress")
    held = found.view.answers
    return await _drawn(held["number"], held["code"], "/report/receipt")


async def of_progress(request: Request) -> Response:
    """At the first look, after a call or a letter."""
    held = shown(request)
    if not held:
        return see_other("/progress")
    return await _drawn(held["number"], held["code"], "/progress/report")


async def _drawn(number: str, code: str, back: str) -> Response:
    try:
        found = await progress(number, code)
        target = Target(found.tenant_id, found.request_id)
        words = await set_secret(target, by=found.reporter, now=current().now)
    except (NotFound, StepRefused):  # set long ago, or never wished for: the page says which
        return see_other(back)
    return page("claims/secret", words=words, back=back, problems={})
