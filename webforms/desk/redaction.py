"""公开脱敏: a proposal is shown with its marks; what stays undecided stays unpublished."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.order import order
from hotline.rules.marking import Kept, Mark, Piece, marks, pieces, rewritten, undecided
from hotline.rules.terms import Step
from hotline.rules.wording import plain
from hotline.steps.disclose import Proposal, propose
from hotline.steps.inspected import Inspected
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.visit import current

FIELDS: Final = ("title", "problem", "measure")
INSPECTED: Final = ("inspection_number", "verified", "accountability")
UNDECIDED: Final = "disclose.personal"


@dataclass(frozen=True, slots=True)
class Decision:
    """One mark as the page asks about it, with what was chosen so far."""

    name: str  # of its fields in the form: problem-0
    mark: Mark
    chosen: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One field of the proposal: its text cut at the marks, and what is to be decided."""

    name: str
    text: str
    pieces: tuple[Piece, ...]
    decisions: tuple[Decision, ...]


async def publication(request: Request) -> Response:
    """公开: a text told anew; marks are decided first, then another person approves."""
    form = form_of(request)
    ask = _proposal(form)

    async def take(target: Target) -> None:
        await propose(target, ask, by=doors.actor(request), now=current().now)

    async def again(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
        if retry.refused and retry.refused.key == f"refused.{UNDECIDED}":
            return await _page(request, retry, ask, status_code)
        return await case_page(request, retry, status_code=status_code)

    return await taken(request, Step.DISCLOSE, take, again)


def _proposal(form: Form) -> Proposal:
    """The three texts with what was decided about their marks."""
    texts, kept = {}, []
    for name in FIELDS:
        typed = plain(form.text(name, most=2000))
        decided = list(_decisions(form, name, typed))
        kept += [
            Kept(name, one.mark.words, one.why)
            for one in decided
            if one.chosen == "keep" and one.mark.may_stay and one.why
        ]
        replaced = {n: one.instead for n, one in enumerate(decided) if one.chosen == "replace"}
        texts[name] = rewritten(typed, replaced)
        kept += [one for one in _kept_before(form, name) if one.words in texts[name]]
    return Proposal(**texts, kept=tuple(dict.fromkeys(kept)), inspected=_inspected(form))


def _inspected(form: Form) -> Inspected:
    """What stands in the inspection's table alone."""
    return Inspected(
        number=form.text("inspection_number", most=24),
        verified=form.text("verified", most=2000),
        accountability=form.text("accountability", most=500),
    )


def _decisions(form: Form, field: str, text: str) -> Iterator[Decision]:
    for number, mark in enumerate(marks(text)):
        name = f"{field}-{number}"
        yield Decision(
            name,
            mark,
            form.raw(f"do-{name}"),
            plain(form.text(f"with-{name}", most=60)),
            plain(form.text(f"why-{name}", most=200)),
        )


def _kept_before(form: Form, field: str) -> Iterator[Kept]:
    """What an earlier round of the page has decided, carried along in the form."""
    said = zip(
        form.fields.get(f"kept-{field}", []), form.fields.get(f"because-{field}", []), strict=False
    )
    yield from (Kept(field, words[:200], plain(why)[:200]) for words, why in said)


async def _page(request: Request, retry: Retry, ask: Proposal, status_code: int) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    fields = [_marked(name, getattr(ask, name), ask.kept) for name in FIELDS]
    return staff_page(
        "desk/redaction",
        status_code=status_code,
        case=view,
        fields=fields,
        kept=ask.kept,
        inspected={name: retry.form.raw(name) for name in INSPECTED},
        seen=retry.form.raw("seen"),
        left=sum(len(one.decisions) for one in fields),
    )


def _marked(name: str, text: str, kept: tuple[Kept, ...]) -> Marked:
    """What is decided is not asked again; the numbers are those of all marks of the text."""
    open_ = set(undecided(name, text, kept))
    asked = tuple(
        Decision(f"{name}-{number}", mark, "", mark.proposed, "")
        for number, mark in enumerate(marks(text))
        if mark in open_
    )
    return Marked(name, text, pieces(text), asked)
