"""What: the kinds of trouble, several or not sure, and what is wanted."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.pack import Pack
from hotline.rules.terms import Wish
from webforms.citizen import drafts
from webforms.citizen.answers import UNKNOWN, Answers
from webforms.citizen.places import Option
from webforms.citizen.steps import next_path, wizard_page
from webforms.doors import form_of
from webforms.submissions import Form
from webforms.visit import current


@drafts.while_writing
async def show(request: Request, found: drafts.Opened) -> Response:
    """The page, with what was answered before."""
    del request
    return _page(found.answers, Form(), await drafts.pack_of(found))


@drafts.while_writing
async def save(request: Request, found: drafts.Opened) -> Response:
    """Keep the kinds and the wish."""
    form = form_of(request)
    pack = await drafts.pack_of(found)
    changes = _read(form, pack)
    if form.problems:
        return _page(Answers(**changes), form, pack, status_code=422)
    return await drafts.keep_and_go(found, changes, next_path(found.answers, "what"))


def kind_options(pack: Pack) -> list[Option]:
    """The first level of our own kinds, then "not sure"."""
    first = [kind for kind in pack.lexicon.kinds if kind.ours and not kind.parent]
    options = [Option(kind.code, current().called(kind), _finer(pack, kind.code)) for kind in first]
    return [*options, Option(UNKNOWN, current().t("what.kind_unsure"))]


def _finer(pack: Pack, parent: str) -> str:
    visit = current()
    names = [visit.called(kind) for kind in pack.lexicon.kinds if kind.parent == parent]
    return visit.t("form.comma").join(names[:4])


def _read(form: Form, pack: Pack) -> dict[str, Any]:
    return {
        "kinds": form.choices("kinds", {one.value for one in kind_options(pack)}),
        "wish": form.choice("wish", set(Wish), need="what.need_wish"),
    }


def _page(answers: Answers, form: Form, pack: Pack, *, status_code: int = 200) -> Response:
    t = current().t
    return wizard_page(
        "what",
        form,
        status_code=status_code,
        answers=answers,
        kinds=kind_options(pack),
        wishes=[Option(wish, t(f"term.wish.{wish}"), t(f"wish.about.{wish}")) for wish in Wish],
    )
