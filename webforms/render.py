"""Pages from templates: autoescaped, in the reader's language, with a form token where needed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hotline.rules.numbering import grouped
from webforms import cookies, csrf, dates
from webforms.attached import ACCEPTED, may_have
from webforms.texts import DEFAULT
from webforms.visit import Called, Visit, current

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


def page(name: str, /, *, status_code: int = 200, **context: Any) -> Response:
    """The page of a template, for the reader at hand."""
    visit = current()
    body = environment().get_template(f"{name}.html").render(context)
    response = HTMLResponse(body, status_code)
    response.headers["vary"] = "Cookie"
    response.headers.setdefault("cache-control", "no-cache")
    set_visitor(response, visit)
    return response


def see_other(path: str) -> Response:
    """After a form: go and look (303), so that reloading sends nothing twice."""
    response = RedirectResponse(path, status_code=303)
    set_visitor(response, current())
    return response


def set_visitor(response: Response, visit: Visit) -> None:
    """Send the visitor's cookie if this page made one."""
    if visit.new_visitor:
        signed = cookies.signed_visitor(visit.new_visitor)
        cookies.put(response, cookies.VISITOR, signed, seconds=cookies.YEAR, secure=visit.secure)


@cache
def environment() -> Environment:
    """The templates, and what they may call."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=lambda key, **values: current().t(key, **values),
        visit=current,
        form_token=lambda: csrf.form_token(current().visitor()),
        token_field=csrf.FIELD,
        asset=asset,
        may_have=lambda one: may_have(one, current().actor),
        accepted=ACCEPTED,
        said_moment=lambda said: dates.moment(datetime.fromisoformat(said), current().language),
        called=called,
        chinese=chinese,
        day=lambda moment: dates.day(moment, current().language),
        moment=lambda moment: dates.moment(moment, current().language),
    )
    made.filters["grouped"] = grouped
    return made


def called(thing: Called) -> str | Markup:
    """A kind by its name in the reader's language; a Chinese one is marked as such."""
    name = current().called(thing)
    return name if name == thing.name_en else chinese(name)


def chinese(words: str) -> str | Markup:
    """An official name, which has no English: so that it is read out as Chinese."""
    if current().language == DEFAULT:
        return words
    return Markup('<span lang="zh-CN">{}</span>').format(words)


def asset(name: str) -> str:
    """The address of a static file, changing with its content."""
    return f"/static/{name}?v={_prints()[name]}"


@cache
def _prints() -> Mapping[str, str]:
    return {
        str(path.relative_to(STATIC)): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.rglob("*")
        if path.is_file()
    }
