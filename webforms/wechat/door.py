"""/hooks/wechat/{account}: a message is stored before it is answered, and answered at once."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from hotline.lookups.wechat_account import Account, wechat_account
from hotline.rules.report import Delivery
from hotline.steps.hold import hold
from hotline.steps.wechat_store import Replayed, store
from webforms.body_limit import BodyTooLarge, BodyTooSlow
from webforms.wechat.answering import answered, worded
from webforms.wechat.cipher import NotOpened, opened, sealed
from webforms.wechat.messages import name_of, said_of
from webforms.wechat.signature import NotSigned, check, signature
from webforms.wechat.xml import NotXml, document, fields_of

MOST_BYTES: Final = 64 * 1024
SAID_NOTHING: Final = b"success"
AES: Final = "aes"

Query = Mapping[str, str]
Body = Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform gets."""

    status: int
    content: bytes
    kind: bytes = b"text/plain; charset=utf-8"

    def headers(self) -> list[tuple[bytes, bytes]]:
        """As they go over the wire."""
        length = b"%d" % len(self.content)
        fixed = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
        return [(b"content-type", self.kind), *fixed, (b"content-length", length)]


async def echo(request: Request) -> Response:
    """GET: the platform asks whether the address is ours."""
    now, query = datetime.now(UTC), dict(request.query_params)
    account = await wechat_account(request.path_params["account"])
    if account is None:
        return PlainTextResponse("unknown account", 404)
    try:
        _proved(account, query, now)
    except NotSigned as error:
        return PlainTextResponse(error.key, 401)
    return PlainTextResponse(query.get("echostr", ""), headers={"cache-control": "no-store"})


async def receive(request: Request) -> Response:
    """The door as an address among others; a message takes the short way (webforms.lanes)."""
    name, query = request.path_params["account"], request.scope["query_string"]
    answer = await deliver(name, query, request.body)
    response = Response(answer.content, answer.status)
    response.raw_headers = answer.headers()
    return response


async def deliver(name: str, query_string: bytes, body_of: Body) -> Answer:
    """One message of one account. What was rightly signed is stored or kept for a person."""
    now = datetime.now(UTC)
    account = await wechat_account(name)
    if account is None:
        return Answer(404, b"unknown account")
    try:
        return await _taken(account, _query(query_string), await body_of(), now)
    except (BodyTooLarge, BodyTooSlow) as error:
        return Answer(error.status_code, b"body")
    except (NotOpened, Replayed):
        return Answer(401, b"signature.wrong")
    except (NotSigned, NotXml) as error:
        return Answer(401 if isinstance(error, NotSigned) else 400, error.key.encode())


async def _taken(account: Account, query: Query, body: bytes, now: datetime) -> Answer:
    encrypted = _encrypted(account, query, body)
    account = _proved(account, query, now, encrypted)
    plain = opened(encrypted, account.aes_key, account.app_id) if encrypted else body
    try:
        fields = fields_of(plain)
        said = said_of(fields)
    except NotXml as error:
        held = Delivery(account.channel, query["nonce"][:128], plain)
        await hold(account.tenant_id, held, error.key, now)
        return Answer(200, SAID_NOTHING)  # kept for a person; a repeat would be no better
    where = (account.tenant_id, account.name)
    one = await store(where, name_of(fields), said, _nonce(query), now)
    reply = await answered(one, account, now) if one.same else None
    words = worded(reply) if reply else ""
    if not words:
        return Answer(200, SAID_NOTHING)
    return _wrapped(account, _said(fields, words, now), now)


def _proved(account: Account, query: Query, now: datetime, encrypted: str = "") -> Account:
    """The account with the secrets that the platform signed with: while they are changed over,
    those before too. It is answered with the same. NotSigned."""
    try:
        check(query, account.token, now, encrypted)
    except NotSigned:
        before = account.before(now)
        if before is None:
            raise
        check(query, before.token, now, encrypted)
        return before
    return account


def _encrypted(account: Account, query: Query, body: bytes) -> str:
    """What is to be opened, "" in plain mode. NotSigned, NotXml.

    An account in AES mode takes nothing in plain: somebody who knew but the token could send it.
    """
    if not account.aes_key:
        return ""
    if query.get("encrypt_type") != AES:
        raise NotSigned("encrypt_type", "signature.missing")
    encrypted = fields_of(body).get("Encrypt", "")
    if not encrypted:
        raise NotXml("body.not_a_message")
    return encrypted


def _said(fields: Mapping[str, str], words: str, now: datetime) -> bytes:
    return document(
        {
            "ToUserName": fields["FromUserName"],
            "FromUserName": fields.get("ToUserName", ""),
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": words,
        }
    )


def _wrapped(account: Account, said: bytes, now: datetime) -> Answer:
    kind = b"text/xml; charset=utf-8"
    if not account.aes_key:
        return Answer(200, said, kind)
    encrypted, timestamp = sealed(said, account.aes_key, account.app_id), int(now.timestamp())
    nonce = secrets.token_hex(8)
    signed = signature(account.token, str(timestamp), nonce, encrypted)
    wrapped: dict[str, str | int] = {"Encrypt": encrypted, "MsgSignature": signed}
    return Answer(200, document({**wrapped, "TimeStamp": timestamp, "Nonce": nonce}), kind)


def _nonce(query: Query) -> str:
    return f"{query['timestamp']}\n{query['nonce']}"


def _query(query_string: bytes) -> Query:
    try:
        said = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=16)
    except ValueError:
        raise NotSigned("signature", "signature.missing") from None
    return dict(said)
