"""签名: is this message the platform's own, and now? And the same for what we send there."""

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.errors import HotlineError
from hotline.rules.documents import compact
from hotline.rules.partner import Proof
from hotline.rules.partner_reading import SHANGHAI, moment_of
from hotline.rules.signing import in_order, signature

LONGEST: Final = 512


class NotProved(HotlineError):
    """401: not by this platform, or not now. `key` names the wording."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Received:
    """One message at the door. `headers` by lower-case name; `document` once it could be read."""

    headers: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    document: Any = field(repr=False, default=None)

    def at(self, proof: Proof) -> Mapping[str, Any]:
        """Where signature, time and nonce lie."""
        if proof.place == "header":
            return self.headers
        if proof.place == "query":
            return self.query
        chosen = proof.fields.of(self.document) if proof.fields else self.document
        return chosen if isinstance(chosen, dict) else {}

    def said(self, proof: Proof, name: str) -> str:
        """One value there; "" for none."""
        asked = name.lower() if proof.place == "header" else name
        value = self.at(proof).get(asked, "") if name else ""
        return value if isinstance(value, str) else _flat(value)


def check_address(proof: Proof, address: str) -> None:
    """NotProved for one that the profile does not list; an empty list lets everybody try."""
    if not proof.addresses:
        return
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise NotProved("address.not_listed") from None
    mapped = getattr(found, "ipv4_mapped", None) or found
    if not any(mapped in network for network in proof.addresses):
        raise NotProved("address.not_listed")


def check(proof: Proof, received: Received, secrets: tuple[bytes, ...], now: datetime) -> None:
    """NotProved unless a key or signature is made with one of the secrets."""
    said = received.said(proof, proof.name)
    if not said or len(said) > LONGEST:
        raise NotProved("signature.missing")
    if proof.scheme == "api-key":
        wanted = [secret.decode("latin-1") for secret in secrets]
        said = said.removeprefix("Bearer ")
    else:
        _check_time(proof, received, now)
        wanted = [_signature(proof, received, secret) for secret in secrets]
        said = said.lower()
    # each is compared, so that the time taken tells nothing
    if not any([hmac.compare_digest(said.encode(), one.encode()) for one in wanted]):  # noqa: C419
        raise NotProved("signature.wrong")


def signed_text(proof: Proof, values: Mapping[str, str]) -> str:
    """A signature as the platform wants to read it."""
    made = signature(proof.sign, proof.over.format_map(values), values["secret"])
    return made.upper() if proof.upper else made


def sortable(fields: Mapping[str, Any], without: str) -> dict[str, str]:
    """Fields as they are signed; one that holds others stands there as JSON without spaces."""
    return {name: _flat(value) for name, value in fields.items() if name != without}


def _signature(proof: Proof, received: Received, secret: bytes) -> str:
    text = secret.decode("latin-1")
    values = {
        "sorted": in_order(sortable(received.at(proof), proof.name)),
        "body": received.body.decode("utf-8", "surrogateescape"),
        "secret": text,
        "timestamp": received.said(proof, proof.time),
        "nonce": received.said(proof, proof.nonce),
        "account": proof.account,
        "id": "",
    }
    try:
        return signed_text(proof, values).lower()
    except UnicodeEncodeError:
        raise NotProved("signature.not_text") from None


def _check_time(proof: Proof, received: Received, now: datetime) -> None:
    if not proof.time:
        return
    try:
        at = moment_of(received.said(proof, proof.time)[:40], proof.time_form)
    except (ValueError, OverflowError, OSError):
        raise NotProved("signature.bad_time") from None
    if abs(now - at) > timedelta(minutes=proof.minutes):
        raise NotProved("signature.stale")


def time_said(now: datetime, form: str) -> str:
    """A moment in one of the forms of a profile."""
    if form in ("seconds", "millis"):
        return str(int(now.timestamp() * (1000 if form == "millis" else 1)))
    local = now.astimezone(SHANGHAI)
    return local.isoformat(timespec="seconds") if form == "iso" else local.strftime(form)


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else compact(value)
