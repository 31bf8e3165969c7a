"""对接平台: how one platform speaks: proof, document, codes, answers, call-backs."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hotline.rules.documents import Form
from hotline.rules.partner_expressions import Expression
from hotline.rules.terms import Channel

Scheme = Literal["standard-webhooks", "api-key", "sorted"]
Place = Literal["header", "query", "body"]


@dataclass(frozen=True, slots=True)
class Proof:
    """How a platform proves that a message is its own, and how we prove ours to it."""

    scheme: Scheme
    sign: str = ""
    over: str = ""
    place: Place = "header"
    name: str = ""  # of the header or field with the signature or the key
    fields: Expression | None = None  # the object whose fields are sorted; the whole document
    time: str = ""
    time_form: str = "seconds"
    nonce: str = ""
    minutes: int = 5
    upper: bool = False
    account: str = ""
    addresses: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Where in its document our fields are, and what its codes mean."""

    id: Expression
    fields: Mapping[str, Expression]
    numbers: Mapping[str, Expression]
    fixed: Mapping[str, Any]
    codes: Mapping[str, Mapping[str, Any]]
    times: tuple[str, ...]
    files: Expression | None = None  # addresses of what lies with the platform


@dataclass(frozen=True, slots=True)
class Said:
    """One answer or call: the HTTP status and a document with holes."""

    body: Any
    status: int = 200
    path: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the platform wants to hear: `taken`, `held` for a person, `refused` at the door."""

    form: Form
    root: str
    taken: Said
    held: Said
    refused: Said


@dataclass(frozen=True, slots=True)
class Calls:
    """回调: where our steps are told, in which form, and what its answers mean."""

    url: str
    form: Form
    root: str
    proof: Proof
    headers: Mapping[str, str]
    steps: Mapping[str, Said]
    codes: Mapping[str, Mapping[str, str]]
    time_form: str
    code: Expression | None
    taken: tuple[str, ...]
    never: tuple[str, ...]
    timeout: float = 8.0


@dataclass(frozen=True, slots=True)
class Profile:
    """One platform."""

    title: str
    channel: Channel
    form: Form
    encoding: str
    proof: Proof
    reading: Reading
    answers: Answers
    calls: Calls | None = None
    source: str = field(default="", repr=False)
