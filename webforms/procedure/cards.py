"""监督员证、网格员证: issued and taken back by an administrator."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.cards import cards
from hotline.rules.cards import CardKind
from hotline.steps.card import NewCard, issue_card, revoke_card
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, a_day
from webforms.visit import current


async def home(request: Request) -> Response:
    """Every card of the place."""
    return await _page(request, Form())


async def issuing(request: Request) -> Response:
    """A new card."""
    form, by = form_of(request), doors.actor(request)
    kind = form.choice("kind", set(CardKind), need="card.need_kind")
    first, last = a_day(form.raw("first")), a_day(form.raw("last"))
    if first is None or (form.raw("last") and last is None):
        form.problem("first", "refused.card.bad_days")
    if not form.problems and first is not None:
        try:
            ask = NewCard(CardKind(kind), form.text("number", most=40), first, last)
            await issue_card(ask, by=by, now=current().now)
            return see_other("/cards")
        except StepRefused as refused:
            form.problem("number", f"refused.{refused.key}", **refused.values)
    return await _page(request, form, status_code=422)


async def taking_back(request: Request) -> Response:
    """注销."""
    number = request.path_params["number"]
    await revoke_card(number, by=doors.actor(request), now=current().now)
    return see_other("/cards")


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    return staff_page(
        "procedure/cards",
        status_code=status_code,
        cards=await cards(doors.actor(request)),
        kinds=[one.value for one in CardKind],
        form=form,
        problems=form.problems,
        short=short,
    )
