"""Short messages by HTTP gateways: the next one is tried when one does not take it now.

A gateway that fails is asked last for a while (`health`), so that its outage delays nobody. The
error names a gateway and a code, never a number or the words.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from hotline.policy.compose import Note
from hotline.rules.message import Failed, Outcome, Outgoing, Sent
from hotline.rules.signing import in_order, signature
from notifications import wire
from notifications.gateways import Gateway
from notifications.health import Health

ROUTE: Final = "sms"
LONGEST_NAME: Final = 12  # what of a gateway's name stands in a route

health: Final = Health()


async def send(
    outgoing: Outgoing,
    note: Note,
    by: Sequence[Gateway],
    now: datetime,
    allowed: Collection[str] = (),
) -> Outcome:
    """Taken by the first gateway that takes it. Permanent only when a gateway says so."""
    worst = Failed("sms.no_gateway", permanent=False)
    for gateway in sorted(by, key=lambda one: health.rank(one.name, time.monotonic())):
        values = _values(outgoing, note, gateway, now)
        if values is None:
            worst = Failed(f"{gateway.name}.no_template", permanent=False)
            continue
        outcome = await _by_one(values, note, gateway, allowed)
        is_passing = isinstance(outcome, Failed) and not outcome.permanent
        health.note(gateway.name, time.monotonic(), taken=not is_passing)
        if isinstance(outcome, Sent) or outcome.permanent:
            return outcome
        worst = outcome
    return worst


async def _by_one(
    values: Mapping[str, str], note: Note, gateway: Gateway, allowed: Collection[str]
) -> Sent | Failed:
    host = urlsplit(gateway.url).hostname or ""
    within = {*allowed, host} if gateway.within else allowed
    try:
        async with (
            asyncio.timeout(2 * gateway.timeout),  # whoever answers drop by drop
            wire.client(allowed=within, timeout=gateway.timeout) as client,
        ):
            answer = await client.request(**_request(gateway, values))
    except (httpx.HTTPError, OSError) as error:  # TimeoutError is an OSError
        return Failed(f"{gateway.name}.{type(error).__name__}"[:80], permanent=False)
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


def _judged(gateway: Gateway, answer: httpx.Response, note: Note) -> Sent | Failed:
    code = _code(gateway, answer)
    if code in gateway.answers.taken and answer.status_code < 300:
        return Sent(f"{ROUTE}:{gateway.name[:LONGEST_NAME]}", note.version)
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
