"""H1 筛选: what the queue is narrowed to, and the person's own views of it by name."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.filters import saved_filters
from hotline.rules.actor import Actor
from hotline.rules.terms import Channel
from hotline.steps.save_filter import drop_filter, save_filter
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import county_choices, kind_choices
from webforms.staff.frame import pack_of
from webforms.visit import current

NAMES: Final = ("county", "kind", "channel")
LONGEST: Final = 48


async def keep(request: Request) -> Response:
    """The view at hand, by a name; without one nothing is kept."""
    form = form_of(request)
    wanted = {name: form.raw(name)[:LONGEST] for name in NAMES}
    try:
        name, by = form.text("name", most=40), doors.actor(request)
        await save_filter(name, wanted, by=by, now=current().now)
    except StepRefused as refused:
        return see_other(f"/desk?{query(wanted)}&refused={refused.key}")
    return see_other(f"/desk?{query(wanted)}")


async def drop(request: Request) -> Response:
    """A view is thrown away; the queue is as before."""
    await drop_filter(form_of(request).text("name", most=40), by=doors.actor(request))
    return see_other("/desk")


def wanted_of(asked: QueryParams) -> dict[str, str]:
    """What the address narrows to."""
    return {name: asked.get(name, "")[:LONGEST] for name in NAMES}


def query(wanted: Mapping[str, str]) -> str:
    """As an address says it."""
    return urlencode({name: value for name, value in wanted.items() if value})


async def offered(by: Actor, wanted: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows."""
    pack, refused = await pack_of(by), current().request.query_params.get("refused", "")
    return {
        "wanted": wanted,
        "narrowed": query(wanted),
        "saved": [(one.name, query(one.wanted)) for one in await saved_filters(by)],
        "counties": county_choices(pack),
        "kinds": kind_choices(pack.lexicon),
        "channels": [one.value for one in Channel],
        "refused": refused if refused in ("filter.empty", "filter.too_many") else "",
    }
