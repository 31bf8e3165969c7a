"""联合处置: another province is asked; what it is to know is written for it alone."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import PolicyGap
from hotline.lookups.joint import joint, may_ask_joint, peers
from hotline.lookups.order import order
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.terms import Step
from hotline.steps.joint import LONGEST, Joint, ask_joint
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.staff.choices import county_choices, county_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge


async def show(request: Request) -> Response:
    """Whom one may ask, and how those who were asked already stand."""
    return await _page(request, Retry())


async def asking(request: Request) -> Response:
    """联合处置 is asked for; nothing of any reporter goes along."""
    form = form_of(request)
    to = await _peer(form)
    county = county_of(to, form.text("county", most=40)) if to else ""
    if to and form.raw("county") and not county:
        form.problem("county", "choice.no_county", typed=form.raw("county")[:40])
        return await _page(request, Retry(form), status_code=422)

    ask = Joint(form.raw("jurisdiction")[:6], county, form.text("text", most=LONGEST))

    async def take(at: Target) -> None:
        await ask_joint(at, ask, by=doors.actor(request), now=current().now)
        nudge(INTAKE)

    return await taken(request, Step.JOINT, take, _page)


async def _peer(form: Form) -> Pack | None:
    try:
        return (await packs()).pack(form.raw("jurisdiction")[:6])
    except PolicyGap:
        return None


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    others = await peers(view.tenant_id)
    return staff_page(
        "procedure/joint",
        status_code=status_code,
        case=view,
        others=others,
        counties=[choice for pack in others for choice in county_choices(pack)],
        joints=await joint(view.tenant_id, view.id),
        may=await may_ask_joint(view, by),
        retry=retry,
        problems=retry.form.problems,
        most=LONGEST,
        short=short,
    )
