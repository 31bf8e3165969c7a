"""The answer to a stored message: in the words of the catalogue, whatever it takes to find it."""

from datetime import datetime, timedelta
from typing import Any, Final

from hotline.errors import NotFound, StepRefused, TooMany
from hotline.lookups.progress import Progress, progress
from hotline.lookups.wechat_account import Account
from hotline.lookups.wechat_reports import latest_reports, own_report
from hotline.rules.numbering import grouped
from hotline.rules.spoken_orders import Order
from hotline.rules.terms import Step
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.conclude import conclude
from hotline.steps.converse import converse, settle_answer, supplement_once
from hotline.steps.talk_turn import Asked, Finished, Line, Reply
from hotline.steps.transition import Target
from hotline.steps.wechat_store import Heard
from webforms.texts import DEFAULT, has_text, text
from workers.queues import INTAKE, nudge

TRIES: Final = Limit(10, timedelta(minutes=15))  # of one person, whatever the number
LONGEST: Final = 2000  # bytes the platform shows


async def answered(one: Heard, account: Account, now: datetime) -> Reply:
    """The answer that stands; a repeat gets the same."""
    found = await converse(one, account.jurisdiction, now)
    if isinstance(found, Reply):
        return found
    if isinstance(found, Finished):
        return await _registered(one, found, now)
    lines = await _asked(one, found, account, now)
    return await settle_answer(one, Reply((*found.before, *lines), found.language))


def worded(reply: Reply) -> str:
    """As the person reads it; never longer than the platform shows."""
    language = reply.language or DEFAULT
    said = "\n".join(_line(key, dict(values), language) for key, values in reply.lines)
    return said.encode()[:LONGEST].decode(errors="ignore")


def _line(key: str, values: dict[str, Any], language: str) -> str:
    values = {name: _value(name, value, language) for name, value in values.items()}
    return text(f"wechat.{key}", language, **values)


def _value(name: str, value: Any, language: str) -> Any:
    if name == "code":
        return grouped(value)
    if name == "stage":
        return text(f"term.request.{value}", language)
    return text(f"wechat.placed.{value}", language) if name == "placed" else value


async def _registered(one: Heard, found: Finished, now: datetime) -> Reply:
    done = await conclude(one.tenant_id, found.draft_id, now)
    nudge(INTAKE)
    key = "receipt_anonymous" if done.anonymous else "receipt"
    line: Line = (key, {"number": done.number, "code": done.code})
    reply = Reply((*found.before, line), found.language)
    return await settle_answer(one, reply, told=done.draft_id)


async def _asked(one: Heard, asked: Asked, account: Account, now: datetime) -> list[Line]:
    order = asked.spoken
    try:
        if order.order is Order.PROGRESS and not order.number:
            return await _own(asked, account)
        found = await _found(asked, account, now)
        if order.order is Order.PROGRESS:
            return [_state(found)]
        return [await _supplemented(one, found, asked, now)]
    except NotFound:
        return [("unknown", {})]
    except TooMany:
        return [("too_many", {})]


async def _own(asked: Asked, account: Account) -> list[Line]:
    found = await latest_reports(account.tenant_id, asked.said.openid)
    return [_state(one) for one in found] or [("no_own", {})]


async def _found(asked: Asked, account: Account, now: datetime) -> Progress:
    """By number and code, or the person's own; NotFound for anything else alike."""
    order, openid = asked.spoken, asked.said.openid
    if not order.code:
        return await own_report(account.tenant_id, openid, order.number)
    await count_attempt(Bucket(account.tenant_id, "query_code.wechat", openid), TRIES, now)
    return await progress(order.number, order.code)


async def _supplemented(one: Heard, found: Progress, asked: Asked, now: datetime) -> Line:
    if Step.SUPPLEMENT not in found.may:
        return ("supplement_over", {"number": found.number})
    line: Line = ("supplemented", {"number": found.number})
    try:
        target = Target(found.tenant_id, found.request_id)
        reply = Reply((line,), asked.language)
        await supplement_once(one, target, asked.spoken.rest, reply, now)
    except StepRefused as refused:
        key, values = f"refused.{refused.key}", dict[str, Any](refused.values)
        language = asked.language or DEFAULT
        return ("refused", {"why": text(key, language, **values) if has_text(key) else ""})
    return line


def _state(found: Progress) -> Line:
    return ("state", {"number": found.number, "stage": found.stage.value})
