"""进度: what a reporter may know of the own report, by number and query code alone.

A wrong code and an unknown number are one refusal and cost the same work. Nothing here comes from
the report's own words, nor tells how many others complained.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.accepting import TakenBy, taken_by
from hotline.lookups.asked_back import question
from hotline.lookups.extensions import ToldOf, told_of
from hotline.lookups.forwarding import Whereto, forwarded
from hotline.lookups.reviews import OwnReviews, own_reviews
from hotline.policy.pack import Pack
from hotline.policy.store import Packs, packs
from hotline.records import ServiceRequest, Vault
from hotline.records.sealing import UnreadableError, code_hash, open_envelope
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import REQUEST_MOVES
from hotline.rules.terms import ActorKind, RequestStage, Step

NOBODY: Final = bytes(32)
TOLD: Final = frozenset(
    {
        Step.REGISTER, Step.TRIAGE, Step.ACCEPT, Step.REFUSE, Step.ANSWER_ON_SPOT, Step.ANSWER,
        Step.REDO, Step.CLOSE, Step.WITHDRAW, Step.SUPPLEMENT, Step.FOLLOW_UP,
        Step.DISPATCH, Step.SIGN, Step.EXTEND, Step.SPLIT, Step.UNMERGE,
        Step.FORWARD, Step.HAND_ON, Step.CONFIRM_FORWARD, Step.TAKE_BACK,
        Step.ASK_REVIEW, Step.REVIEW,
    }
)  # fmt: skip
# the rest stands in the report's own chain
OF_ORDER: Final = frozenset({Step.DISPATCH, Step.SIGN, Step.EXTEND})
OPEN: Final = frozenset(
    {RequestStage.RECEIVED, RequestStage.TRIAGE, RequestStage.ACCEPTED, RequestStage.ANSWERED}
)

HISTORY: Final = """
SELECT step, department, at, 1 AS chain, seq FROM event
WHERE tenant_id = $1 AND aggregate = 'request' AND aggregate_id = $2
UNION ALL
SELECT e.step, coalesce(d.detail ->> 'lead', e.department), e.at, 2, e.seq
FROM event e
JOIN membership m ON m.tenant_id = $1 AND m.request_id = $2
JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id
  AND (m.to_at IS NULL OR o.stage = 'merged')
LEFT JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
WHERE e.tenant_id = $1 AND e.aggregate = 'order' AND e.aggregate_id = m.order_id
  AND e.at >= m.from_at AND e.at < coalesce(m.to_at, 'infinity') AND e.step = ANY($3)
ORDER BY at, chain, seq
"""
ORDER: Final = """
SELECT o.id, o.number, o.stage, o.lead, o.answered_at, t.text AS reply FROM membership m
JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
LEFT JOIN LATERAL (SELECT text FROM order_text t WHERE t.tenant_id = o.tenant_id
  AND t.order_id = o.id AND t.kind = 'reply' AND t.approved_at IS NOT NULL
  ORDER BY t.version DESC LIMIT 1) t ON true
WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL
"""
TERMS: Final = """
SELECT scheme, due_on, provisional FROM clock
WHERE tenant_id = $1 AND holder_id = ANY($2) AND stopped_at IS NULL ORDER BY due_at
"""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that happened."""

    step: Step
    at: datetime
    department: str


@dataclass(frozen=True, slots=True)
class Term:
    """One running term."""

    name: str
    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating already given on the answer that stands."""

    score: int
    solved: bool
    wants_redo: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One report as its reporter sees it. `may` holds the steps open to the reporter now."""

    tenant_id: str
    request_id: UUID
    number: str
    registered_at: datetime
    stage: RequestStage
    place: str
    department: str
    milestones: tuple[Milestone, ...]
    terms: tuple[Term, ...]
    extended: tuple[ToldOf, ...]
    whereto: Whereto | None
    taken_by: TakenBy | None
    reviews: OwnReviews
    card: str
    question: str = field(repr=False)
    reply: str = field(repr=False)
    refusal: str
    refer_to: str
    supplements: tuple[tuple[datetime, str], ...] = field(repr=False)
    rated: Rated | None
    may: frozenset[Step]

    @property
    def reporter(self) -> Actor:
        """Whoever knows the code acts as the reporter of this report."""
        return Actor(ActorKind.REPORTER, str(self.request_id))


async def progress(number: str, code: str) -> Progress:
    """NotFound for a wrong code as for an unknown number. Counting the tries is the door's."""
    known = await packs()
    tenant_id = known.tenant_of_number(number)
    request_id = await _proved(tenant_id, number, code)
    request = await ServiceRequest.get(tenant_id=tenant_id, id=request_id)
    return await progress_of(request, known)


async def progress_of(request: ServiceRequest, known: Packs) -> Progress:
    """What its reporter may know of it; whoever asks has been proved to be allowed to."""
    order = await row(ORDER, request.tenant_id, request.id)
    pack = known.pack(request.jurisdiction)
    stage, rated = RequestStage(request.stage), await _rated(request, order)
    return Progress(
        tenant_id=request.tenant_id,
        request_id=request.id,
        number=request.number,
        registered_at=request.registered_at,
        stage=stage,
        place=_place(pack, request),
        department=_department(pack, order["lead"]) if order else "",
        milestones=await _milestones(request, pack),
        terms=await _terms(request, order, pack),
        extended=await told_of(request.tenant_id, request.id),
        whereto=await forwarded(request.tenant_id, request.id),
        taken_by=await taken_by(pack, request),
        card=request.card or "",
        reviews=await own_reviews(pack, request.tenant_id, request.id, stage),
        question=await question(request.tenant_id, request.id),
        reply=await _reply(request, order),
        refusal=pack.acceptance.reason(request.refuse_reason).text if request.refuse_reason else "",
        refer_to=request.refer_to,
        supplements=await _supplements(request),
        rated=rated,
        may=_may(stage, order, rated),
    )


async def _proved(tenant_id: str, number: str, code: str) -> UUID:
    found = await row(
        "SELECT id, code_hash FROM service_request WHERE tenant_id = $1 AND number = $2",
        tenant_id,
        number,
    )
    stored = bytes(found["code_hash"] or NOBODY) if found else NOBODY
    right = hmac.compare_digest(stored, code_hash(tenant_id, number, code))
    if found is None or not right:
        raise NotFound("report")
    request_id: UUID = found["id"]
    return request_id


async def _milestones(request: ServiceRequest, pack: Pack) -> tuple[Milestone, ...]:
    of_order = [step.value for step in OF_ORDER]
    found = await rows(HISTORY, request.tenant_id, request.id, of_order)
    told = [one for one in found if one["step"] in TOLD]
    return tuple(
        Milestone(Step(one["step"]), one["at"], _shown_department(pack, one))
        for at, one in enumerate(told)
        if one["step"] != Step.UNMERGE or _corrects(told[:at])
    )


def _corrects(before: list[dict[str, Any]]) -> bool:
    """Orders may come and go; a reporter is told when an answer was not to the own matter."""
    return any(one["step"] == Step.ANSWER for one in before)


def _shown_department(pack: Pack, one: dict[str, Any]) -> str:
    return _department(pack, one["department"]) if one["step"] in OF_ORDER else ""


def _department(pack: Pack, code: str | None) -> str:
    names = {department.code: department.name for department in pack.departments}
    return names.get(code or "", "")


def _place(pack: Pack, request: ServiceRequest) -> str:
    code = request.township or request.county or request.chosen_township or request.chosen_county
    return pack.gazetteer.label(code) if code else ""


async def _terms(
    request: ServiceRequest, order: dict[str, Any] | None, pack: Pack
) -> tuple[Term, ...]:
    """Duties towards the reporter; a department's own right to object is not one."""
    names = {scheme.code: scheme.name for scheme in pack.schemes if not scheme.is_right}
    holders = [request.id, *([order["id"]] if order else [])]
    found = await rows(TERMS, request.tenant_id, holders)
    return tuple(
        Term(names[one["scheme"]], one["due_on"], one["provisional"])
        for one in found
        if one["scheme"] in names
    )


async def _reply(request: ServiceRequest, order: dict[str, Any] | None) -> str:
    """What was answered to this reporter; nothing before it was approved."""
    if request.stage == RequestStage.ANSWERED_ON_SPOT:
        return await _spot_answer(request)
    answered = request.stage in (RequestStage.ANSWERED, RequestStage.CLOSED)
    return str(order["reply"] or "") if order and answered else ""


async def _spot_answer(request: ServiceRequest) -> str:
    vault = await Vault.get(tenant_id=request.tenant_id, id=request.id)
    if vault.answer is None:
        return ""
    try:
        envelope = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
        return envelope.unseal("answer", vault.answer).decode()
    except UnreadableError:  # erased: the reporter asked for it
        return ""


async def _supplements(request: ServiceRequest) -> tuple[tuple[datetime, str], ...]:
    found = await rows(
        "SELECT at, text FROM supplement WHERE tenant_id = $1 AND request_id = $2 ORDER BY at",
        request.tenant_id,
        request.id,
    )
    return tuple((one["at"], one["text"]) for one in found)


async def _rated(request: ServiceRequest, order: dict[str, Any] | None) -> Rated | None:
    if order is None or order["answered_at"] is None:
        return None
    found = await row(
        "SELECT score, solved, wants_redo FROM feedback WHERE tenant_id = $1 AND request_id = $2"
        " AND at >= $3 AND NOT by_default ORDER BY at DESC LIMIT 1",
        request.tenant_id,
        request.id,
        order["answered_at"],
    )
    return Rated(**found) if found else None


def _may(stage: RequestStage, order: dict[str, Any] | None, rated: Rated | None) -> frozenset[Step]:
    own = {step for step in (Step.WITHDRAW,) if (stage, step) in REQUEST_MOVES}
    if stage in OPEN:
        own.add(Step.SUPPLEMENT)
    if order and not rated and (stage, Step.FOLLOW_UP) in REQUEST_MOVES:
        own.add(Step.FOLLOW_UP)
    return frozenset(own)
