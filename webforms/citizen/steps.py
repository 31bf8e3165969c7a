"""The order of the pages: forward, back, and straight back to the check page after a change."""

from typing import Any, Final

from starlette.responses import Response

from webforms.citizen.answers import Answers
from webforms.render import page
from webforms.submissions import Form

ORDER: Final = ("where", "what", "story", "photos", "you", "check")
BESIDE: Final = {"alike": "story"}  # a page that is not always there, and the one it follows


def next_path(answers: Answers, done: str) -> str:
    """Where to go after a page: on, or back to where the reader came from."""
    following = "check" if answers.checking else ORDER[ORDER.index(done) + 1]
    return f"/report/{following}"


def wizard_page(name: str, form: Form, *, status_code: int = 200, **context: Any) -> Response:
    """One page of the report: its number, the way back, and what was wrong."""
    answers: Answers = context["answers"]
    at = ORDER.index(BESIDE.get(name, name))
    before = f"/report/{BESIDE.get(name, ORDER[at - 1])}" if at else "/"
    return page(
        f"citizen/{name}",
        status_code=status_code,
        problems=form.problems,
        step=at + 1,
        steps=len(ORDER),
        back="/report/check" if answers.checking and name != "check" else before,
        **context,
    )
