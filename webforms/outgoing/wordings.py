"""消息用语: looked at as a made-up case would read, changed as a version, put back when wrong."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound, StepRefused
from hotline.lookups.wordings import Worded, worded, wordings
from hotline.policy.compose import Letter, Note, preview
from hotline.rules.wordings import Parts, Template, faults, parts
from hotline.settings import settings
from hotline.steps.reword import Said, judge, reword
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem, whole
from webforms.visit import current

HOME: Final = "/wordings"
DONE: Final = frozenset({"in_force", "proposed", "refused"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording as it would arrive, and what its short message costs."""

    letter: Letter
    note: Note
    parts: Parts


async def home(request: Request) -> Response:
    """Every message, in both languages."""
    return staff_page("outgoing/wordings", found=await wordings(doors.actor(request)))


async def show(request: Request) -> Response:
    """One message in one language, or an older version of it to go back to."""
    one = await _worded(request)
    asked = request.query_params.get("from", "")
    older = (each.template for each in one.versions if f"{each.template.version}" == asked)
    return _page(one, next(older, one.stands), Form())


async def change(request: Request) -> Response:
    """Looked at first, or kept as a version."""
    one, form, by = await _worded(request), form_of(request), doors.actor(request)
    said = _said(one, form)
    for name, key in faults(said.template(), frozenset(one.known)).items():
        form.problem(name, f"refused.{key}")
    if form.problems or form.raw("act") != "keep":
        return _page(one, said.template(one.stands.version), form)
    try:
        done = await reword(said, by=by, now=current().now)
    except BadReport as fault:
        for name, key in fault.errors.items():
            form.problem(name, f"refused.{key}")
    except StepRefused as refused:
        form.problem("reason", f"refused.{refused.key}", **refused.values)
    else:
        return see_other(f"{HOME}/{one.key}/{one.language}?done={done}")
    return _page(one, said.template(one.stands.version), form)


async def judgement(request: Request) -> Response:
    """四眼: another person puts it in force, or refuses."""
    one, form = await _worded(request), form_of(request)
    number = whole(request.path_params["version"], digits=5)
    if number is None:
        raise NotFound("wording")
    approve = form.raw("act") == "approve"
    where = (one.key, one.language, number)
    try:
        await judge(where, approve=approve, by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        return _page(one, one.stands, Form(), Problem(f"refused.{refused.key}", refused.values))
    return see_other(f"{HOME}/{one.key}/{one.language}?done={'in_force' if approve else 'refused'}")


async def _worded(request: Request) -> Worded:
    asked = request.path_params
    return await worded(doors.actor(request), asked["key"], asked["language"])


def _said(one: Worded, form: Form) -> Said:
    return Said(
        key=one.key,
        language=one.language,
        subject=form.raw("subject")[:400],
        body=form.raw("body")[:8000],
        short=form.raw("short")[:800],
        reason=form.raw("reason")[:400],
        seen=form.version() or 0,
    )


def _page(one: Worded, written: Template, form: Form, refused: Problem | None = None) -> Response:
    done = current().request.query_params.get("done", "")
    return staff_page(
        "outgoing/wording",
        status_code=422 if form.problems or refused else 200,
        problems=form.problems,
        one=one,
        written=written,
        why=form.raw("reason"),
        shown=_shown(one, written),
        refused=refused,
        four_eyes=settings().wording_four_eyes,
        done=done if done in DONE else "",
        short=short,
    )


def _shown(one: Worded, written: Template) -> Shown | None:
    """None while it cannot be filled."""
    if faults(written, frozenset(one.known)):
        return None
    letter, note = preview(written, one.language)
    return Shown(letter, note, parts(note.text))
