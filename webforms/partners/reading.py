"""A platform's document → a report: translated by its profile, then read as any delivery is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hotline.errors import BadReport
from hotline.policy.pack import Pack
from hotline.rules.documents import compact, document
from hotline.rules.partner import Profile, Proof
from hotline.rules.partner_reading import Translated
from hotline.rules.report import Report
from webforms.hooks.reading import Sending, read


def document_of(profile: Profile, body: bytes) -> dict[str, Any]:
    """NotAnObject."""
    return document(body, profile.form, profile.encoding)


def report_of(found: Translated, sender: Sending, pack: Pack, now: datetime) -> Report:
    """BadReport names every field that is wrong, those that could not be translated too."""
    try:
        report = read(found.given, sender, pack, now)
    except BadReport as error:
        raise BadReport({**error.errors, **found.faults}) from None
    if found.faults:
        raise BadReport(found.faults)
    return report


def meaning(given: Mapping[str, Any], proof: Proof) -> bytes:
    """What stays the same when a platform sends a document again: all but signature and time."""
    passing = {proof.name, proof.time, proof.nonce} if proof.place == "body" else set()
    return compact(_without(given, passing)).encode("utf-8", "surrogatepass")


def _without(given: Mapping[str, Any], passing: set[str]) -> dict[str, Any]:
    """At the top, and in whatever within holds one of them: there it is an envelope."""
    return {
        name: _without(value, passing)
        if isinstance(value, dict) and not passing.isdisjoint(value)
        else value
        for name, value in given.items()
        if name not in passing
    }
