"""对接平台: the platforms, and a profile tried on a sample and on what is stored."""

from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.partner import Platform, platform, platforms, stored_count
from hotline.policy.store import packs
from hotline.rules.partner import Profile
from hotline.rules.partner_profile import profile
from hotline.rules.partner_table import ProfileError
from hotline.steps.partner import LONGEST_PROFILE, NewProfile, digest, put_profile
from webforms import doors
from webforms.doors import form_of
from webforms.partners.door import worded
from webforms.partners.trying import MOST_SAMPLE, Replayed, Tried, replayed, tried
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.visit import current

DONE: Final = "enact"


@dataclass(frozen=True)
class Trial:
    """What was tried, and what came of it."""

    form: Form = field(default_factory=Form)
    tried: Tried | None = None
    replayed: Replayed | None = None
    broken: str = ""  # what is wrong with the profile
    refused: Problem | None = None


async def home(request: Request) -> Response:
    """Every platform within sight."""
    found = await platforms(doors.actor(request))
    titles = {one.name: _title(one) for one in found}
    return staff_page("partners/home", platforms=found, titles=titles, short=short)


async def show(request: Request) -> Response:
    """The profile in force."""
    return await _page(request, Trial())


async def trial(request: Request) -> Response:
    """试用: a sample under the profile that is typed; nothing is kept."""
    form, of = form_of(request), await _platform(request)
    sample = form.text("sample", most=MOST_SAMPLE, need="partners.need_sample")
    spoken = _spoken(form)
    if isinstance(spoken, str) or form.problems:
        return await _page(request, Trial(form, broken=str(spoken or "")), 422)
    pack = (await packs()).pack(of.jurisdiction)
    return await _page(
        request, Trial(form, tried(sample.encode(), spoken, of, pack, current().now))
    )


async def rehearsal(request: Request) -> Response:
    """演练: everything that is stored, under the profile in force and under the one typed."""
    form, of = form_of(request), await _platform(request)
    spoken = _spoken(form)
    if isinstance(spoken, str):
        return await _page(request, Trial(form, broken=spoken), 422)
    found = await replayed(of, spoken, profile(of.profile))
    return await _page(request, Trial(form, replayed=found))


async def enactment(request: Request) -> Response:
    """The profile that is typed is in force from now on."""
    form, of = form_of(request), await _platform(request)
    ask = NewProfile(of.name, _draft(form), form.raw("reason"), form.raw("replaces"))
    try:
        await put_profile(ask, by=doors.actor(request), now=current().now)
    except ProfileError as wrong:
        return await _page(request, Trial(form, broken=str(wrong)), 422)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, Trial(form, refused=said), 422)
    return see_other(f"/partners/{of.name}?done={DONE}")


def _spoken(form: Form) -> Profile | str:
    """The profile that is typed, or what is wrong with it."""
    try:
        return profile(_draft(form))
    except ProfileError as wrong:
        return str(wrong)


def _draft(form: Form) -> str:
    """As it was typed: a text area ends its lines as no file does."""
    return form.text("draft", most=LONGEST_PROFILE) + "\n"


async def _platform(request: Request) -> Platform:
    return await platform(doors.actor(request), request.path_params["name"])


def _title(of: Platform) -> str:
    try:
        return profile(of.profile).title
    except ProfileError:
        return of.name


async def _page(request: Request, at: Trial, status_code: int = 200) -> Response:
    of = await _platform(request)
    wrong = bool(at.broken or at.refused or at.form.problems)
    return staff_page(
        "partners/platform",
        status_code=422 if wrong else status_code,
        of=of,
        title=_title(of),
        trial=at,
        draft=at.form.raw("draft") or of.profile,
        replaces=at.form.raw("replaces") or digest(of.profile),
        stored=await stored_count(of.tenant_id, of.name),
        problems=at.form.problems,
        worded=worded,
        short=short,
        done=request.query_params.get("done", ""),
    )
