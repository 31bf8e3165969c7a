"""What: the story, its kinds, what is wanted, and when; emergency words show the phone first."""

from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.report import LONGEST_TEXT, SHORTEST_TEXT
from hotline.rules.terms import Wish
from webforms.citizen import drafts
from webforms.citizen.answers import UNKNOWN, Answers
from webforms.citizen.places import Option, pack_for
from webforms.citizen.steps import next_path, wizard_page
from webforms.dates import CHINA
from webforms.doors import form_of
from webforms.render import page, see_other
from webforms.submissions import Form
from webforms.visit import current

STILL: Final = ("yes", "no", "unsure")


async def show(request: Request) -> Response:
    """The page, with what was answered before."""
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    return _page(found.answers, Form(), await _pack(found))


async def save(request: Request) -> Response:
    """Keep the story."""
    form, found = form_of(request), await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    pack = await _pack(found)
    changes = _read(form, pack)
    if form.problems:
        return _page(Answers(**changes), form, pack, status_code=422)
    alarming = any(pack.lexicon.alarms.found(changes["text"].casefold()))
    path = "/report/emergency" if alarming else next_path(found.answers, "what")
    return await drafts.keep_and_go(found, changes, path)


async def emergency(request: Request) -> Response:
    """The phone first; the report goes on below."""
    found = await drafts.opened(request)
    pack = await _pack(found)
    return page(
        "citizen/emergency", pack=pack, following=next_path(found.answers, "what"), problems={}
    )


def _read(form: Form, pack: Pack) -> dict[str, Any]:
    kinds = form.choices("kinds", {one.value for one in kind_options(pack)})
    return {
        "text": _story(form),
        "kinds": kinds,
        "wish": form.choice("wish", set(Wish), need="what.need_wish"),
        "began": _day(form),
        "hours": form.text("hours"),
        "still": form.choice("still", STILL),
    }


def _story(form: Form) -> str:
    story = form.text("text", most=LONGEST_TEXT, need="faults.text.empty")
    if 0 < len(story) < SHORTEST_TEXT:
        form.problem("text", "faults.text.too_short")
    return story


def _day(form: Form) -> str:
    """A day that has come; as the browser's date field sends it, or typed 2026/3/5."""
    raw = form.text("began", most=20)
    try:
        day = date(*(int(part) for part in raw.replace("/", "-").replace(".", "-").split("-")))
    except (ValueError, TypeError):
        if raw:
            form.problem("began", "what.bad_day")
        return raw
    if day > current().now.astimezone(CHINA).date():
        form.problem("began", "what.future_day")
    return day.isoformat()


def kind_options(pack: Pack) -> list[Option]:
    """The first level of our own kinds, then "not sure"."""
    first = [kind for kind in pack.lexicon.kinds if kind.ours and not kind.parent]
    finer = {kind.code: _finer(pack, kind.code) for kind in first}
    options = [Option(kind.code, kind.name, finer[kind.code]) for kind in first]
    return [*options, Option(UNKNOWN, current().t("what.kind_unsure"))]


def _finer(pack: Pack, parent: str) -> str:
    names = [kind.name for kind in pack.lexicon.kinds if kind.parent == parent]
    return "、".join(names[:4])


async def _pack(found: drafts.Opened) -> Pack:
    known = await packs()
    tenant = drafts.tenant_of(found, known)
    return pack_for(known, found.answers.county, tenant)


def _page(answers: Answers, form: Form, pack: Pack, *, status_code: int = 200) -> Response:
    wishes = [
        Option(wish, current().t(f"term.wish.{wish}"), current().t(f"wish.about.{wish}"))
        for wish in Wish
    ]
    return wizard_page(
        "what",
        form,
        status_code=status_code,
        answers=answers,
        pack=pack,
        kinds=kind_options(pack),
        wishes=wishes,
        still=[Option(one, current().t(f"what.still.{one}")) for one in STILL],
        most=LONGEST_TEXT,
    )
