"""知识库管理: articles by kind, their versions; whoever wrote one does not put it in force."""

from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound
from hotline.lookups import knowledge as lookup
from hotline.rules.clocks import SHANGHAI
from hotline.rules.knowledge import (
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    ArticleText,
)
from hotline.steps.approve_article import approve_article
from hotline.steps.retire_article import retire_article
from hotline.steps.write_article import write_article
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import kind_choices, kind_label, kind_of
from webforms.staff.frame import pack_of, staff_page
from webforms.submissions import Form
from webforms.visit import current

HOME: Final = "/knowledge"
FIELDS: Final = ("title", "kind", "script", "answer", "source", "valid_from", "valid_to")


async def show(request: Request) -> Response:
    """Every article with its latest version; what waits for approval first."""
    return await _list(request, Form())


async def write(request: Request) -> Response:
    """A new article, which waits for another person."""
    form = form_of(request)
    text = await _read(request, form)
    if text and (ref := await _written(form, "", text, request)):
        return see_other(f"{HOME}/{ref}")
    return await _list(request, form, status_code=422)


async def one(request: Request) -> Response:
    """One article with all its versions."""
    return await _article(request, Form())


async def rewrite(request: Request) -> Response:
    """The next version."""
    form, ref = form_of(request), request.path_params["article"]
    text = await _read(request, form)
    if text and await _written(form, ref, text, request):
        return see_other(f"{HOME}/{ref}")
    return await _article(request, form, status_code=422)


async def approve(request: Request) -> Response:
    """生效, or back to the writer."""
    form, ref = form_of(request), request.path_params["article"]
    good = form.raw("act") == "approve"
    await approve_article(
        ref, _edition(form), good=good, by=doors.actor(request), now=current().now
    )
    return see_other(f"{HOME}/{ref}")


async def retire(request: Request) -> Response:
    """停用."""
    form, ref = form_of(request), request.path_params["article"]
    await retire_article(ref, _edition(form), doors.actor(request), current().now)
    return see_other(f"{HOME}/{ref}")


async def _written(form: Form, ref: str, text: ArticleText, request: Request) -> str:
    try:
        return await write_article(ref, text, doors.actor(request), current().now)
    except BadReport as found:
        for name, key in found.errors.items():
            form.problem(name, f"refused.{key}")
        return ""


async def _read(request: Request, form: Form) -> ArticleText | None:
    pack = await pack_of(doors.actor(request))
    typed = form.text("kind", most=40)
    kind = kind_of(pack.lexicon, typed) if typed else ""
    if typed and not kind:
        form.problem("kind", "choice.no_kind", typed=typed)
    since, until = _day(form, "valid_from"), _day(form, "valid_to")
    text = ArticleText(
        title=form.text("title", most=LONGEST_TITLE),
        script=form.text("script", most=LONGEST_TEXT),
        answer=form.text("answer", most=LONGEST_TEXT),
        source=form.text("source", most=LONGEST_SOURCE),
        valid_from=since or _today(),
        valid_to=until,
        kind=kind,
    )
    return None if form.problems else text


def _day(form: Form, name: str) -> date | None:
    return form.day(name, wrong="knowledge.no_day")


def _today() -> date:
    return current().now.astimezone(SHANGHAI).date()


def _edition(form: Form) -> int:
    found = form.version("edition")
    if found is None:
        raise NotFound("article")
    return found


async def _list(request: Request, form: Form, *, status_code: int = 200) -> Response:
    pack = await pack_of(doors.actor(request))
    asked = request.query_params.get("q", "")[:40]
    return staff_page(
        "knowledge/home",
        status_code=status_code,
        articles=await lookup.articles(pack, asked),
        asked=asked,
        typed={name: form.raw(name) for name in FIELDS},
        **await _shared(request, form),
    )


async def _article(request: Request, form: Form, *, status_code: int = 200) -> Response:
    pack = await pack_of(doors.actor(request))
    found = await lookup.versions(pack, request.path_params["article"])
    text = found[0].text
    stands = {
        "title": text.title,
        "kind": kind_label(pack.lexicon, text.kind) if text.kind else "",
        "script": text.script,
        "answer": text.answer,
        "source": text.source,
        "valid_from": text.valid_from.isoformat(),
        "valid_to": text.valid_to.isoformat() if text.valid_to else "",
    }
    typed = {name: form.raw(name) for name in FIELDS} if form.fields else stands
    return staff_page(
        "knowledge/article",
        status_code=status_code,
        versions=found,
        typed=typed,
        **await _shared(request, form),
    )


async def _shared(request: Request, form: Form) -> dict[str, Any]:
    by = doors.actor(request)
    pack = await pack_of(by)
    return {
        "problems": form.problems,
        "kinds": kind_choices(pack.lexicon),
        "kind_name": lambda code: kind_label(pack.lexicon, code) if code else "",
        "my_id": by.id,
        "today": _today().isoformat(),
    }
