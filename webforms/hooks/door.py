"""POST /hooks/{channel}: a signed report is registered before it is answered; docs/webhook.md."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, DeliveryConflict
from hotline.lookups.channel import HookSender, sender
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.documents import NotAnObject, json_object
from hotline.rules.report import Delivery
from hotline.rules.terms import ActorKind, Role
from hotline.steps.hold import hold
from hotline.steps.register import Receipt, register
from webforms.body_limit import BodyTooLarge, BodyTooSlow
from webforms.hooks.reading import read
from webforms.hooks.signature import NotSigned, Signed, check, signed
from webforms.texts import has_text, text
from workers.queues import INTAKE, nudge

MOST_BYTES: Final = 256 * 1024
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
REFUSED: Final = "delivery.bad_fields"
ALWAYS: Final = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)

Headers = Sequence[tuple[bytes, bytes]]
Body = Callable[[], Awaitable[bytes]]  # read only once the sender is known
Taking = Callable[[HookSender, Signed, bytes, datetime], Awaitable["Answer"]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sender gets: JSON, never to be cached."""

    status: int
    content: bytes
    more: Headers = ()

    def headers(self) -> list[tuple[bytes, bytes]]:
        """As they go over the wire."""
        return [*ALWAYS, *self.more, (b"content-length", b"%d" % len(self.content))]


async def receive(request: Request) -> Response:
    """The door as an address among others; a delivery takes the short way (webforms.lanes)."""
    answer = await deliver(request.path_params["channel"], request.scope["headers"], request.body)
    response = Response(answer.content, answer.status)
    response.raw_headers = answer.headers()
    return response


async def deliver(channel: str, headers: Headers, body_of: Body) -> Answer:
    """One delivery of one sender. What was rightly signed is registered or kept for a person."""
    return await checked(channel, headers, body_of, _taken)


async def checked(channel: str, headers: Headers, body_of: Body, taken: Taking) -> Answer:
    """Whoever did not sign it, or not now, is refused; the rest is taken."""
    now = datetime.now(UTC)
    found = await sender(channel)
    if found is None or found.profile:  # a platform has a door of its own tongue
        return refusal(404, {"channel": "channel.unknown"})
    try:
        said = signed(headers)
        body = await body_of()
        check(said, body, found.secrets(now), now)
    except BodyTooLarge:
        return refusal(413, {"body": "body.too_large"})
    except BodyTooSlow:
        return refusal(408, {"body": "body.too_slow"})
    except NotSigned as error:
        return refusal(401, {error.field: error.key})
    return await taken(found, said, body, now)


async def _taken(found: HookSender, said: Signed, body: bytes, now: datetime) -> Answer:
    delivery = Delivery(f"hook:{found.name}", said.id, body)
    try:
        pack = (await packs()).pack(found.jurisdiction)
        report = read(json_object(body), found, pack, now)
        receipt = await register(report, delivery, by=_actor(found.name), now=now)
    except NotAnObject as error:
        await hold(found.tenant_id, delivery, error.key, now)
        return refusal(400, {"body": error.key})
    except BadReport as error:
        await hold(found.tenant_id, delivery, REFUSED, now)
        return refusal(422, error.errors)
    except DeliveryConflict:
        return refusal(409, {"webhook-id": "delivery.other_body"})
    nudge(INTAKE)
    return Answer(200, receipt_of(receipt))


def receipt_of(receipt: Receipt) -> bytes:
    """The answer, the same for ever: never with a query code."""
    at = receipt.registered_at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
    return f'{{"number":"{receipt.number}","registered_at":"{at}","status":"registered"}}'.encode()


def refusal(status: int, faults: dict[str, str]) -> Answer:
    """Field, code and wording of everything that is wrong."""
    return refusal_in_words(status, [(name, code, _worded(code)) for name, code in faults.items()])


def refusal_in_words(status: int, faults: Sequence[tuple[str, str, str]]) -> Answer:
    """Field, code and wording of each fault, as JSON."""
    errors = [dict(zip(("field", "code", "message"), fault, strict=True)) for fault in faults]
    said = json.dumps({"errors": errors}, ensure_ascii=False, separators=(",", ":"))
    return Answer(status, said.encode())


def _worded(code: str) -> str:
    return text(f"hooks.{code}" if has_text(f"hooks.{code}") else f"faults.{code}")


@lru_cache(maxsize=64)
def _actor(name: str) -> Actor:
    return Actor(ActorKind.PARTNER, name, frozenset({Role.MACHINE}))
