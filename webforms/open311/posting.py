"""POST requests.{fmt}: a report by a key that may; registered before it is answered."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound, StepRefused
from hotline.lookups.api_key import KeyHolder
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.report import Delivery
from hotline.rules.terms import Scope
from hotline.steps.add_file import add_file
from hotline.steps.attach import SentFile
from hotline.steps.hold import hold
from hotline.steps.intake_rows import body_hash
from hotline.steps.register import Receipt, register
from hotline.steps.transition import Target
from webforms.machines import bearer, idempotency_key, let_in, packs_within
from webforms.open311.answers import TYPES, Said, written
from webforms.open311.door import both
from webforms.open311.reading import KEY, Posted, report_of
from webforms.open311.tokens import token_of
from webforms.submissions import Form, read_form
from webforms.uploads import one
from webforms.visit import current
from workers.queues import INTAKE, nudge

MOST_FILES: Final = 3
MOST_BYTES: Final = 64 * 1024 * 1024
PRIVATE: Final = {"cache-control": "no-store"}


async def file_request(request: Request) -> Response:
    """登记. A token, for the number of a public matter is drawn when it is made public."""
    if request.path_params["fmt"] not in TYPES:
        raise HTTPException(404)
    try:
        return await _filed(request, await read_form(request, most_files=MOST_FILES))
    finally:
        await request.close()  # its pictures


async def _filed(request: Request, form: Form) -> Response:
    key = form.raw(KEY) or request.query_params.get(KEY, "") or bearer(request)
    holder = await let_in(key.strip(), Scope.OPEN311_WRITE)
    posted = Posted.of(form.fields, _query(request))
    receipt = await _registered(request, posted, holder)
    refused = await _with_pictures(receipt, holder, form)
    nudge(INTAKE)
    return _answer(request, posted, receipt, refused)


async def _registered(request: Request, posted: Posted, holder: KeyHolder) -> Receipt:
    now, content = current().now, posted.canonical()
    delivery = Delivery(holder.channel, _id(request, content, holder), content)
    try:
        pack = await _pack(posted.first("jurisdiction_id"), holder)
        report = report_of(posted, _within(pack, holder), pack, now)
    except BadReport:
        await hold(holder.tenant_id, delivery, "delivery.bad_fields", now)
        raise
    return await register(report, delivery, by=holder.actor, now=now)


async def _pack(asked: str, holder: KeyHolder) -> Pack:
    """The key's own jurisdiction, or a narrower one that was asked for."""
    known = await packs()
    own = known.pack(holder.jurisdiction)
    if asked and asked not in packs_within(known, own):
        raise NotFound("jurisdiction")
    return known.pack(asked or own.code)


def _within(pack: Pack, holder: KeyHolder) -> KeyHolder:
    """The key as one of this jurisdiction, which it nearly always is."""
    own = pack.code == holder.jurisdiction
    return holder if own else replace(holder, jurisdiction=pack.code)


def _id(request: Request, content: bytes, holder: KeyHolder) -> str:
    """The sender's own id; without one the same content on the same day is the same report."""
    said = idempotency_key(request)
    if said:
        return f"open311:{said}"
    day = current().now.astimezone(SHANGHAI).date()
    return f"open311:{day}:{body_hash(holder.tenant_id, content).hex()}"


async def _with_pictures(receipt: Receipt, holder: KeyHolder, form: Form) -> int:
    """The report stands whatever its pictures are; the number of those that were refused."""
    refused, target = 0, Target(holder.tenant_id, receipt.request_id)

    async def keep(sent: SentFile) -> None:
        await add_file(target, sent, by=holder.actor, now=current().now)

    for part in _uploads(form):
        try:
            await one(part, keep)
        except StepRefused as error:
            refused += error.key != "file.twice"
    return refused


def _uploads(form: Form) -> Iterable[UploadFile]:
    return [part for parts in form.files.values() for part in parts if part.filename]


def _query(request: Request) -> dict[str, list[str]]:
    if not request.scope["query_string"]:
        return {}
    asked = request.query_params
    return {name: asked.getlist(name) for name in asked}


def _answer(request: Request, posted: Posted, receipt: Receipt, refused: int) -> Response:
    notice = both("open311.registered", number=receipt.number)
    if refused:
        notice = f"{notice} {both('open311.pictures_refused', n=refused)}"
    told = {
        "token": token_of(receipt.number),
        "service_notice": notice,
        "account_id": posted.first("account_id") or None,
    }
    return written(request, Said("service_requests", [told], headers=PRIVATE))
