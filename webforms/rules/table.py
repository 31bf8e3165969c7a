"""D2: the table in force with its alarms and versions, and a box to try a text in."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.policy_versions import content_of, differences, versions
from hotline.lookups.rehearsal import alarms
from hotline.lookups.trying import Tried, tried
from hotline.policy.draft import TOPIC, drafted, read
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import contents, packs
from hotline.policy.writing import as_toml
from hotline.rules.actor import Actor
from webforms import doors
from webforms.doors import form_of
from webforms.staff.choices import county_of, kind_label
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.triage.desk import cause
from webforms.visit import current

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
MOST_PAST: Final = 3000  # orders a page may look at; the command looks at all
LONGEST: Final = 200_000


@dataclass(frozen=True)
class Trial:
    """A text that is tried, under the table in force or a draft."""

    form: Form = field(default_factory=Form)
    found: Tried | None = None
    refused: Problem | None = None


async def show(request: Request) -> Response:
    """The table in force."""
    return await page(request, Trial())


async def trial(request: Request) -> Response:
    """试一试: see kind, place, who gets it and why; nothing is stored."""
    form, by = form_of(request), doors.actor(request)
    pack = await chosen_pack(by, form.raw("of"))
    text = form.text("text", most=2000, need="rules.need_text")
    typed = form.text("county", most=40)
    county = county_of(pack, typed) if typed else ""
    if typed and not county:
        form.problem("county", "choice.no_county", typed=typed)
    if form.problems:
        return await page(request, Trial(form), status_code=422)
    try:
        found = await tried(await _under(form, pack), text, county, current().now)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await page(request, Trial(form, refused=said), status_code=422)
    return await page(request, Trial(form, found))


async def version(request: Request) -> Response:
    """One version, what in it differs from the one in force, and the way back to it."""
    pack = await chosen_pack(doors.actor(request), request.path_params["code"])
    content = await content_of(pack.code, TOPIC, request.path_params["version"])
    stands = await own_content(pack)
    return staff_page(
        "rules/version",
        pack=pack,
        version=request.path_params["version"],
        in_force=str(stands.get("version", "")),
        toml=as_toml(content),
        differences=differences(content, stands) if stands else [],
    )


async def export(request: Request) -> Response:
    """The table of one version as a file."""
    pack = await chosen_pack(doors.actor(request), request.path_params["code"])
    name = request.path_params["version"]
    content = await content_of(pack.code, TOPIC, name)
    return Response(
        as_toml(content),
        media_type="application/toml",
        headers={"content-disposition": f'attachment; filename="routing-{pack.code}.toml"'},
    )


async def chosen_pack(by: Actor, code: str) -> Pack:
    """The jurisdiction that is asked for, if it is within sight; else the own one."""
    if not code:
        return await pack_of(by)
    if code not in (await sight_of(by)).jurisdictions:
        raise NotFound("policy")
    return (await packs()).pack(code)


async def own_content(pack: Pack, topic: str = TOPIC) -> dict[str, Any]:
    """What the jurisdiction itself says in force; {} when it only inherits."""
    found: dict[str, Any] = (await contents()).get(pack.code, {}).get(topic, {})
    return found


async def page(request: Request, at: Trial, *, status_code: int = 200) -> Response:
    """Everything about the table of one jurisdiction."""
    by, now = doors.actor(request), current().now
    pack = await chosen_pack(by, at.form.raw("of") or request.query_params.get("of", ""))
    stands, sight = await own_content(pack), await sight_of(by)
    found = await alarms(frozenset({pack.code}), now, MOST_PAST)
    return staff_page(
        "rules/table",
        status_code=status_code,
        pack=pack,
        jurisdictions=[(await packs()).pack(code) for code in sorted(sight.jurisdictions)],
        own=stands,
        toml=at.form.raw("draft") or as_toml(stands),
        draft=at.form.raw("draft"),
        alarms=found,
        versions=await versions(pack.code, TOPIC, today()),
        rows=pack.routing,
        kind=lambda code: kind_label(pack.lexicon, code),
        who=lambda code: pack.duties.get(code) or _name(pack, code),
        place=pack.gazetteer.label,
        trial=at,
        problems=at.form.problems,
        cause=cause,
        short=short,
        done=request.query_params.get("done", ""),
    )


def today() -> date:
    """The day in Shanghai."""
    return current().now.astimezone(SHANGHAI).date()


async def _under(form: Form, pack: Pack) -> Pack:
    """The pack in force, or with the draft in the place of its table."""
    text = form.text("draft", most=LONGEST)
    if not text or not form.ticked("with_draft"):
        return pack
    return drafted(pack, await contents(), pack.code, read(text), text).pack


def _name(pack: Pack, code: str) -> str:
    known = {one.code: one.short or one.name for one in pack.departments}
    return known.get(code, code)
