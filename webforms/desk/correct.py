"""更正: place and kinds of an order put right on a page of its own; the table then decides anew."""

import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import Stale, StepRefused
from hotline.lookups.order import OrderView, order
from hotline.policy.pack import Pack
from hotline.rules.terms import Step
from hotline.steps.at import order_at
from hotline.steps.correct import Correction, correct
from webforms import doors
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import (
    county_choices,
    county_of,
    kind_choices,
    kind_label,
    read_kinds,
    read_place,
    township_choices,
)
from webforms.staff.frame import pack_of, staff_page
from webforms.submissions import Form, Problem
from webforms.visit import current

KINDS: Final = ("kind", "kind2", "kind3")
BETWEEN: Final = re.compile(r"[、,，;；\s]+")


async def show(request: Request) -> Response:
    """The order as it stands, to be put right; one that is over has nothing to put right."""
    by, number = doors.actor(request), request.path_params["number"]
    view = await order(by, number, current().now)
    if Step.CORRECT not in view.steps:
        return see_other(f"/desk/orders/{number}")
    return await _page(request, Retry())


async def take(request: Request) -> Response:
    """One correction: place and kinds together."""
    form, by, now = form_of(request), doors.actor(request), current().now
    number, pack = request.path_params["number"], await pack_of(by)
    ask = read_correction(form, pack)
    if form.problems:
        return await _page(request, Retry(form), status_code=422)
    try:
        await correct(await order_at(pack.tenant, number, form.version()), ask, by=by, now=now)
    except Stale as stale:
        return await _page(request, Retry(form, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, Retry(form, said), status_code=422)
    return see_other(f"/desk/orders/{number}?done={Step.CORRECT}")


def read_correction(form: Form, pack: Pack) -> Correction:
    """County and a kind are needed; what is wrong is noted at its field."""
    county, township = read_place(form, pack)
    kinds = read_kinds(form, pack, names=KINDS)
    if not county:
        form.problem("county", "triage.need_county")
    if not kinds:
        form.problem("kind", "triage.need_kind")
    return Correction(
        county, township or None, tuple(kinds), read_also(form, pack), form.text("remark", most=200)
    )


def read_also(form: Form, pack: Pack) -> tuple[str, ...]:
    """Further counties of a cross-boundary matter, by name."""
    found = []
    for typed in between(form.text("also", most=200)):
        code = county_of(pack, typed)
        if not code:
            form.problem("also", "choice.no_county", typed=typed)
        found.append(code)
    return tuple(dict.fromkeys(filter(None, found)))


def between(typed: str) -> list[str]:
    """Names written one after the other."""
    return [name for name in BETWEEN.split(typed) if name]


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = await pack_of(by)
    typed = _typed(view, pack, retry.form)
    return staff_page(
        "desk/correct",
        status_code=status_code,
        case=view,
        retry=retry,
        problems=retry.form.problems,
        typed=typed,
        done="",
        kinds=kind_choices(pack.lexicon),
        counties=county_choices(pack),
        townships=township_choices(pack, county_of(pack, typed["county"])),
    )


def _typed(view: OrderView, pack: Pack, form: Form) -> dict[str, Any]:
    named = {
        code: place.name
        for code in (view.county, view.township, *(one.code for one in view.also))
        if code and (place := pack.gazetteer.get(code))
    }
    labels = [kind_label(pack.lexicon, kind.code) for kind in view.kinds] + ["", "", ""]
    stands = {
        "county": named.get(view.county or "", ""),
        "township": named.get(view.township or "", ""),
        "also": "、".join(named[one.code] for one in view.also if one.code in named),
        "remark": "",
        **dict(zip(KINDS, labels, strict=False)),
    }
    return {name: form.raw(name) if name in form.fields else was for name, was in stands.items()}
