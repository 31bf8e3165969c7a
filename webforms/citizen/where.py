"""Where: county, then township (by the next button, or by script), landmark, source."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.store import Packs, packs
from hotline.rules.report import is_position
from webforms.citizen import drafts
from webforms.citizen.answers import UNKNOWN, Answers
from webforms.citizen.places import county_groups, gazetteer_tenant, offered, township_groups
from webforms.citizen.steps import next_path, wizard_page
from webforms.doors import form_of
from webforms.headers import WITH_POSITION
from webforms.render import see_other
from webforms.submissions import Form

LINE = 200
POINT = ("longitude", "latitude", "accuracy_m")


async def show(request: Request) -> Response:
    """The page, with what was answered before."""
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report")
    return await _page(found.answers, Form())


async def save(request: Request) -> Response:
    """Keep the place; a county just chosen brings the page back with its townships."""
    form, known = form_of(request), await packs()
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    changes = _read(form, known)
    if form.problems:
        return await _page(Answers(**changes), form, status_code=422)
    tenant = gazetteer_tenant(known, changes["county"])
    must_choose = _townships_not_seen(form, known, changes["county"])
    path = "/report/where#township" if must_choose else next_path(found.answers, "where")
    return await drafts.keep_and_go(found, changes, path, tenant)


def _read(form: Form, known: Packs) -> dict[str, Any]:
    county = form.choice("county", offered(county_groups(known)), need="where.need_county")
    seen = form.raw("townships_of") == county
    choices = offered(township_groups(known, county))
    township = form.choice("township", choices) if seen else ""
    need = "where.need_landmark" if county == UNKNOWN else ""
    return {
        "county": county,
        "township": township,
        "landmark": form.text("landmark", most=LINE, need=need),
        "source_name": form.text("source_name", most=LINE),
        "source_place": form.text("source_place", most=LINE),
        **_point(form),
    }


def _point(form: Form) -> dict[str, float | None]:
    """The browser's own position, as it told it; what a photo told stands in the same fields."""
    told = [form.raw(name) for name in POINT]
    if form.ticked("no_point") or not any(told):
        return dict.fromkeys(POINT)
    try:
        longitude, latitude, accuracy = (float(one) if one else None for one in told)
    except ValueError:
        longitude = latitude = accuracy = None
    if not is_position(longitude, latitude, accuracy):
        form.problem("here", "where.here_wrong")
        return dict.fromkeys(POINT)
    return dict(zip(POINT, (longitude, latitude, accuracy), strict=True))


def _townships_not_seen(form: Form, known: Packs, county: str) -> bool:
    return form.raw("townships_of") != county and bool(township_groups(known, county))


async def _page(answers: Answers, form: Form, *, status_code: int = 200) -> Response:
    known = await packs()
    page = wizard_page(
        "where",
        form,
        status_code=status_code,
        answers=answers,
        counties=county_groups(known),
        townships=township_groups(known, answers.county),
        unknown=UNKNOWN,
    )
    page.headers["permissions-policy"] = WITH_POSITION
    return page
