"""The rows of a registration: prepared in memory, written by one statement for a whole batch."""

import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from asyncpg import UniqueViolationError

from hotline.batching import ApartError
from hotline.database import raw_pool
from hotline.records import new_id
from hotline.records.chain import header
from hotline.records.sealing import ALG, Envelope, blind_index, code_hash, new_envelope
from hotline.rules import history
from hotline.rules.actor import Actor
from hotline.rules.normalise import phone_digits
from hotline.rules.plain_json import encoded
from hotline.rules.report import Contact, Delivery, Report, contact_fields, story_fields
from hotline.rules.terms import Aggregate, RequestStage, Step
from hotline.settings import keys
from hotline.steps.draft import RECEIPT_LIFE

# One value costs the sender half a micro-second, one column five: what can be said once in the
# statement is not sent, words of the house share a column, and what is seldom given has one.
# A group is what one of the functions below gives, in this order.
OF_REPORT = {"county": "text", "notice_version": "text"}
CHOSEN = {"kinds": "text", "flags": "int", "seldom": "text", "words": "text"}
SEALED = {"report": "bytea", "contact": "bytea", "sent": "bytea"}
NAMED = {"id": "uuid", "number": "text", "code_hash": "bytea", "sender_index": "bytea"}
DELIVERED = {"delivery_channel": "text", "delivery_id": "text", "body_hash": "bytea"}
EVENT = {"actor_id": "text", "department": "text", "event_at": "timestamptz", "bound": "bytea"}
SELDOM = {
    "township": "text", "foreign_number": "text", "registered_at": "timestamptz",
    "occurred_at": "timestamptz", "paper_date": "date", "partner_received_at": "timestamptz",
    "hold_until": "timestamptz",
}  # fmt: skip
WORDS = (
    "tenant_id", "jurisdiction", "channel", "wish", "secrecy", "kek_id", "actor_kind",
)  # fmt: skip
BOUND = {"commitment": 32, "digest": 32, "salt": 16, "wrapped_key": 60}  # bytes, one after another
COLUMNS = {**OF_REPORT, **CHOSEN, **SEALED, **NAMED, **DELIVERED, **EVENT}

# the first event of every report's history
REGISTERED = {
    "aggregate": Aggregate.REQUEST.value,
    "seq": 1,
    "step": Step.REGISTER.value,
    "stage": RequestStage.RECEIVED.value,
}

# of a report that was written in a draft, besides
OF_DRAFT = {"draft_tenant": "text", "draft_id": "uuid", "draft_key": "bytea", "closed": "bytea"}


def _input(columns: Mapping[str, str]) -> str:
    given = ", ".join(f"${n}::{kind}[]" for n, kind in enumerate(columns.values(), start=1))
    words = (f"split_part(words, E'\\n', {n}) AS {name}" for n, name in enumerate(WORDS, start=1))
    starts = accumulate(BOUND.values(), initial=1)
    parts = (
        f"substr(bound, {start}, {size}) AS {name}"
        for start, (name, size) in zip(starts, BOUND.items(), strict=False)
    )
    seldom = ", ".join(f"{name} {kind}" for name, kind in SELDOM.items())
    return f"""WITH input AS (SELECT t.*, s.*, {", ".join((*words, *parts))}
FROM unnest({given}) AS t({", ".join(columns)})
LEFT JOIN LATERAL json_to_record(t.seldom::json) AS s({seldom}) ON true),"""


ROWS = """
fresh AS (
  INSERT INTO delivery (id, tenant_id, channel, delivery_id, body_hash, request_id, answer,
    received_at)
  SELECT id, tenant_id, delivery_channel, delivery_id, body_hash, id,
    jsonb_build_object('number', number), now() FROM input
  ON CONFLICT (tenant_id, channel, delivery_id) DO NOTHING RETURNING request_id),
request AS (
  INSERT INTO service_request (id, tenant_id, jurisdiction, number, channel, foreign_number, wish,
    stage, registered_at, occurred_at, paper_date, partner_received_at, historical, chosen_county,
    chosen_township, chosen_kinds, secrecy, wants_reply, wants_reward, may_publish,
    notice_version, code_hash, sender_index, kinds, title, text, landmark, target,
    emergency, suggestions, refer_to, policy, leased_until, attempts, version)
  SELECT id, tenant_id, jurisdiction, number, channel, foreign_number, wish, 'received',
    coalesce(i.registered_at, now()), occurred_at, paper_date, partner_received_at,
    flags & 1 > 0, county, township, string_to_array(kinds, ','), secrecy, flags & 2 > 0,
    flags & 4 > 0, flags & 8 > 0, notice_version, code_hash, sender_index, '{}', '', '', '', '',
    '{}', '[]', '', '{}', hold_until, 0, 1
  FROM input i JOIN fresh f ON f.request_id = i.id RETURNING id, registered_at),
sealed AS (
  INSERT INTO vault (id, tenant_id, kek_id, alg, wrapped_key, report, contact, sent)
  SELECT id, tenant_id, kek_id, '{ALG}', wrapped_key, report, contact, sent
  FROM input i JOIN fresh f ON f.request_id = i.id),
history AS (
  INSERT INTO event (id, tenant_id, aggregate, aggregate_id, seq, step, stage, actor_kind,
    actor_id, department, at, commitment, digest)
  SELECT id, tenant_id, 'request', id, 1, 'register', 'received', actor_kind, actor_id,
    department, event_at, commitment, digest FROM input i JOIN fresh f ON f.request_id = i.id),
details AS (
  INSERT INTO event_detail (id, tenant_id, salt, detail)
  SELECT id, tenant_id, salt,
    jsonb_build_object('number', number, 'channel', channel, 'wish', wish)
  FROM input i JOIN fresh f ON f.request_id = i.id)
""".replace("{ALG}", ALG)
# its moment is that of the registration; one that was discarded meanwhile stays so
CLOSED = """, draft AS (
  UPDATE draft d SET sealed = i.closed, request_id = i.id, updated_at = now(),
    expires_at = now() + interval '{days} days', version = d.version + 1
  FROM input i JOIN fresh f ON f.request_id = i.id
  WHERE d.tenant_id = i.draft_tenant AND d.id = i.draft_id AND d.wrapped_key = i.draft_key)
""".replace("{days}", str(RECEIPT_LIFE.days))
TOLD = "SELECT id, registered_at FROM request"
WRITE = f"{_input(COLUMNS)}{ROWS}{TOLD}"
WRITE_CLOSING = f"{_input({**COLUMNS, **OF_DRAFT})}{ROWS}{CLOSED}{TOLD}"


_OF_REPORT = attrgetter(*OF_REPORT)
_OF_SELDOM = attrgetter(*SELDOM)
_NOT_GIVEN = (None,) * len(SELDOM)
_BY_DELIVERY = itemgetter(*(list(COLUMNS).index(f"delivery_{name}") for name in ("channel", "id")))


@dataclass(frozen=True, slots=True)
class Intake:
    """One prepared registration: column → value, in COLUMNS' order."""

    request_id: UUID
    number: str
    body_hash: bytes
    values: tuple[Any, ...]


def intake(report: Report, delivery: Delivery, number: str, *, by: Actor, now: datetime) -> Intake:
    """Seal and index one report; nothing readable of the reporter is left in a column."""
    tenant, request_id = report.tenant_id, new_id()
    bytes_known, envelope = body_hash(tenant, delivery.body), new_envelope(tenant, request_id)
    values = (
        *_OF_REPORT(report),
        *_chosen(report),
        _seldom(report),
        _words(report, envelope.kek_id, by),
        *_sealed(envelope, report, delivery.sent),
        request_id,
        number,
        code_hash(tenant, number, report.code) if report.code else None,
        sender_index(tenant, report.contact),
        delivery.channel,
        delivery.delivery_id,
        bytes_known,
        by.id,
        by.department or None,
        now,
        _event(report, request_id, number, by=by, now=now) + envelope.wrapped_key,
    )
    return Intake(request_id, number, bytes_known, values)


async def write(batch: Sequence[Intake]) -> list[datetime | None]:
    """Commit a batch; the registered time of each, or None where the delivery was known already."""
    return await _written(WRITE, batch)


async def write_closing(batch: Sequence[Intake]) -> list[datetime | None]:
    """The same for reports whose values end with those of a draft: it is closed with them."""
    return await _written(WRITE_CLOSING, batch)


async def _written(sql: str, batch: Sequence[Intake]) -> list[datetime | None]:
    """In one order for all: two processes with the same deliveries do not wait for each other."""
    in_order = sorted((one.values for one in batch), key=_BY_DELIVERY)
    columns = [list(column) for column in zip(*in_order, strict=True)]
    try:
        found = await raw_pool().fetch(sql, *columns)
    except UniqueViolationError as taken:
        raise _apart(batch, taken) from taken
    registered = {row["id"]: row["registered_at"] for row in found}
    return [registered.get(one.request_id) for one in batch]


def _apart(batch: Sequence[Intake], taken: UniqueViolationError) -> Exception:
    """A number drawn twice: its row alone draws again. PostgreSQL says which value it was."""
    told = taken.detail or ""
    places = [at for at, one in enumerate(batch) if f", {one.number})" in told]
    return ApartError(places, taken) if places else taken


def body_hash(tenant_id: str, body: bytes) -> bytes:
    """Keyed digest of a delivery's exact bytes."""
    return hmac.digest(keys().index, tenant_id.encode() + b":delivery:" + body, sha256)


def sender_index(tenant_id: str, contact: Contact) -> bytes | None:
    """Blind index of whoever sent it: openid first, else the phone."""
    if contact.openid:
        return blind_index(tenant_id, "openid", contact.openid)
    digits = phone_digits(contact.phone)
    return blind_index(tenant_id, "phone", digits) if digits else None


def _chosen(report: Report) -> tuple[str, int]:
    flags = report.is_historical | report.wants_reply << 1
    return ",".join(report.kinds), flags | report.wants_reward << 2 | report.may_publish << 3


def _seldom(report: Report) -> str | None:
    values = _OF_SELDOM(report)
    if values == _NOT_GIVEN:
        return None
    given = zip(SELDOM, values, strict=True)
    return encoded({name: str(value) for name, value in given if value is not None})


def _words(report: Report, kek_id: str, by: Actor) -> str:
    """In the order of WORDS."""
    where, how = (report.tenant_id, report.jurisdiction), (report.channel, report.wish)
    return "\n".join((*where, *how, report.secrecy, kek_id, by.kind))


def _sealed(envelope: Envelope, report: Report, sent: bytes) -> tuple[bytes | None, ...]:
    story, contact = story_fields(report.story), contact_fields(report.contact)
    return (
        envelope.seal("report", encoded(story).encode()),
        envelope.seal("contact", encoded(contact).encode()) if contact else None,
        envelope.seal("sent", sent) if sent else None,
    )


def _event(report: Report, request_id: UUID, number: str, *, by: Actor, now: datetime) -> bytes:
    """What binds the first event of its history: commitment, digest and salt."""
    salt = os.urandom(16)
    # the statement builds this detail anew: the commitment holds only while both say the same
    detail = {"number": number, "channel": report.channel.value, "wish": report.wish.value}
    bound = history.commitment(salt, detail)
    covered = header(
        tenant_id=report.tenant_id,
        aggregate_id=request_id,
        **REGISTERED,
        actor_kind=by.kind.value,
        actor_id=by.id,
        department=by.department or None,
        at=now,
    )
    return bound + history.digest(keys().chain, history.GENESIS, bound, covered) + salt
