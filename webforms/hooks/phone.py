"""POST /hooks/phone/{line}: one event of a phone system, stored before it is answered."""

import asyncio
import base64
import binascii
import json
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, DeliveryConflict
from hotline.lookups.channel import HookSender
from hotline.policy.store import packs
from hotline.rules.documents import NotAnObject, json_object
from hotline.rules.phone import Told
from hotline.rules.report import Delivery
from hotline.rules.terms import Channel
from hotline.steps.hold import hold
from hotline.steps.phone_event import Line, PhoneTold, Taken, take_event
from webforms.hooks.door import REFUSED, Answer, Body, Headers, checked, refusal
from webforms.hooks.fields import Fields
from webforms.hooks.signature import Signed

MOST_BYTES: Final = 28 * 1024 * 1024  # a recording of 20 MB in base64
LARGE: Final = 256 * 1024  # beyond it the loop is spared the reading
LONGEST_REFERENCE, LONGEST_NUMBER, LONGEST_EXTENSION = 128, 40, 32


async def receive(request: Request) -> Response:
    """The door as an address among others; an event takes the short way (webforms.lanes)."""
    name, headers = request.path_params["line"], request.scope["headers"]
    answer = await deliver(name, headers, request.body)
    response = Response(answer.content, answer.status)
    response.raw_headers = answer.headers()
    return response


async def deliver(name: str, headers: Headers, body_of: Body) -> Answer:
    """One event of one line; docs/phone.md."""
    return await checked(name, headers, body_of, _taken)


async def _taken(found: HookSender, said: Signed, body: bytes, now: datetime) -> Answer:
    if found.kind is not Channel.PHONE:
        return refusal(404, {"channel": "channel.unknown"})
    terms = (await packs()).pack(found.jurisdiction).line
    line = Line(found.tenant_id, found.jurisdiction, found.name, terms)
    delivery = Delivery(f"phone:{found.name}"[:64], said.id, body)
    try:
        told = await _read(body, now)
        taken = await take_event(line, said.id, body, told, now)
    except NotAnObject as error:
        await hold(found.tenant_id, delivery, error.key, now)
        return refusal(400, {"body": error.key})
    except BadReport as error:
        await hold(found.tenant_id, delivery, REFUSED, now)
        return refusal(422, error.errors)
    except DeliveryConflict:
        await hold(found.tenant_id, delivery, "delivery.other_body", now)
        return refusal(409, {"webhook-id": "delivery.other_body"})
    if taken.fault:
        await hold(found.tenant_id, delivery, taken.fault, now)
    return _said(taken)


def _said(taken: Taken) -> Answer:
    said = {"status": "taken", **({"recording": taken.fault} if taken.fault else {})}
    return Answer(200, json.dumps(said, separators=(",", ":")).encode())


async def _read(body: bytes, now: datetime) -> PhoneTold:
    if len(body) > LARGE:
        return await asyncio.to_thread(told_of, body, now)
    return told_of(body, now)


def told_of(body: bytes, now: datetime) -> PhoneTold:
    """BadReport names every field that is wrong; a field that is none of ours is let go."""
    given = json_object(body)
    fields = Fields(given)
    recording = fields.inner("recording")
    told = PhoneTold(
        kind=fields.term("event", Told, Told.RECORDING),
        reference=fields.word("call", LONGEST_REFERENCE),
        at=fields.moment("at", now) or now,
        extension=fields.word("extension", LONGEST_EXTENSION),
        caller=fields.word("caller", LONGEST_NUMBER),
        displayed=fields.word("called", LONGEST_NUMBER),
        recording=_content(recording),
        kept_as=recording.word("reference", LONGEST_REFERENCE),
    )
    for name in ("event", "call", "at"):
        if given.get(name) in (None, ""):
            fields.fault(name, "field.missing")
    if given.get("event") == Told.RECORDING and not (told.recording or told.kept_as):
        recording.fault("content", "field.missing")
    if found := recording.faults | fields.faults:
        raise BadReport(found)
    return told


def _content(recording: Fields) -> bytes:
    """Base64, as JSON carries bytes."""
    try:
        return base64.b64decode(recording.text("content"), validate=True)
    except (binascii.Error, ValueError):
        recording.fault("content", "field.not_base64")
        return b""
