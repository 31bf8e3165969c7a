"""改规则: a draft checked over every pack that inherits it, then put in force."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.policy_versions import differences, versions
from hotline.lookups.rehearsal import run_over
from hotline.policy.changing import EDITABLE, Change, Changed, changed, read_topic
from hotline.policy.pack import Pack
from hotline.policy.store import contents, packs
from hotline.rules.rehearsing import Rehearsal
from hotline.steps.departed import Departed, departed
from hotline.steps.enact import Enactment, enact
from webforms import doors
from webforms.doors import form_of
from webforms.packs.desk import asked
from webforms.render import see_other
from webforms.rules.draft import digest, said
from webforms.rules.table import LONGEST, MOST_PAST, own_content, today
from webforms.staff.frame import staff_page
from webforms.submissions import Form, Problem
from webforms.visit import current

DEPARTMENTS: Final = "departments"
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a draft would do."""

    found: tuple[Changed, ...] = ()
    gone: list[Departed] = field(default_factory=list)
    runs: list[tuple[Pack, Rehearsal]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """It may be put in force."""
        return bool(self.found) and not self.gone and not any(one.faults for one in self.found)


async def look(request: Request) -> Response:
    """Faults, what goes and comes, and what past orders would have met."""
    pack, name = await _editable(request)
    return await _page(pack, name, form_of(request))


async def enactment(request: Request) -> Response:
    """Put in force: the very text that was looked at."""
    pack, name = await _editable(request)
    form, by = form_of(request), doors.actor(request)
    day = form.day("valid_from", need="rules.need_day")
    text = form.text("draft", most=LONGEST, need="rules.need_draft")
    if day is None or form.problems or digest(text) != form.raw("sha256"):
        return await _page(pack, name, form)
    why = form.text("reason", most=400)
    try:
        wanted = Enactment(pack.code, read_topic(text), day, why, form.raw("replaces"), name)
        await enact(wanted, by=by, now=current().now)
    except StepRefused as refused:
        return await _page(pack, name, form, said(refused))
    return see_other(f"/packs/{pack.code}/{name}?done=enact")


async def _editable(request: Request) -> tuple[Pack, str]:
    pack, name = await asked(request)
    if name not in EDITABLE:
        raise NotFound("policy")
    return pack, name


async def _looked(change: Change) -> Looked:
    found = changed(await packs(), await contents(), change)
    since, runs = current().now - YEAR, []
    if change.topic == DEPARTMENTS:
        runs = [
            (one.before, await run_over(one.before, one.after, since, MOST_PAST))
            for one in found
            if one.after
        ]
    return Looked(found, await departed(found), runs)


async def _page(pack: Pack, name: str, form: Form, refused: Problem | None = None) -> Response:
    text, stands = form.text("draft", most=LONGEST, need="rules.need_draft"), None
    looked, content = Looked(), dict[str, Any]()
    if not form.problems or set(form.problems) <= {"valid_from"}:
        try:
            content = read_topic(text)
            looked = await _looked(Change(pack.code, name, content))
            stands = await own_content(pack, name)
        except StepRefused as unreadable:
            refused = said(unreadable)
    wrong = bool(refused or form.problems or not looked.holds)
    return staff_page(
        "packs/draft",
        status_code=422 if wrong else 200,
        pack=pack,
        topic=name,
        draft=text,
        looked=looked,
        differences=differences(stands or {}, content) if looked.found else [],
        sha256=digest(text),
        replaces=form.raw("replaces") or str((stands or {}).get("version", "")),
        valid_from=form.raw("valid_from") or today().isoformat(),
        reason=form.raw("reason"),
        pending=[
            one for one in await versions(pack.code, name, today()) if one.enacted and one.scheduled
        ],
        refused=refused,
        problems=form.problems,
    )
