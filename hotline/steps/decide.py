"""研判: one undecided report, decided in a transaction of its own under its matter lock.

May run twice: a second run finds the report decided and stops. What cannot be decided goes to the
triage desk with the cause, never to a silent default.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hotline.database import transaction
from hotline.records import ServiceRequest
from hotline.records.writing import gathering
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import next_request_stage
from hotline.rules.recusal import OFFICE_ACCUSED, accuses_office
from hotline.rules.terms import ActorKind, Relation, RequestStage, Step
from hotline.steps.candidates import NOTHING, Known, LookAlike, look_alikes
from hotline.steps.claim import MOST_ATTEMPTS, Claimed
from hotline.steps.clocks import since, start_request_clocks, stop_clocks
from hotline.steps.exhausted import EXHAUSTED, is_exhausted
from hotline.steps.hot import HOT, count, hot_matter
from hotline.steps.matter import Deciding, Tie, join_order, open_order
from hotline.steps.matters import may_join
from hotline.steps.outbox import tell_reporter
from hotline.steps.pointed import with_word
from hotline.steps.staged_files import take_in_files
from hotline.steps.transition import RequestChange, Target, locked_request, save_request
from hotline.steps.undecided import Undecided, locked, undecided
from hotline.steps.understand import Understood, keep, understood

SERVICE = Actor(ActorKind.SYSTEM, "intake")
FIRST_PAUSE = timedelta(seconds=2)


async def decide(
    tenant_id: str, request_id: UUID, now: datetime, known: Known = NOTHING
) -> RequestStage | None:
    """Decide one report; its new stage, or None when it was decided already."""
    waiting = await undecided(tenant_id, [request_id])
    return await decide_read(waiting[0], now, known) if waiting else None


async def decide_read(one: Undecided, now: datetime, known: Known = NOTHING) -> RequestStage | None:
    """The same for a report that has been read with its batch."""
    return await decide_understood(one, await understood(one.request, one.vault, now), now, known)


async def decide_understood(
    one: Undecided, found: Understood, now: datetime, known: Known = NOTHING
) -> RequestStage | None:
    """The same for one whose words have been read too."""
    async with transaction(), gathering() as gathered:
        request = await locked(one, found.located.county)
        if request is None:
            return None
        gathered.fresh.add(request.id)  # no term runs before this
        await keep(request, found)
        if not request.historical:  # which has neither files nor terms
            if one.has_files:
                await take_in_files(request, now)
            await start_request_clocks(request, found.pack, Step.REGISTER, since(request))
        stage = await _settle(Deciding(request, found.pack, SERVICE, now), found, known)
    count(request, known)
    return stage


async def _settle(at: Deciding, found: Understood, known: Known) -> RequestStage:
    answer = found.acceptance
    if answer.decision == "refuse":
        return await refuse_at(at, answer.reason, answer.refer_to)
    alike = await look_alikes(at.request, found.signed, known=known)
    return await settle(at, found, known, alike)


async def settle(
    at: Deciding, found: Understood, known: Known, alike: list[LookAlike]
) -> RequestStage:
    """Once the matters that it is like have been looked up."""
    alike = await with_word(alike, at.request.tenant_id, found.same_as)
    at.request.suggestions = [suggestion(one) for one in alike]
    joins = may_join_by_itself(alike, found)
    if cause := _cause(at.request, found):
        return await triage_at(at, cause)
    if alike and await is_exhausted(at.request):
        return await refuse_at(at, EXHAUSTED, at.pack.acceptance.reason(EXHAUSTED).refer_to)
    if joins and not await may_join(at.request, alike[0].order_id, at.pack):
        return await triage_at(at, OFFICE_ACCUSED)
    if joins:
        return await accept_into(at, alike[0])
    if cause := await _may_be_known(at, alike, found, known):
        return await triage_at(at, cause)
    return await accept_as_new(at)


def may_join_by_itself(alike: list[LookAlike], found: Understood) -> bool:
    """Unless a person keeps it apart."""
    return bool(alike) and alike[0].likeness.band == "join" and not found.apart


async def _may_be_known(
    at: Deciding, alike: list[LookAlike], found: Understood, known: Known
) -> str:
    """Why a person must say whether it is a matter in hand; "" when it is a new one.

    What is but related is shown beside the new order, and holds nothing up.
    """
    if at.request.emergency:
        return ""
    if alike and alike[0].likeness.relation is not Relation.RELATED:
        return "alike.chosen" if alike[0].order_number == found.same_as else "alike.suggested"
    hot = await hot_matter(at.request, known, at.now)
    if hot is None:
        return ""
    others = [one for one in alike if one.order_id != hot.order_id]
    at.request.suggestions = [suggestion(one) for one in (hot, *others)]
    return HOT


def _cause(request: ServiceRequest, found: Understood) -> str:
    """Why a person must look, whatever it is like; "" when the service may decide."""
    if found.acceptance.decision == "answer_wait":
        return "wish.answer"
    if found.acceptance.decision == "triage":
        return found.acceptance.reason
    return OFFICE_ACCUSED if is_about_an_office(request) else ""


async def accept_as_new(at: Deciding, earlier: UUID | None = None) -> RequestStage:
    """受理 and 立单."""
    if is_about_an_office(at.request):
        at.request.triage_cause = OFFICE_ACCUSED
    stage = await take(at, Step.ACCEPT, {"new": True})
    order = await open_order(at, earlier)
    await tell_reporter(at.request, "request.accepted", at.now, {"order": str(order.id)})
    return stage


def is_about_an_office(request: ServiceRequest) -> bool:
    """回避: then no table hands it on, but a person; an emergency waits for nobody."""
    is_idle = request.historical or request.emergency
    return not is_idle and accuses_office(request.title, request.text, request.target)


async def accept_into(at: Deciding, like: LookAlike) -> RequestStage:
    """受理 and 并单: a repeat is never refused, and its reporter is told."""
    stage = await take(at, Step.ACCEPT, {"joins": like.order_id})
    reasons = tuple(like.likeness.reasons)
    other = like.request_id if like.request_id != at.request.id else None
    relation = like.likeness.relation
    await join_order(at, like.order_id, Tie(relation, reasons, other))
    again = relation is Relation.AGAIN
    await tell_reporter(
        at.request,
        "request.again" if again else "request.joined",
        at.now,
        {"order": str(like.order_id)},
    )
    return stage


async def refuse_at(at: Deciding, reason: str, refer_to: str) -> RequestStage:
    """不受理: always with the reason and where to go."""
    at.request.refuse_reason, at.request.refer_to = reason, refer_to[:200]
    stage = await take(at, Step.REFUSE, {"reason": reason, "refer_to": refer_to})
    await tell_reporter(at.request, "request.refused", at.now, {"reason": reason})
    return stage


async def triage_at(at: Deciding, cause: str) -> RequestStage:
    """A person must look; the terms keep running."""
    at.request.triage_cause = cause
    return await take(at, Step.TRIAGE, {"cause": cause})


async def fail(claimed: Claimed, error: BaseException, now: datetime) -> None:
    """Put a failed report back with a growing pause; after several tries a person sees it."""
    kind = type(error).__name__
    if claimed.attempts < MOST_ATTEMPTS:
        pause = FIRST_PAUSE * 2**claimed.attempts
        await ServiceRequest.filter(
            tenant_id=claimed.tenant_id, id=claimed.id, stage=RequestStage.RECEIVED.value
        ).update(leased_until=now + pause, failure=kind)
        return
    async with transaction():
        request = await locked_request(Target(claimed.tenant_id, claimed.id))
        if request.stage == RequestStage.RECEIVED:
            request.triage_cause, request.failure = "system.failed", kind
            stage = next_request_stage(RequestStage.RECEIVED, Step.TRIAGE)
            detail = {"cause": "system.failed", "error": kind}
            await save_request(RequestChange(request, SERVICE, now, stage, detail), Step.TRIAGE)


async def take(at: Deciding, step: Step, detail: dict[str, Any]) -> RequestStage:
    """The report leaves the intake: stage, event and terms of the deciding step."""
    request = at.request
    stage = next_request_stage(RequestStage(request.stage), step)
    request.decided_at, request.leased_until, request.failure = at.now, None, None
    seen = {"registered_at": request.registered_at, "policy": request.policy}
    await save_request(RequestChange(request, at.by, at.now, stage, {**seen, **detail}), step)
    if not request.historical:
        await stop_clocks(request.tenant_id, request.id, at.pack, step, at.now)
    return stage


def suggestion(one: LookAlike) -> dict[str, Any]:
    """As it is kept with the report and shown to whoever decides it."""
    like = asdict(one.likeness)
    return {
        "order": str(one.order_id),
        "number": one.order_number,
        "band": like["band"],
        "relation": like["relation"].value,
        "score": round(like["score"], 3),
        "reasons": list(like["reasons"]),
    }
