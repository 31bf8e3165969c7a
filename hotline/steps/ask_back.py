"""补充询问: the reporter is asked something; terms the pack lets stand still do so meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.database import row
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.records import AskedBack, Clock, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.clocks import stands_still
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import LONGEST_REASON, letter
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.extending import keep_term, running, term_of
from hotline.steps.members import members_at
from hotline.steps.outbox import tell_reporter
from hotline.steps.transition import Target

OPEN: Final = """
SELECT id FROM asked_back
WHERE tenant_id = $1 AND order_id = $2 AND answered_at IS NULL AND until > $3
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Which of the order's reports (its number), and what its reporter is asked."""

    report: str
    text: str


async def ask_back(target: Target, ask: Question, *, by: Actor, now: datetime) -> None:
    """One question at a time; without an answer the terms go on at the pack's limit."""
    async with desk_transition(target, Step.ASK_BACK, by, now) as change:
        order, pack = change.order, await pack_of(change.order)
        if await row(OPEN, order.tenant_id, order.id, now):
            raise StepRefused("suspend.asked_already")
        asked, text = await _asked(order, ask), _question(ask.text)
        until = await _suspend(order, pack, now)
        await AskedBack.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            request_id=asked.id,
            question=text,
            asked_by=by.id,
            asked_at=now,
            until=until,
        )
        change.detail |= {"report": asked.number, "until": until.date()}
        await tell_reporter(asked, "request.asked", now)


async def _asked(order: WorkOrder, ask: Question) -> ServiceRequest:
    """A reporter nobody can ask is not waited for."""
    for request in await members_at(order, RequestStage.ACCEPTED):
        if request.number == ask.report:
            if request.wants_reply:
                return request
            raise StepRefused("suspend.no_reply_wanted")
    raise NotFound("request")


def _question(said: str) -> str:
    text = letter(said)
    if len(text) > LONGEST_REASON:
        raise StepRefused("text.too_long", most=LONGEST_REASON)
    return text


async def _suspend(order: WorkOrder, pack: Pack, now: datetime) -> datetime:
    """Every running term that may stand still does; how long the shortest of them may."""
    may = [(one, term_of(one, pack)) for one in await running(order)]
    left = [(one, term, term.scheme.pausable - stands_still(term)) for one, term in may]
    allowed = [(one, term) for one, term, days in left if days > 0]
    if not allowed:
        raise StepRefused("suspend.not_allowed")
    until = now + timedelta(days=min(days for _, _, days in left if days > 0))
    for clock, term in allowed:
        still = replace(term, pauses=(*term.pauses, (now, until)))
        await keep_term(order, clock, still, pack)
        await Clock.filter(tenant_id=clock.tenant_id, id=clock.id).update(paused_from=now)
    return until
