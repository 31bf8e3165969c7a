"""/api/v1/reports: register, add facts and files, take back, follow one's own reports."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, StepRefused
from hotline.lookups.api_key import KeyHolder
from hotline.lookups.own_reports import OwnReport, own_progress, own_report
from hotline.lookups.progress import Progress
from hotline.policy.store import packs
from hotline.rules.attachments.found import LARGEST_FILE
from hotline.rules.clocks import SHANGHAI
from hotline.rules.documents import NotAnObject, json_object
from hotline.rules.report import LONGEST_TEXT, SHORTEST_TEXT
from hotline.rules.storable import storable
from hotline.rules.terms import RequestStage
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.add_file import add_file
from hotline.steps.attach import SentFile
from hotline.steps.once import once
from hotline.steps.prove_card import prove_for
from hotline.steps.register import register
from hotline.steps.supplement import supplement
from hotline.steps.transition import Target
from hotline.steps.withdraw import withdraw
from webforms.api.door import JSON_TYPE, PRIVATE, json_answer, json_body, kept_if_bad, sent, word
from webforms.hooks.door import receipt_of
from webforms.hooks.reading import read
from webforms.uploads import one
from webforms.visit import current
from workers.queues import INTAKE, nudge

REPORTS: Final = "/api/v1/reports"
PART: Final = "file"
MOST_BYTES: Final = LARGEST_FILE + 64 * 1024


async def take(request: Request, holder: KeyHolder) -> Response:
    """登记: the same id and body get the same answer for ever."""
    said, now = await sent(request, holder), current().now
    delivery = said.delivery("report")
    try:
        pack = (await packs()).pack(holder.jurisdiction)
        report = read(json_object(said.body), holder, pack, now)
    except (NotAnObject, BadReport) as error:
        await kept_if_bad(delivery, holder, error)
        raise
    receipt = await register(report, delivery, by=holder.actor, now=now)
    nudge(INTAKE)
    headers = {**PRIVATE, "location": f"{REPORTS}/{receipt.number}"}
    return Response(receipt_of(receipt), 201, headers, JSON_TYPE)


async def show(request: Request, holder: KeyHolder) -> Response:
    """进度: as the reporter would see it; what the reporter wrote does not come back."""
    return json_answer(_told(await own_progress(holder, request.path_params["number"])))


async def add_facts(request: Request, holder: KeyHolder) -> Response:
    """补充."""
    said, now = await sent(request, holder), current().now
    number = request.path_params["number"]
    own = await own_report(holder, number)
    delivery = said.delivery("supplement", of=number)
    try:
        text = storable(word(json_object(said.body), "text"))
        _check_length("text", text, LONGEST_TEXT)
    except (NotAnObject, BadReport) as error:
        await kept_if_bad(delivery, holder, error)
        raise

    async def add() -> None:
        await supplement(_target(own), text, by=holder.actor, now=now)

    await once(_target(own), delivery, add, now)
    return json_answer({"number": number, "status": "added"}, 201)


async def add_attachment(request: Request, holder: KeyHolder) -> Response:
    """补充附件: the same file twice is one, with the same answer."""
    number = request.path_params["number"]
    own = await own_report(holder, number)
    told: dict[str, object] = {"number": number, "status": "kept"}

    async def keep(sent: SentFile) -> None:
        told.update(sha256=sha256(sent.content).hexdigest(), size=len(sent.content))
        await add_file(_target(own), sent, by=holder.actor, now=current().now)

    async with _part(request) as part:
        try:
            await one(part, keep)
        except StepRefused as error:
            if error.key != "file.twice":
                values = {**error.values, "file": part.filename or ""}
                raise StepRefused(error.key, **values) from error
    return json_answer(told, 201)


async def take_back(request: Request, holder: KeyHolder) -> Response:
    """撤回诉求: taken back already is taken back."""
    number = request.path_params["number"]
    own = await own_report(holder, number)
    reason = storable(word(json_object(await json_body(request)), "reason"))
    _check_length("reason", reason, LONGEST_REASON)
    try:
        await withdraw(_target(own), reason, by=holder.actor, now=current().now)
    except StepRefused:
        if (await own_report(holder, number)).stage is not RequestStage.WITHDRAWN:
            raise
    return json_answer({"number": number, "status": "withdrawn"})


async def show_card(request: Request, holder: KeyHolder) -> Response:
    """出示监督员证: the role is kept, the card's number is not."""
    number = request.path_params["number"]
    own = await own_report(holder, number)
    typed = storable(word(json_object(await json_body(request)), "card"))
    await prove_for(_target(own), typed, by=holder.actor, now=current().now)
    return json_answer({"number": number, "status": "proved"})


def _target(own: OwnReport) -> Target:
    return Target(own.tenant_id, own.id)


def _check_length(name: str, words: str, most: int) -> None:
    """Of what was sent: what cannot be seen is taken out only afterwards."""
    if len(words.strip()) < SHORTEST_TEXT:
        raise BadReport({name: f"{name}.too_short"})
    if len(words) > most:
        raise BadReport({name: f"{name}.too_long"})


@asynccontextmanager
async def _part(request: Request) -> AsyncIterator[UploadFile]:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415)
    async with request.form(max_files=1, max_fields=1) as form:
        part = form.get(PART)
        if not isinstance(part, UploadFile):
            raise BadReport({PART: "file.missing"})
        yield part


def _told(found: Progress) -> Mapping[str, Any]:
    return {
        "number": found.number,
        "stage": found.stage.value,
        "registered_at": _moment(found.registered_at),
        "place": found.place,
        "department": found.department,
        "milestones": [
            {"step": one.step.value, "at": _moment(one.at), "department": one.department}
            for one in found.milestones
        ],
        "terms": [
            {"name": one.name, "due_on": one.due_on.isoformat(), "provisional": one.provisional}
            for one in found.terms
        ],
        "reply": found.reply,
        "refusal": found.refusal,
        "refer_to": found.refer_to,
        "supplements": len(found.supplements),
        "may": sorted(step.value for step in found.may),
    }


def _moment(at: Any) -> str:
    return str(at.astimezone(SHANGHAI).isoformat(timespec="milliseconds"))
