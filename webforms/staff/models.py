"""学得模型: what the installation taught itself, put in force or out of it by an administrator."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.learnt import model, models
from hotline.lookups.names import kind_names
from hotline.rules.actor import Actor
from hotline.steps.activate import Activation, activate
from hotline.steps.retire import retire
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.visit import current


async def show(request: Request) -> Response:
    """Every version, and which one answers."""
    pack = await pack_of(doors.actor(request))
    return staff_page(
        "models/list",
        models=await models(pack.tenant),
        trust=pack.lexicon.trust,
        short=short,
        done=request.query_params.get("done", ""),
    )


async def one(request: Request) -> Response:
    """One version in full: the second look before it is put in force or taken out."""
    return await _page(request, Form())


async def put_in_force(request: Request) -> Response:
    """启用, where the one its doer saw in force still is."""
    form, by = form_of(request), doors.actor(request)
    tenant = (await pack_of(by)).tenant
    found = await model(tenant, request.path_params["version"])
    seen = form.raw("replaces")
    replaces = int(seen) if seen.isascii() and seen.isdecimal() else 0
    ask = Activation(tenant, found.version, form.text("reason", most=400), replaces)
    try:
        await activate(ask, by=by, now=current().now)
    except StepRefused as refused:
        return await _page(request, form, refused)
    return see_other("/models?done=activate")


async def take_out(request: Request) -> Response:
    """停用: words alone answer, and a person."""
    form, by = form_of(request), doors.actor(request)
    tenant = (await pack_of(by)).tenant
    found = await model(tenant, request.path_params["version"])
    try:
        if not found.is_in_force:
            raise StepRefused("activate.changed", version=await _in_force(tenant))
        await retire(tenant, form.text("reason", most=400), by=by, now=current().now)
    except StepRefused as refused:
        return await _page(request, form, refused)
    return see_other("/models?done=retire")


async def _page(request: Request, form: Form, refused: StepRefused | None = None) -> Response:
    by = doors.actor(request)
    pack = await pack_of(by)
    found = await model(pack.tenant, request.path_params["version"])
    names = {one.code: one for one in kind_names(pack, [one.code for one in found.kinds])}
    return staff_page(
        "models/one",
        status_code=422 if refused else 200,
        model=found,
        names=names,
        replaces=await _in_force(pack.tenant),
        may_act=_answers(by, pack.tenant),
        reason=form.raw("reason"),
        short=short,
        refused=Problem(f"refused.{refused.key}", refused.values) if refused else None,
    )


async def _in_force(tenant: str) -> int:
    return next((one.version for one in await models(tenant) if one.is_in_force), 0)


def _answers(by: Actor, tenant: str) -> bool:
    """A model serves the whole tenant; whoever administers a part of it may only read."""
    return by.jurisdiction == tenant
