"""The story in the reporter's own words, and when; emergency words show the phone first."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.pack import Pack
from hotline.rules.classifying import classify
from hotline.rules.normalise import tidy
from hotline.rules.report import LONGEST_TEXT
from webforms.citizen import alike, drafts
from webforms.citizen.answers import Answers
from webforms.citizen.places import Option
from webforms.citizen.steps import next_path, wizard_page
from webforms.dates import CHINA
from webforms.doors import form_of
from webforms.render import page
from webforms.submissions import Form
from webforms.telling import told
from webforms.visit import current

STILL: Final = ("yes", "no", "unsure")


@drafts.while_writing
async def show(request: Request, found: drafts.Opened) -> Response:
    """The page, with what was answered before."""
    del request
    return _page(found.answers, Form(), await drafts.pack_of(found))


@drafts.while_writing
async def save(request: Request, found: drafts.Opened) -> Response:
    """Keep the story."""
    form = form_of(request)
    pack, changes = await drafts.pack_of(found), _read(form)
    if form.problems:
        return _page(Answers(**changes), form, pack, status_code=422)
    changes |= await alike.looked_for(found.answers, changes["text"], pack)
    heard = classify(pack.lexicon, tidy(changes["text"]), ())
    path = "/report/emergency" if heard.emergency else following(replace(found.answers, **changes))
    return await drafts.keep_and_go(found, changes, path)


def following(answers: Answers) -> str:
    """The matters like it, if there are any to show; then on."""
    return "/report/alike" if answers.offers else next_path(answers, "story")


async def autosave(request: Request) -> Response:
    """Keep what is being written, finished or not."""
    form, found = form_of(request), await drafts.opened(request)
    text = form.text("text", most=LONGEST_TEXT)
    response = Response(status_code=204)
    if not found.is_sent and not form.problems:
        changes = {"text": text, "hours": form.text("hours")[:200]}
        drafts.set_cookie(response, await drafts.keep(found, changes))
    return response


async def emergency(request: Request) -> Response:
    """The phone first; the report goes on below."""
    found = await drafts.opened(request)
    pack = await drafts.pack_of(found)
    return page("citizen/emergency", pack=pack, following=following(found.answers))


def _read(form: Form) -> dict[str, Any]:
    return {
        "text": told(form, need="faults.text.empty"),
        "began": _day(form),
        "hours": form.text("hours"),
        "still": form.choice("still", STILL),
    }


def _day(form: Form) -> str:
    """A day that has come; as the browser's date field sends it, or typed 2026/3/5."""
    raw = form.text("began", most=20)
    try:
        day = date(*(int(part) for part in raw.replace("/", "-").replace(".", "-").split("-")))
    except (ValueError, TypeError):
        if raw:
            form.problem("began", "story.bad_day")
        return raw
    if day > current().now.astimezone(CHINA).date():
        form.problem("began", "story.future_day")
    return day.isoformat()


def _page(answers: Answers, form: Form, pack: Pack, *, status_code: int = 200) -> Response:
    return wizard_page(
        "story",
        form,
        status_code=status_code,
        answers=answers,
        pack=pack,
        still=[Option(one, current().t(f"story.still.{one}")) for one in STILL],
        most=LONGEST_TEXT,
    )
