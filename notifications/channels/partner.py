"""回调: one of our steps told to a platform, signed as it wants and judged by its own answer.

The error names the platform and a code, never a number or the words.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

import httpx

from hotline.rules.documents import KINDS, NotAnObject, compact, document, written
from hotline.rules.message import Failed, Outcome, Outgoing, Sent
from hotline.rules.partner import Calls, Proof
from hotline.rules.partner_call import Call
from hotline.rules.partner_proof import signed_text, sortable, time_said
from hotline.rules.partner_words import filled
from hotline.rules.signing import in_order
from hotline.rules.standard_webhooks import sign
from notifications import wire

ROUTE: Final = "partner"
VERSION: Final = 1  # of its own form; nothing here is worded by us
LONGEST_CODE: Final = 40


async def send(outgoing: Outgoing, now: datetime, within: Collection[str]) -> Outcome:
    """Taken by the platform, or not yet, or never: then a person sees it."""
    call = outgoing.call
    assert call is not None
    values = _values(outgoing, call.calls.proof, now)
    try:
        async with wire.client(allowed=within, timeout=call.calls.timeout) as http:
            answer = await http.request(**_request(call, values, now))
    except (httpx.HTTPError, OSError) as error:
        return Failed(f"{outgoing.partner}.{type(error).__name__}"[:80], permanent=False)
    return _judged(outgoing.partner, call.calls, answer)


def _values(outgoing: Outgoing, proof: Proof, now: datetime) -> dict[str, str]:
    return {
        **outgoing.values,
        "reference": outgoing.reference,
        "timestamp": time_said(now, proof.time_form),
        "nonce": secrets.token_hex(8),
        "now": time_said(now, "%Y-%m-%d %H:%M:%S"),
    }


def _request(call: Call, values: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The arguments of one HTTP request: filled, signed, and put where they belong."""
    calls, proof = call.calls, call.calls.proof
    content = filled(call.said.body, values)
    headers = {name: wording.format_map(values) for name, wording in calls.headers.items()}
    query: dict[str, str] = {}
    place: dict[str, Any] = {"header": headers, "query": query, "body": content}[proof.place]
    _stamp(proof, values, place)
    if proof.scheme == "api-key":
        place[proof.name] = call.secret.decode("latin-1")
    elif proof.scheme == "sorted":
        place[proof.name] = _signature(
            call, values, place, written(content, calls.form, calls.root)
        )
    body = written(content, calls.form, calls.root)
    if proof.scheme == "standard-webhooks":
        headers |= sign(values["reference"], body, call.secret, now)
    return {
        "method": "POST",
        "url": calls.url + call.said.path,
        "params": query or None,
        "headers": {"Content-Type": KINDS[calls.form], **headers},
        "content": body,
    }


def _stamp(proof: Proof, values: Mapping[str, str], place: dict[str, Any]) -> None:
    """Time and nonce lie beside the signature."""
    if proof.time:
        place[proof.time] = values["timestamp"]
    if proof.nonce:
        place[proof.nonce] = values["nonce"]


def _signature(call: Call, values: Mapping[str, str], place: Mapping[str, Any], body: bytes) -> str:
    given = {
        "sorted": in_order(sortable(place, call.calls.proof.name)),
        "body": body.decode(),
        "secret": call.secret.decode("latin-1"),
        "timestamp": values["timestamp"],
        "nonce": values["nonce"],
        "account": call.calls.proof.account,
        "id": values["reference"],
    }
    return signed_text(call.calls.proof, given)


def _judged(partner: str, calls: Calls, answer: httpx.Response) -> Sent | Failed:
    code = _code(calls, answer)
    if code in calls.taken and answer.status_code < 300:
        return Sent(ROUTE, VERSION)
    shown = "".join(sign for sign in code if sign.isalnum() or sign in "._-")[:LONGEST_CODE]
    return Failed(f"{partner}.{shown}"[:80], permanent=code in calls.never)


def _code(calls: Calls, answer: httpx.Response) -> str:
    """The platform's own code; the HTTP status where it says none."""
    if calls.code is not None:
        try:
            found = calls.code.of(document(answer.content, calls.form))
        except (NotAnObject, ValueError):
            found = None
        if isinstance(found, str | int) and answer.status_code < 500:
            return compact(found) if isinstance(found, bool) else str(found)
    return str(answer.status_code)
