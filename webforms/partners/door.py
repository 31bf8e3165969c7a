"""POST /hooks/partner/{name}: a platform's delivery is stored before it is answered, in its form.

What is rightly signed is registered or kept sealed for a person; docs/partners.md.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, DeliveryConflict
from hotline.lookups.channel import HookSender, sender
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.documents import KINDS, NotAnObject
from hotline.rules.partner import Answers, Profile, Said
from hotline.rules.partner_profile import profile
from hotline.rules.partner_proof import NotProved, Received, check, check_address
from hotline.rules.partner_reading import SHANGHAI, Translated, translated
from hotline.rules.partner_words import answered
from hotline.rules.report import Delivery
from hotline.rules.terms import ActorKind, Role
from hotline.steps.attempt import Bucket, Limit, counted
from hotline.steps.hold import hold
from hotline.steps.intake_rows import body_hash
from hotline.steps.partner_files import keep_addresses
from hotline.steps.partner_numbers import keep_numbers
from hotline.steps.register import Receipt, register
from hotline.steps.repair import made_into
from webforms.body_limit import BodyTooLarge, BodyTooSlow
from webforms.hooks import signature as standard
from webforms.partners.reading import document_of, meaning, report_of
from webforms.texts import has_text, text
from workers.queues import INTAKE, nudge

MOST_BYTES: Final = 1024 * 1024
REFUSED: Final = "delivery.bad_fields"
OTHER_BODY: Final = "delivery.other_body"
MOST_QUERY: Final = 64
# what nobody can prove, because it cannot be read, is kept so often a day and no oftener
UNPROVED: Final = Limit(50, timedelta(days=1))

Body = Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Knock:
    """What is known before the body is read."""

    headers: Sequence[tuple[bytes, bytes]]
    query: bytes
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform gets; never to be cached."""

    status: int
    content: bytes
    kind: str = "text/plain; charset=utf-8"

    def headers(self) -> list[tuple[bytes, bytes]]:
        """As they go over the wire."""
        fixed = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
        length = b"%d" % len(self.content)
        return [(b"content-type", self.kind.encode()), *fixed, (b"content-length", length)]


@dataclass(frozen=True, slots=True)
class Coming:
    """One delivery that is proved, with all that is known of its sender."""

    found: HookSender
    spoken: Profile
    body: bytes
    given: dict[str, Any]
    now: datetime

    def delivery(self, delivery_id: str) -> Delivery:
        """Known again by what it means; kept as it lay on the wire."""
        same = meaning(self.given, self.spoken.proof) if self.given else self.body
        delivery_id = delivery_id or f"body:{body_hash(self.found.tenant_id, same).hex()}"
        return Delivery(f"partner:{self.found.name}", delivery_id, same, sent=self.body)


async def receive(request: Request) -> Response:
    """The door as an address among others; a delivery takes the short way (webforms.lanes)."""
    scope, client = request.scope, request.client
    knock = Knock(scope["headers"], scope["query_string"], client.host if client else "")
    answer = await deliver(request.path_params["name"], knock, request.body)
    response = Response(answer.content, answer.status)
    response.raw_headers = answer.headers()
    return response


async def deliver(name: str, knock: Knock, body_of: Body) -> Answer:
    """One delivery of one platform."""
    now = datetime.now(UTC)
    found = await sender(name)
    if found is None or not found.profile:
        return Answer(404, b"unknown partner")
    spoken = profile(found.profile)
    try:
        check_address(spoken.proof, knock.address)
        return await _proved(Coming(found, spoken, await body_of(), {}, now), knock)
    except (BodyTooLarge, BodyTooSlow) as error:
        key = "body.too_large" if isinstance(error, BodyTooLarge) else "body.too_slow"
        return refused(spoken, key, error.status_code)
    except (NotProved, standard.NotSigned) as error:
        return refused(spoken, error.key)


async def _proved(coming: Coming, knock: Knock) -> Answer:
    """NotProved, NotSigned."""
    proof = coming.spoken.proof
    try:
        given = document_of(coming.spoken, coming.body)
    except NotAnObject as error:
        if proof.place == "body" and proof.scheme != "standard-webhooks":
            await _check_rare(coming)
        else:
            _check(coming, knock, {})
        return await _held(coming, Translated("", {}, {}, {}), error.key)
    _check(coming, knock, given)
    return await _taken(Coming(coming.found, coming.spoken, coming.body, given, coming.now))


def _check(coming: Coming, knock: Knock, given: dict[str, Any]) -> None:
    proof, secrets = coming.spoken.proof, coming.found.secrets(coming.now)
    if proof.scheme == "standard-webhooks":
        standard.check(standard.signed(knock.headers), coming.body, secrets, coming.now)
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in knock.headers}
    received = Received(headers, _query(knock.query), coming.body, given)
    check(proof, received, secrets, coming.now)


async def _check_rare(coming: Coming) -> None:
    """The signature lies in what cannot be read. NotProved once too much of that has come."""
    bucket = Bucket(coming.found.tenant_id, "partner_unread", coming.found.name)
    if await counted(bucket, UNPROVED, coming.now) > UNPROVED.most:
        raise NotProved("signature.missing")


async def _taken(coming: Coming) -> Answer:
    found, now = coming.found, coming.now
    said = translated(coming.given, coming.spoken)
    delivery = coming.delivery(said.id)
    try:
        pack = (await packs()).pack(found.jurisdiction)
        report = report_of(said, found, pack, now)
        receipt = await register(report, delivery, by=actor_of(found), now=now)
    except BadReport:
        return await _held(coming, said, REFUSED)
    except DeliveryConflict:
        return _worded(coming.spoken, "held", said, REFUSED if not said.id else OTHER_BODY)
    at = (found.tenant_id, receipt.request_id, delivery.channel)
    await keep_numbers(*at, said.numbers, now)
    await keep_addresses(*at, said.files, now)
    nudge(INTAKE)
    return _receipt(coming.spoken, said, receipt)


async def _held(coming: Coming, said: Translated, reason: str) -> Answer:
    """Kept for a person; once one has made a report of it, a repeat hears of that."""
    delivery = coming.delivery(said.id)
    made = await made_into(coming.found.tenant_id, delivery)
    if made is not None:
        return _receipt(coming.spoken, said, made)
    await hold(coming.found.tenant_id, delivery, reason, coming.now)
    return _worded(coming.spoken, "held", said, reason)


def refused(spoken: Profile, key: str, status: int = 0) -> Answer:
    """Not let in, or not read; nothing is kept and the sender knows."""
    said = spoken.answers.refused
    values = {**_values(Translated("", {}, {}, {})), "reason": worded(key)}
    return _said(spoken.answers, Said(said.body, status or said.status), values)


def _receipt(spoken: Profile, said: Translated, receipt: Receipt) -> Answer:
    """The same for ever: number and time are those of the first."""
    at = receipt.registered_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    values = {**_values(said), "number": receipt.number, "at": at}
    return _said(spoken.answers, spoken.answers.taken, values)


def _worded(spoken: Profile, name: str, said: Translated, key: str) -> Answer:
    values = {**_values(said), "reason": worded(key)}
    return _said(spoken.answers, getattr(spoken.answers, name), values)


def _values(said: Translated) -> dict[str, str]:
    foreign = str(said.given.get("foreign_number") or "")
    return dict.fromkeys(("number", "at", "reason", "account"), "") | {
        "id": said.id,
        "foreign_number": foreign,
    }


def _said(answers: Answers, said: Said, values: dict[str, str]) -> Answer:
    return Answer(said.status, answered(answers, said, values), KINDS[answers.form])


def worded(key: str) -> str:
    """A message key in words, for whoever looks after the other side."""
    for family in ("partners.door", "hooks", "faults"):
        if has_text(f"{family}.{key}"):
            return text(f"{family}.{key}")
    return key


def actor_of(found: HookSender) -> Actor:
    """Who registers."""
    return Actor(ActorKind.PARTNER, found.name, frozenset({Role.MACHINE}))


def _query(query: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(query.decode("latin-1"), max_num_fields=MOST_QUERY))
    except ValueError:
        return {}
