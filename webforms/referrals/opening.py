"""督办移送立项: beside an order; first the kind, then what the kind's row asks for."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import referrals as lookup
from hotline.lookups.order import OrderView, order
from hotline.policy.addressing import offered, takes_names
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.referral import WIDE, ReferralKind
from hotline.steps.addressing import LONGEST_NAME
from hotline.steps.refer import MOST_DAYS, Referring, refer, refer_free
from hotline.steps.referral_words import LONGEST
from webforms import doors
from webforms.desk.case import department_choices, pack_for
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import Choice
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import deadline, short
from webforms.submissions import Form, a_moment, whole
from webforms.visit import current

OFFICERS: Final = ("officer1", "officer2")
TYPED: Final = (
    *("kind", "named", "cause", "grade", "concerns", "days", "learned_at", "grounds"),
    *OFFICERS,
)


async def free(request: Request) -> Response:
    """About no order: the kinds whose row lets it."""
    return await _free_page(request, Form(), request.query_params.get("kind", ""))


async def begin_free(request: Request) -> Response:
    """Opened: to its own page."""
    form, by = form_of(request), doors.actor(request)
    return await _begun(
        form,
        lambda ask: refer_free(ask, by=by, now=current().now),
        lambda: _free_page(request, form, form.raw("kind"), status_code=422),
    )


async def show(request: Request) -> Response:
    """Those that stand beside the order, and the kinds this person may open."""
    return await _page(request, Form(), request.query_params.get("kind", ""))


async def begin(request: Request) -> Response:
    """Opened: to its own page."""
    form, by = form_of(request), doors.actor(request)
    number = request.path_params["number"]
    return await _begun(
        form,
        lambda ask: refer(number, ask, by=by, now=current().now),
        lambda: _page(request, form, form.raw("kind"), status_code=422),
    )


async def _begun(
    form: Form,
    take: Callable[[Referring], Awaitable[str]],
    again: Callable[[], Awaitable[Response]],
) -> Response:
    ask = _ask(form)
    if not form.problems:
        try:
            number = await take(ask)
        except StepRefused as refused:
            form.problem("step", f"refused.{refused.key}", **refused.values)
        else:
            return see_other(f"/referrals/{number}?done=refer")
    return await again()


def _ask(form: Form) -> Referring:
    return Referring(
        kind=form.raw("kind")[:48],
        addressees=tuple(form.fields.get("to", ())),
        named=form.text("named", most=LONGEST_NAME),
        grounds=form.text("grounds", most=LONGEST, need="referral.need_grounds"),
        cause=form.raw("cause")[:48],
        grade=form.raw("grade")[:48],
        officers=tuple(form.text(name, most=LONGEST_NAME) for name in OFFICERS),
        concerns=form.raw("concerns")[:64],
        days=_days(form),
        learned_at=moment_of(form, "learned_at"),
    )


def _days(form: Form) -> int:
    typed = form.raw("days")
    days = whole(typed, digits=3) if typed else 0
    if days is None:
        form.problem("days", "refused.referral.days", most=MOST_DAYS)
    return days or 0


def moment_of(form: Form, name: str) -> datetime | None:
    """A day and time as typed in Shanghai; None when nothing was."""
    found = a_moment(form.raw(name))
    if form.raw(name) and found is None:
        form.problem(name, "referral.bad_moment")
    return found


async def _page(request: Request, form: Form, code: str, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = await pack_for(view, by)
    kinds, place = openable(pack, view, by), (view.lead.code if view.lead else None, view.county)
    return staff_page(
        "referrals/opening",
        status_code=status_code,
        case=view,
        action=f"/desk/orders/{view.number}/referrals",
        beside=await lookup.of_order(by, view.number, now),
        **_shared(request, form, _chosen(kinds, code, pack, place)),
        kinds=kinds,
    )


def openable(pack: Pack, view: OrderView, by: Actor) -> list[ReferralKind]:
    """The kinds whose row lets this person open one beside this order."""
    return [
        kind
        for kind in pack.referring.kinds
        if (mine := by.roles & kind.open) and (mine & WIDE or view.leads)
    ]


async def _free_page(
    request: Request, form: Form, code: str, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    pack = await pack_of(by)
    kinds = [one for one in pack.referring.kinds if one.free and by.roles & one.open & WIDE]
    return staff_page(
        "referrals/opening",
        status_code=status_code,
        case=None,
        action="/referrals/new",
        beside=[],
        **_shared(request, form, _chosen(kinds, code, pack, (None, None))),
        kinds=kinds,
    )


def _shared(request: Request, form: Form, chosen: dict[str, Any]) -> dict[str, Any]:
    return {
        "problems": form.problems,
        "typed": _typed(request, form),
        "chosen": form.fields.get("to", []),
        "deadline": deadline,
        "short": short,
        **chosen,
    }


def _chosen(
    kinds: list[ReferralKind], code: str, pack: Pack, place: tuple[str | None, str | None]
) -> dict[str, Any]:
    """The kind whose form is shown, with its fields; none while one has yet to be chosen."""
    if not code:
        return {"kind": None}
    kind = next((one for one in kinds if one.code == code), None)
    if kind is None:
        raise NotFound("referral")
    return {"kind": kind, **_fields(kind, pack, *place)}


def _typed(request: Request, form: Form) -> dict[str, str]:
    """As typed; a cause may be named by the page that led here."""
    typed = {name: form.raw(name) for name in TYPED}
    return typed | ({} if form.fields else {"cause": request.query_params.get("cause", "")})


def _fields(kind: ReferralKind, pack: Pack, lead: str | None, county: str | None) -> dict[str, Any]:
    return {
        "to": [Choice(one.code, one.name) for one in offered(kind, pack, lead, county)],
        "takes_names": takes_names(kind),
        "departments": department_choices(pack, county),
        "by_hand": any(term.by_hand for term in kind.terms),
        "now": current().now.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
    }
