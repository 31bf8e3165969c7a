"""A platform's profile is read from TOML and checked; docs/partners.md says how to write one.

Nothing of a platform stands in code.
"""

from functools import lru_cache
from typing import Any, Final, cast

from hotline.rules.documents import NAME, Form
from hotline.rules.partner import Answers, Calls, Place, Profile, Proof, Reading, Said, Scheme
from hotline.rules.partner_table import ProfileError, Table
from hotline.rules.signing import SCHEMES
from hotline.rules.terms import Channel
from hotline.rules.toml_text import read_toml
from hotline.rules.wording_holes import holes

DIGESTS: Final = tuple(one for one in SCHEMES if one)
SCHEMES_IN: Final = ("standard-webhooks", "api-key", "sorted")
ENCODINGS: Final = ("utf-8", "gb18030")
FORMS: Final = ("json", "xml", "form")
# what our own steps are called towards a platform
CALLS: Final = ("accept", "return", "extend", "answer", "close", "redo", "withdraw")
SIGNED: Final = frozenset({"sorted", "body", "secret", "timestamp", "nonce", "account", "id"})
SAID: Final = frozenset({"id", "number", "foreign_number", "at", "reason", "account"})
CALLED: Final = frozenset(
    {"number", "foreign_number", "id", "reference", "step", "at", "reason", "reason_code"}
    | {"refer_to", "department", "finding", "closing", "reply", "result", "letter", "extended_to"}
    | {"letter_base64", "account", "timestamp", "nonce", "now"}
)
FIELDS: Final = frozenset(
    {"text", "title", "wish", "county", "township", "landmark", "source_name", "source_place"}
    | {"kinds", "occurred", "occurred_at", "secrecy", "wants_reply", "wants_reward", "may_publish"}
    | {"foreign_number", "received_at", "paper_date", "point.longitude", "point.latitude"}
    | {"point.system", "point.accuracy_m"}
    | {"contact.name", "contact.phone", "contact.email", "contact.openid"}
)


@lru_cache(maxsize=64)
def profile(text: str) -> Profile:
    """A profile that can be used; read once, not at every delivery. ProfileError says which table
    and what."""
    try:
        content = read_toml(text)
    except ValueError as error:
        raise ProfileError(f"TOML: {error}") from error
    table = Table(content, "")
    document = table.inner("document")
    form = document.one_of("form", FORMS)
    found = Profile(
        title=table.text("title", need=True),
        channel=Channel(table.one_of("channel", ("12345", "12369", "partner"))),
        form=cast(Form, form),
        encoding=document.one_of("encoding", ENCODINGS, "utf-8"),
        proof=_proof(table.inner("proof"), inbound=True),
        reading=_reading(table.inner("read")),
        answers=_answers(table.inner("answer")),
        calls=_calls(table.inner("call")) if table.has("call") else None,
        source=text,
    )
    document.close()
    table.close()
    return found


def _proof(table: Table, *, inbound: bool) -> Proof:
    scheme = table.one_of("scheme", SCHEMES_IN)
    proof = Proof(
        scheme=cast(Scheme, scheme),
        sign=table.one_of("sign", DIGESTS, ""),
        over=table.wording("over", SIGNED),
        place=cast(Place, table.one_of("place", ("header", "query", "body"), "header")),
        name=table.text("name", need=scheme != "standard-webhooks"),
        fields=table.expression("fields"),
        time=table.text("time"),
        time_form=table.text("time_form") or "seconds",
        nonce=table.text("nonce"),
        minutes=table.whole("minutes", 5),
        upper=table.flag("upper"),
        account=table.text("account"),
        addresses=tuple(table.network(one) for one in table.texts("addresses")),
    )
    _check_proof(proof, table, inbound=inbound)
    table.close()
    return proof


def _check_proof(proof: Proof, table: Table, *, inbound: bool) -> None:
    if proof.scheme != "sorted":
        if proof.sign or proof.over:
            raise table.wrong("scheme", "only a sorted signature has `sign` and `over`")
        return
    said = holes(proof.over)
    if not proof.sign:
        raise table.wrong("sign", "says with which digest")
    if "secret" not in said and not proof.sign.startswith("hmac"):
        raise table.wrong("over", "a plain digest must hold {secret}")
    covers = "body" in said or ("sorted" in said and proof.place == "body")
    if not covers:
        raise table.wrong("over", "must cover the document: {body}, or {sorted} of its own fields")
    if inbound and proof.time and not said & {"timestamp", "sorted"}:
        raise table.wrong("over", "must hold {timestamp}")


def _reading(table: Table) -> Reading:
    fields = table.inner("fields")
    expressions = {name: fields.where(name) for name in fields.names()}
    codes = {name: dict(of.content) for name, of in table.inner("codes").tables()}
    fixed = dict(table.inner("fixed").content)
    for name in (*expressions, *codes, *fixed):
        if name not in FIELDS:
            raise table.wrong(name, "is none of our fields")
    if "text" not in expressions:
        raise table.wrong("fields.text", "what happened must be told")
    numbers = table.inner("numbers")
    reading = Reading(
        id=table.where("id"),
        fields=expressions,
        numbers={name: numbers.where(name) for name in numbers.names()},
        fixed=fixed,
        codes=codes,
        times=table.texts("times"),
        files=table.expression("files"),
    )
    table.close()
    return reading


def _answers(table: Table) -> Answers:
    form = table.one_of("form", (*FORMS, "text"), "json")
    root = table.text("root") or "response"
    said = {name: _said(table.inner(name), SAID) for name in ("taken", "held", "refused")}
    table.close()
    return Answers(cast(Form, form), root, **said)


def _said(table: Table, known: frozenset[str]) -> Said:
    body = table.take("body")
    if body is None:
        raise table.wrong("body", "is missing")
    check_holes(body, known, table)
    said = Said(body, table.whole("status", 200), table.text("path"))
    table.close()
    return said


def check_holes(body: Any, known: frozenset[str], table: Table) -> None:
    """Every text asks for known values alone; every name is one that XML can write."""
    if isinstance(body, dict):
        for name, inner in body.items():
            if not NAME.fullmatch(name.removeprefix("@")):
                raise table.wrong(name, "is no name of a field")
            check_holes(inner, known, table)
    elif isinstance(body, list):
        for inner in body:
            check_holes(inner, known, table)
    elif isinstance(body, str):
        table.check(body, known)


def _calls(table: Table) -> Calls:
    answers = table.inner("answers")
    headers = {name: str(value) for name, value in table.inner("headers").content.items()}
    for wording in headers.values():
        table.check(wording, CALLED)
    steps = {name: _said(of, CALLED) for name, of in table.inner("steps").tables()}
    if unknown := sorted(set(steps) - set(CALLS)):
        raise table.wrong(f"steps.{unknown[0]}", f"is none of {', '.join(CALLS)}")
    codes = table.inner("codes")
    found = Calls(
        url=table.text("url", need=True),
        form=cast(Form, table.one_of("form", FORMS, "json")),
        root=table.text("root") or "request",
        proof=_proof(table.inner("proof"), inbound=False),
        headers=headers,
        steps=steps,
        codes={name: {k: str(v) for k, v in of.content.items()} for name, of in codes.tables()},
        time_form=table.text("time_form") or "%Y-%m-%d %H:%M:%S",
        code=answers.expression("code"),
        taken=answers.texts("taken") or ("200",),
        never=answers.texts("never"),
        timeout=float(table.whole("timeout", 8)),
    )
    if not found.url.startswith(("https://", "http://")):
        raise table.wrong("url", "is no address")
    answers.close()
    table.close()
    return found
