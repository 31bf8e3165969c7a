"""H2: one 工单 on one page; when an act was refused or came late, with what was typed."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from hotline.asking import together
from hotline.lookups import attachment, custody
from hotline.lookups.accepting import handed_on_to
from hotline.lookups.attachment import AttachmentView
from hotline.lookups.belonging import around
from hotline.lookups.campaigns import labels
from hotline.lookups.joint import joint, may_ask_joint
from hotline.lookups.nearby import nearby
from hotline.lookups.order import OrderView, order, seen_order
from hotline.lookups.referrals import of_order
from hotline.lookups.report import ReportView
from hotline.lookups.turns import turns
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, Role, Secrecy, Step, TextKind
from hotline.steps.looking import looking
from webforms import doors
from webforms.attached import handed
from webforms.staff.choices import Choice, kind_choices, kind_label
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.fresh import fresh
from webforms.staff.story import told
from webforms.staff.when import deadline, short
from webforms.submissions import Form, Problem
from webforms.visit import current

HOTLINE: Final = frozenset({Role.AGENT, Role.TRIAGE, Role.SUPERVISOR})
READERS: Final = {
    TextKind.LETTER: "inner",
    TextKind.RESULT: "inner",
    TextKind.REPLY: "outer",
}


@dataclass(frozen=True)
class Retry:
    """What an act that did not go through leaves on the page: the words typed, and why."""

    form: Form = field(default_factory=Form)
    refused: Problem | None = None
    step: Step | None = None
    seen: int | None = None  # the version its doer saw, when it is not the one that stands


async def show(request: Request) -> Response:
    """The page of an order."""
    return await case_page(request, Retry())


async def picture(request: Request) -> Response:
    """A file of one of the order's reports, or of the order itself."""
    view = await order(doors.actor(request), request.path_params["number"], current().now)
    held = [one for some in (await _files(view)).values() for one in some]
    return await handed(view.tenant_id, attachment.named(held, request.path_params["handle"]))


async def lookers(request: Request) -> Response:
    """Who else has the order open, for the page that is open; and that this person still has."""
    by, now = doors.actor(request), current().now
    tenant, id = await seen_order(by, request.path_params["number"])
    part = staff_page("desk/parts/lookers", lookers=await looking(tenant, id, by, now))
    return fresh(request, part)


async def case_page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    """Everything of an order; what may be done now stands as forms beside it."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack, files = await pack_for(view, by), await _files(view)
    return staff_page(
        "desk/case",
        status_code=status_code,
        case=view,
        pictures={report.number: files[report.id] for report in view.reports},
        evidence=files[view.id],
        history=told(view.history),
        lookers=await looking(view.tenant_id, view.id, by, now),
        **await _beside(view, pack, by, now),
        may_join=await may_ask_joint(view, by),
        done=_done(request),
        retry=retry,
        problems=retry.form.problems,
        typed=_typed(view, pack, retry.form),
        may_speak=_may_speak(view, by),
        may_ask_who=[one.number for one in view.reports if _may_ask(one, view, by)],
        findings=[one.value for one in Finding],
        readers=[(kind.value, look) for kind, look in READERS.items()],
        kinds=kind_choices(pack.lexicon),
        departments=department_choices(pack, view.county),
        deadline=deadline,
        short=short,
    )


async def _beside(view: OrderView, pack: Pack, by: Actor, now: datetime) -> dict[str, Any]:
    """Whatever else has to do with it, asked for at once."""
    asked = {
        "around": around(by, view, now),
        "bodies": handed_on_to(view, pack, by),
        "beside": of_order(by, view.number, now),
        "joints": joint(view.tenant_id, view.id),
        "labels": labels(view.tenant_id, view.number),
        "others": nearby(by, view, now),
        "said": turns(view.tenant_id, [one.id for one in view.reports]),
        "custody": _custody(view, pack, by, now),
    }
    async with together():
        return dict(zip(asked, await asyncio.gather(*asked.values()), strict=True))


async def pack_for(view: OrderView, by: Actor) -> Pack:
    """The rules of the county the order is about."""
    own = await pack_of(by)
    return (await packs()).serving_county(own.tenant, view.county)


def department_choices(pack: Pack, county: str | None) -> list[Choice]:
    """Departments with a desk: the county's own first, then the jurisdiction's."""
    here = [one for one in pack.departments if one.desk and one.county in (county or "", "")]
    return [Choice(one.code, one.name) for one in sorted(here, key=lambda one: not one.county)]


def _may_ask(report: ReportView, view: OrderView, by: Actor) -> bool:
    """Whether the form to see who reported is offered; the step itself checks again."""
    if not report.reachable:
        return False
    return bool(by.roles & HOTLINE) or (
        view.leads and by.may(Role.HANDLER) and report.secrecy is not Secrecy.ANONYMOUS
    )


def _may_speak(view: OrderView, by: Actor) -> bool:
    """Whether a message to a reporter is offered; the step itself checks again."""
    return bool(by.roles & HOTLINE) or (view.leads and by.may(Role.HANDLER))


async def _custody(
    view: OrderView, pack: Pack, by: Actor, now: datetime
) -> dict[str, custody.Standing]:
    """How one's own question to the custodian stands; nothing where the pack has none."""
    if pack.protection.custody is None or not pack.protection.custody.binds(by):
        return {}
    numbers = [one.number for one in view.reports]
    return await custody.standing(view.tenant_id, by, numbers, now)


async def _files(view: OrderView) -> dict[UUID, list[AttachmentView]]:
    """By the order's id, and by those of the reports shown."""
    ids = [one.id for one in view.reports]
    return await attachment.of_matter(view.tenant_id, view.id, ids)


def _typed(view: OrderView, pack: Pack, form: Form) -> dict[str, Any]:
    """The fields of the handling form: as typed if something was typed, else as they stand."""
    labels = [kind_label(pack.lexicon, kind.code) for kind in view.kinds] + ["", ""]
    stands = {
        "finding": view.finding.value if view.finding else "",
        "kind": labels[0],
        "kind2": labels[1],
        **{kind.value: text.text for kind, text in view.texts.items()},
    }
    names = ("finding", "kind", "kind2", *TextKind)
    return {
        name: form.raw(name) if name in form.fields else stands.get(str(name), "")
        for name in map(str, names)
    }


def _done(request: Request) -> str:
    asked = request.query_params.get("done", "")
    return asked if asked in set(Step) else ""
