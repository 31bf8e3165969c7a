"""Short messages by HTTP gateways: the next one is tried when one does not take it now.

A gateway that failed lately is asked last, so that one provider's outage delays nobody. The error
names a gateway and a code, never a number or the words.
"""

import asyncio
import ipaddress
import json
import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from hotline.rules.message import Failed, Outcome, Outgoing, Sent
from hotline.rules.signing import in_order, signature
from notifications.compose import Note
from notifications.gateways import Gateway

ROUTE: Final = "sms"
COOL: Final = 120.0  # seconds a gateway is asked last after a failure

_failed_at: dict[str, float] = {}


async def send(outgoing: Outgoing, note: Note, by: Sequence[Gateway], now: datetime) -> Outcome:
    """Taken by the first gateway that takes it. Permanent only when a gateway says so."""
    worst = Failed("sms.no_gateway", permanent=False)
    for gateway in sorted(by, key=_cooling):
        outcome = await _by_one(outgoing, note, gateway, now)
        if isinstance(outcome, Sent) or outcome.permanent:
            return outcome
        _failed_at[gateway.name] = time.monotonic()
        worst = outcome
    return worst


def _cooling(gateway: Gateway) -> bool:
    return time.monotonic() - _failed_at.get(gateway.name, -COOL) < COOL


async def _by_one(outgoing: Outgoing, note: Note, gateway: Gateway, now: datetime) -> Sent | Failed:
    values = _values(outgoing, note, gateway, now)
    if values is None:
        return Failed(f"{gateway.name}.no_template", permanent=False)
    try:
        await _check_address(gateway)
        async with httpx.AsyncClient(timeout=gateway.timeout, trust_env=False) as client:
            answer = await client.request(**_request(gateway, values))
    except (httpx.HTTPError, OSError) as error:
        return Failed(f"{gateway.name}.{type(error).__name__}", permanent=False)
    return _judged(gateway, answer, note)


def _values(
    outgoing: Outgoing, note: Note, gateway: Gateway, now: datetime
) -> dict[str, str] | None:
    """What the profile's wordings may ask for; None when its operator approved no such wording."""
    approved = gateway.templates.get(outgoing.template)
    if gateway.templates and approved is None:
        return None
    params = {name: outgoing.values[name] for name in approved.params} if approved else {}
    return {
        "account": gateway.account,
        "secret": gateway.secret,
        "phone": outgoing.phone,
        "text": note.text,
        "template": approved.id if approved else "",
        "params": json.dumps(params, ensure_ascii=False, separators=(",", ":")),
        "reference": outgoing.reference,
        "timestamp": str(int(now.timestamp())),
        "millis": str(int(now.timestamp() * 1000)),
        "nonce": secrets.token_hex(8),
    }


def _request(gateway: Gateway, values: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of one HTTP request: fields filled, signed, and put where they belong."""
    unsigned = {
        name: wording.format_map(values)
        for name, wording in gateway.fields.items()
        if "{signature}" not in wording
    }
    said = gateway.sign_over.format_map({**values, "sorted": in_order(unsigned)})
    whole = {**values, "signature": signature(gateway.sign, said, gateway.secret)}
    fields = {name: wording.format_map(whole) for name, wording in gateway.fields.items()}
    headers = {name: wording.format_map(whole) for name, wording in gateway.headers.items()}
    place = {"json": "json", "form": "data", "query": "params"}[gateway.body]
    return {"method": "POST", "url": gateway.url, "headers": headers, place: fields}


async def _check_address(gateway: Gateway) -> None:
    """A profile that points into the house must say so: whoever edits it cannot reach further."""
    if gateway.within:
        return
    parts = urlsplit(gateway.url)
    found = await asyncio.get_running_loop().getaddrinfo(
        parts.hostname, parts.port or 443, type=socket.SOCK_STREAM
    )
    if not all(ipaddress.ip_address(address[4][0]).is_global for address in found):
        raise OSError("an address inside the house")


def _judged(gateway: Gateway, answer: httpx.Response, note: Note) -> Sent | Failed:
    code = _code(gateway, answer)
    if code in gateway.answers.taken and answer.status_code < 300:
        return Sent(f"{ROUTE}:{gateway.name}"[:16], note.version)
    return Failed(f"{gateway.name}.{code}"[:80], permanent=code in gateway.answers.never)


def _code(gateway: Gateway, answer: httpx.Response) -> str:
    """The provider's own code; the HTTP status where it says none."""
    if not gateway.answers.code:
        return str(answer.status_code)
    try:
        said: Any = answer.json()
        for name in gateway.answers.code.split("."):
            said = said[name]
    except (ValueError, KeyError, TypeError):
        return str(answer.status_code)
    return "".join(sign for sign in str(said) if sign.isalnum() or sign in "._-")[:40]
