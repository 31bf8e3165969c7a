"""What may be done to a 工单: each act a noun to POST to, each sent twice without harm."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import Stale, StepRefused
from hotline.lookups.order import OrderView, order
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, Step, TextKind
from hotline.steps.answer import answer
from hotline.steps.at import order_at
from hotline.steps.close import close
from hotline.steps.dispatch import dispatch
from hotline.steps.find import Conclusion, find
from hotline.steps.holders import Holders
from hotline.steps.object import Objection, object_to
from hotline.steps.redo import redo
from hotline.steps.rule import Ruling, rule
from hotline.steps.send_back import send_back
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write
from webforms import doors
from webforms.desk.case import Retry, case_page, pack_for
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import read_kinds
from webforms.staff.frame import pack_of
from webforms.submissions import Form, Problem
from webforms.visit import current

TWICE: Final = timedelta(minutes=2)  # the same act of the same person: sent twice, not two acts
UNFILLED: Final = ("【", "】")
# saving may end with either: the conclusion is kept before the texts
SAME: Final = {Step.WRITE: frozenset({Step.FIND, Step.WRITE})}


@dataclass(frozen=True)
class Act:
    """One act under way."""

    target: Target
    form: Form
    by: Actor
    now: datetime


async def signature(request: Request) -> Response:
    """签收."""
    return await _taken(request, Step.SIGN, lambda at: sign(at.target, by=at.by, now=at.now))


async def objection(request: Request) -> Response:
    """异议."""

    async def take(at: Act) -> None:
        ask = Objection(at.form.text("reason", most=1000), _department(at.form, "propose"))
        await object_to(at.target, ask, by=at.by, now=at.now)

    return await _taken(request, Step.OBJECT, take)


async def ruling(request: Request) -> Response:
    """异议裁定: 改派 or 驳回."""

    async def take(at: Act) -> None:
        to = _holders(at.form) if at.form.raw("ruling") == "reassign" else None
        ask = Ruling(at.form.text("reason", most=1000), to)
        await rule(at.target, ask, by=at.by, now=at.now)

    return await _taken(request, Step.RULE, take)


async def assignment(request: Request) -> Response:
    """交办 by a person."""

    async def take(at: Act) -> None:
        await dispatch(at.target, _holders(at.form), by=at.by, now=at.now)

    return await _taken(request, Step.DISPATCH, take)


async def texts(request: Request) -> Response:
    """查实结论 and the three texts, kept."""
    return await _taken(request, Step.WRITE, lambda at: _keep(request, at))


async def submission(request: Request) -> Response:
    """The same, and 提交审核."""

    async def take(at: Act) -> None:
        kept = await _keep(request, at)
        await submit(kept, by=at.by, now=at.now)

    return await _taken(request, Step.SUBMIT, take)


async def sending_back(request: Request) -> Response:
    """审核退回."""
    return await _taken(
        request,
        Step.SEND_BACK,
        lambda at: send_back(at.target, at.form.text("reason", most=1000), by=at.by, now=at.now),
    )


async def approval(request: Request) -> Response:
    """审核通过并答复."""
    return await _taken(request, Step.ANSWER, lambda at: answer(at.target, by=at.by, now=at.now))


async def closure(request: Request) -> Response:
    """办结 or 阶段性办结: never one for the other."""

    async def take(at: Act) -> None:
        how = at.form.choice("closing", {"closed", "closed_interim"}, need="desk.need_closing")
        if not at.form.problems:
            left = at.form.text("left", most=1000)
            interim = how == "closed_interim"
            await close(at.target, interim=interim, left=left, by=at.by, now=at.now)

    return await _taken(request, Step.CLOSE, take)


async def doing_again(request: Request) -> Response:
    """重办."""
    return await _taken(
        request,
        Step.REDO,
        lambda at: redo(at.target, at.form.text("reason", most=1000), by=at.by, now=at.now),
    )


async def _taken(
    request: Request, step: Step, take: Callable[[Act], Awaitable[object]]
) -> Response:
    """Take the step, or show the page again with what was typed and what stands in the way."""
    form, by, now = form_of(request), doors.actor(request), current().now
    number, seen = request.path_params["number"], form.version()
    tenant = (await pack_of(by)).tenant
    try:
        await take(Act(await order_at(tenant, number, seen), form, by, now))
    except Stale as stale:
        if await _was_taken(request, step):
            return see_other(f"/desk/orders/{number}?done={step}")
        return await case_page(request, Retry(form, step=step, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await case_page(request, Retry(form, said, step), status_code=422)
    if form.problems:
        return await case_page(request, Retry(form, step=step), status_code=422)
    return see_other(f"/desk/orders/{number}?done={step}")


async def _was_taken(request: Request, step: Step) -> bool:
    """A second click: the last thing that happened is this very act by this very person."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    last = next((line for line in reversed(view.history) if not line.of), None)
    if last is None:
        return False
    same = last.step in SAME.get(step, {step})
    return same and last.who == by.name and now - last.at < TWICE


async def _keep(request: Request, at: Act) -> Target:
    """Whatever differs from what stands; gives the version the next step has to see."""
    view = await order(at.by, request.path_params["number"], at.now)
    if at.target.seen is not None and at.target.seen != view.version:
        raise Stale(at.target.seen, view.version)
    pack = await pack_for(view, at.by)
    kinds = tuple(read_kinds(at.form, pack))
    target = await _conclude(at, view, kinds)
    for kind in TextKind:
        words = at.form.raw(kind).replace("\r\n", "\n")
        if not words or not _differs(view, kind, words):
            continue
        if any(sign in words for sign in UNFILLED):
            at.form.problem(kind, "desk.unfilled")
            raise StepRefused("text.missing", kind=kind.value)
        await write(target, Writing(kind, words), by=at.by, now=at.now)
        target = _after(target)
    return target


async def _conclude(at: Act, view: OrderView, kinds: tuple[str, ...]) -> Target:
    finding = at.form.choice("finding", set(Finding))
    stands = tuple(kind.code for kind in view.kinds)
    right = kinds if kinds and kinds != stands[: len(kinds)] else ()
    if not finding or (view.finding == finding and not right):
        return at.target
    await find(at.target, Conclusion(Finding(finding), right), by=at.by, now=at.now)
    return _after(at.target)


def _differs(view: OrderView, kind: TextKind, words: str) -> bool:
    """Also a text that was approved before a 重办: it is written anew, if in the same words."""
    stands = view.texts.get(kind)
    return stands is None or stands.text != words or stands.approved_at is not None


def _after(target: Target) -> Target:
    return replace(target, seen=None if target.seen is None else target.seen + 1)


def _holders(form: Form) -> Holders:
    return Holders(_department(form, "lead"), tuple(form.fields.get("co", [])))


def _department(form: Form, name: str) -> str:
    return form.text(name, most=80)
