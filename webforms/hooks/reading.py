"""A delivery's bytes → a report: the contract of docs/webhook.md, line by line."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from hotline.errors import BadReport
from hotline.policy.pack import Pack
from hotline.rules.documents import NotAnObject
from hotline.rules.normalise import phone_digits
from hotline.rules.report import Contact, Report, Story, faults
from hotline.rules.storable import storable
from hotline.rules.terms import Channel, Secrecy, Wish
from webforms.hooks.fields import Fields
from webforms.texts import LANGUAGES

MOST_KINDS: Final = 10
LONGEST_SYSTEM: Final = 16
LONGEST_LANGUAGE: Final = 8
LONGEST_NAME, LONGEST_PHONE, LONGEST_EMAIL, LONGEST_FOREIGN = 64, 40, 120, 64


class Sending(Protocol):
    """Whoever may hand over reports: for which jurisdiction, and by which channel they come."""

    @property
    def tenant_id(self) -> str: ...

    @property
    def jurisdiction(self) -> str: ...

    @property
    def kind(self) -> Channel: ...


def read(given: Mapping[str, Any], sender: Sending, pack: Pack, now: datetime) -> Report:
    """The report a sender means. BadReport names every field that is wrong."""
    fields = Fields(given)
    contact_fields = fields.inner("contact")
    contact = _contact(contact_fields)
    point_fields = fields.inner("point")
    point = _point(point_fields)
    report = _report(fields, sender, _Told(contact, point), now)
    _check_places(fields, report, pack)
    _check_kinds(fields, report, pack)
    if report.secrecy is Secrecy.ANONYMOUS and not contact.is_empty():
        fields.fault("contact", "contact.anonymous")
    if found := faults(report) | contact_fields.faults | point_fields.faults | fields.faults:
        raise BadReport(found)
    return report


class _Told(NamedTuple):
    """Who told it, and where it is said to be."""

    contact: Contact
    point: Mapping[str, Any]


def _report(fields: Fields, sender: Sending, by: _Told, now: datetime) -> Report:
    told = Secrecy.ANONYMOUS if by.contact.is_empty() else Secrecy.CONFIDENTIAL
    return Report(
        tenant_id=sender.tenant_id,
        jurisdiction=sender.jurisdiction,
        channel=sender.kind,
        contact=by.contact,
        wish=fields.term("wish", Wish, Wish.COMPLAIN),
        secrecy=fields.term("secrecy", Secrecy, told),
        county=fields.word("county", 12) or None,
        township=fields.word("township", 12) or None,
        kinds=fields.words("kinds", MOST_KINDS),
        wants_reply=fields.flag("wants_reply"),
        wants_reward=fields.flag("wants_reward"),
        may_publish=fields.flag("may_publish"),
        foreign_number=fields.word("foreign_number", LONGEST_FOREIGN) or None,
        occurred_at=fields.moment("occurred_at", now),
        paper_date=fields.day("paper_date", now),
        partner_received_at=fields.moment("received_at", now),
        story=_story(fields, by.point),  # last: what is left over goes with it
    )


def _story(fields: Fields, point: Mapping[str, Any]) -> Story:
    names = ("text", "title", "landmark", "source_name", "source_place", "occurred")
    told: dict[str, Any] = {name: fields.text(name) for name in names}
    left = fields.left()
    return Story(**told, **point, raw=_raw(left) if left else "")


def _raw(left: Mapping[str, Any]) -> str:
    try:
        return json.dumps(left)  # plain ASCII: whatever was escaped stays so
    except RecursionError:
        raise NotAnObject("body.not_json") from None


def _contact(fields: Fields) -> Contact:
    if not fields.left():
        return Contact()
    contact = Contact(
        name=fields.word("name", LONGEST_NAME),
        phone=fields.word("phone", LONGEST_PHONE),
        email=fields.word("email", LONGEST_EMAIL),
        openid=fields.word("openid", LONGEST_NAME),
        language=fields.word("language", LONGEST_LANGUAGE),
    )
    if contact.language not in ("", *LANGUAGES):
        fields.fault("language", "field.not_offered")
    if contact.phone and not phone_digits(contact.phone):
        fields.fault("phone", "contact.not_a_phone")
    if contact.email and "@" not in contact.email:
        fields.fault("email", "contact.not_an_email")
    for name in fields.left():
        # a person's data is kept nowhere but in its own place
        fields.fault(storable(name)[:LONGEST_NAME], "field.unknown")
    return contact


def _point(fields: Fields) -> dict[str, Any]:
    """位置 as told, beside the system it was told in: which one is never guessed."""
    if not fields.left():
        return {}
    point = {
        "longitude": fields.number("longitude"),
        "latitude": fields.number("latitude"),
        "system": fields.word("system", LONGEST_SYSTEM),
        "accuracy_m": fields.number("accuracy_m"),
    }
    for name in fields.left():
        fields.fault(storable(name)[:LONGEST_NAME], "field.unknown")
    return point


def _check_places(fields: Fields, report: Report, pack: Pack) -> None:
    for name, code in (("county", report.county), ("township", report.township)):
        if code and pack.gazetteer.get(code) is None:
            fields.fault(name, "place.unknown")
    if report.county and report.township and "township" not in fields.faults:
        within = {place.code for place in pack.gazetteer.path(report.township)}
        if report.county not in within:
            fields.fault("township", "place.not_within")


def _check_kinds(fields: Fields, report: Report, pack: Pack) -> None:
    if any(pack.lexicon.kind(code) is None for code in report.kinds):
        fields.fault("kinds", "kind.unknown")
