"""演练与生效: a draft run over past orders, read again, put in force with a day and a reason."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.policy_versions import differences
from hotline.lookups.rehearsal import Rehearsed, about, rehearsal
from hotline.policy.draft import read
from hotline.policy.pack import Pack
from hotline.steps.enact import Enactment, enact
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.rules.table import LONGEST, MOST_PAST, chosen_pack, own_content, today
from webforms.staff.choices import kind_label
from webforms.staff.frame import READERS, staff_page
from webforms.submissions import Form, Problem
from webforms.visit import current

YEAR: Final = timedelta(days=365)
SHOWN: Final = 20


async def rehearse(request: Request) -> Response:
    """What the draft would change, before anything is changed."""
    form = form_of(request)
    pack = await chosen_pack(doors.actor(request), form.raw("of"))
    text = await _draft(form)
    if form.problems:
        return await _page(pack, form, text, ())
    try:
        found = await rehearsal(pack.code, read(text), text, _since(form), MOST_PAST)
    except StepRefused as refused:
        return await _page(pack, form, text, (), said(refused))
    return await _page(pack, form, text, found)


async def confirmation(request: Request) -> Response:
    """The second look: what goes, what comes, from which day, and why."""
    form = form_of(request)
    pack = await chosen_pack(doors.actor(request), form.raw("of"))
    return await _confirm(pack, form)


async def enactment(request: Request) -> Response:
    """Put in force: the very text that was confirmed."""
    form, by = form_of(request), doors.actor(request)
    pack = await chosen_pack(by, form.raw("of"))
    text, day = form.text("draft", most=LONGEST), form.day("valid_from", need="rules.need_day")
    if day is None or digest(text) != form.raw("sha256"):
        return await _confirm(pack, form)
    try:
        ask = Enactment(
            pack.code, read(text), day, form.text("reason", most=400), form.raw("replaces")
        )
        await enact(ask, by=by, now=current().now)
    except StepRefused as refused:
        return await _confirm(pack, form, said(refused))
    return see_other(f"/rules?of={pack.code}&done=enact")


def said(refused: StepRefused) -> Problem:
    """A refusal in words."""
    return Problem(f"refused.{refused.key}", refused.values)


def digest(text: str) -> str:
    """What ties the confirmation to the text that was rehearsed."""
    return sha256(text.encode()).hexdigest()


async def _draft(form: Form) -> str:
    """A file that was sent, else what stands in the field."""
    for file in form.files.get("file", []):
        if file.filename:
            return _decoded(form, await file.read(LONGEST + 1))
    return form.text("draft", most=LONGEST, need="rules.need_draft")


def _decoded(form: Form, sent: bytes) -> str:
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError:
        form.problem("file", "rules.not_utf8")
        return ""
    if len(sent) > LONGEST:
        form.problem("file", "form.too_long", most=LONGEST, count=len(sent))
    return text.replace("\r\n", "\n")


def _since(form: Form) -> datetime:
    day = form.day("since")
    now = current().now
    return datetime.combine(day, now.timetz()) if day else now - YEAR


async def _page(
    pack: Pack, form: Form, text: str, found: tuple[Rehearsed, ...], refused: Problem | None = None
) -> Response:
    wrong = bool(form.problems or refused)
    faulty = any(one.draft.faults for one in found)
    return staff_page(
        "rules/rehearsal",
        status_code=422 if wrong else 200,
        pack=pack,
        draft=text,
        found=[_told(one) for one in found],
        may_enact=bool(found) and not faulty,
        refused=refused,
        problems=form.problems,
        since=form.raw("since"),
        most=MOST_PAST,
        may_read=may_read(),
    )


def may_read() -> bool:
    """Whether this person may open the orders that stand as examples."""
    by = current().actor
    return by is not None and any(by.may(role) for role in READERS)


def _told(one: Rehearsed) -> dict[str, Any]:
    """One jurisdiction's rehearsal, in names."""
    names = {each.code: each.name for each in one.pack.departments}
    lexicon = one.pack.lexicon
    own = one.draft.pack.routing[: one.draft.own_rows]
    rules = {rule.row: kind_label(lexicon, rule.kind) or about(rule) for rule in own}
    return {
        "pack": one.pack,
        "found": one.found,
        "faults": one.draft.faults,
        "shifts": [
            (names.get(each.department, each.department), each) for each in one.found.shifts
        ],
        "newly": [each for each in one.found.nobody if each.is_new],
        "shown": SHOWN,
        "unmatched": [(row, rules[row]) for row in one.found.unmatched if row in rules],
    }


async def _confirm(pack: Pack, form: Form, refused: Problem | None = None) -> Response:
    text, stands = form.text("draft", most=LONGEST), await own_content(pack)
    try:
        changes = differences(stands, read(text)) if stands else []
    except StepRefused as unreadable:
        refused, changes = said(unreadable), []
    return staff_page(
        "rules/confirmation",
        status_code=422 if refused or form.problems else 200,
        pack=pack,
        draft=text,
        sha256=digest(text),
        replaces=form.raw("replaces") or str(stands.get("version", "")),
        changes=changes,
        valid_from=form.raw("valid_from") or today().isoformat(),
        reason=form.raw("reason"),
        refused=refused,
        problems=form.problems,
    )
