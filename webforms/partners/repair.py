"""待修复来件: what no door could take is looked at, mended into a report, or set aside."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, StepRefused
from hotline.lookups.held import HeldView, held, held_one
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.terms import Wish
from hotline.steps.partner_files import keep_addresses
from hotline.steps.partner_numbers import keep_numbers
from hotline.steps.repair import HeldOne, look, repair, set_aside
from webforms import doors
from webforms.doors import form_of
from webforms.partners.door import worded
from webforms.partners.mending import OF_A_PERSON, TYPED, At, Found, found, mended
from webforms.render import see_other
from webforms.staff.choices import county_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

LONGEST: Final = 10_000
MOST_SHOWN: Final = 20_000


async def home(request: Request) -> Response:
    """What waits, oldest first, and what was settled last."""
    by = doors.actor(request)
    return staff_page(
        "repair/home",
        waiting=await held(by),
        done=(await held(by, done=True))[:20],
        short=short,
        worded=worded,
        said=request.query_params.get("done", ""),
        number=request.query_params.get("number", "")[:24],
    )


async def show(request: Request) -> Response:
    """One delivery in our fields, masked."""
    view, pack = await _view(request)
    return await _page(await found(view, pack, current().now), pack, Form())


async def original(request: Request) -> Response:
    """The words as they came: for a stated reason, and noted."""
    (view, pack), form = await _view(request), form_of(request)
    try:
        await look(_one(view), form.raw("why"), by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        form.problem("why", f"refused.{refused.key}", **refused.values)
        return await _page(await found(view, pack, current().now), pack, form)
    of = await found(view, pack, current().now)
    return await _page(of, pack, form, original=of.body.decode("utf-8", "replace")[:MOST_SHOWN])


async def report(request: Request) -> Response:
    """A report is made of it: as the profile reads it now, or with what was typed."""
    (view, pack), form, now = await _view(request), form_of(request), current().now
    of, typed = await found(view, pack, now), _typed(form, pack)
    omitted = set(form.fields.get("omit", [])) & set(of.faults)
    if form.problems:
        return await _page(of, pack, form)
    try:
        made = mended(of, typed, omitted, At(pack, now))
        done = await repair(_one(view), made, of.body, by=doors.actor(request), now=now)
    except BadReport as error:
        return await _page(of, pack, form, faults=dict(error.errors))
    at = (view.tenant_id, done.request_id, view.channel)
    await keep_numbers(*at, of.said.numbers, now)
    await keep_addresses(*at, of.said.files, now)
    nudge(INTAKE)
    return see_other(f"/repair?done=made&number={done.number}")


async def dismissal(request: Request) -> Response:
    """Set aside, with a reason; it stays sealed."""
    (view, pack), form = await _view(request), form_of(request)
    try:
        await set_aside(_one(view), form.raw("reason"), by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        form.problem("reason", f"refused.{refused.key}", **refused.values)
        return await _page(await found(view, pack, current().now), pack, form)
    return see_other("/repair?done=aside")


async def _view(request: Request) -> tuple[HeldView, Pack]:
    view = await held_one(doors.actor(request), request.path_params["handle"])
    return view, (await packs()).pack(view.jurisdiction)


def _one(view: HeldView) -> HeldOne:
    return HeldOne(view.tenant_id, view.id, view.channel, view.delivery_id)


def _typed(form: Form, pack: Pack) -> dict[str, str]:
    typed = {name: form.text(name, most=LONGEST) for name in (*TYPED, *OF_A_PERSON)}
    typed["wish"] = form.choice("wish", [one.value for one in Wish])
    said = form.text("county", most=40)
    typed["county"] = county_of(pack, said) if said else ""
    if said and not typed["county"]:
        form.problem("county", "choice.no_county", typed=said)
    return {name: value for name, value in typed.items() if value}


async def _page(
    of: Found,
    pack: Pack,
    form: Form,
    *,
    original: str = "",
    faults: dict[str, str] | None = None,
) -> Response:
    return staff_page(
        "repair/one",
        status_code=422 if form.problems or faults is not None else 200,
        of=of,
        pack=pack,
        shown=of.shown(),
        faults=of.faults if faults is None else faults,
        original=original,
        form=form,
        problems=form.problems,
        worded=worded,
        short=short,
        typed=TYPED,
        of_a_person=OF_A_PERSON,
        wishes=[one.value for one in Wish],
    )
