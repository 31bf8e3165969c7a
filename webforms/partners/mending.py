"""修复: what a held delivery says in our fields, and what a person put in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from hotline.errors import BadReport
from hotline.lookups.held import HeldView, held_body
from hotline.policy.pack import Pack
from hotline.rules.documents import NotAnObject, json_object
from hotline.rules.partner_profile import profile
from hotline.rules.partner_reading import Translated, translated
from hotline.rules.partner_table import ProfileError
from hotline.rules.redaction import mask
from hotline.rules.report import Report
from webforms.partners.reading import document_of, report_of

TYPED: Final = ("text", "title", "landmark", "source_name", "foreign_number")
OF_A_PERSON: Final = ("contact.name", "contact.phone", "contact.email", "contact.openid")
SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A held delivery, read once more by the profile that stands now."""

    view: HeldView
    body: bytes = field(repr=False)
    said: Translated = field(repr=False)
    faults: dict[str, str]

    @property
    def is_ready(self) -> bool:
        """It would be taken as it is: what was wrong has been put right meanwhile."""
        return not self.faults

    def shown(self) -> dict[str, str]:
        """Our fields, masked; of the reporter only that something was given."""
        return {
            name: "●" if name in OF_A_PERSON else mask(value).text[:SHOWN]
            for name, value in flat(self.said.given).items()
        }


async def found(view: HeldView, pack: Pack, now: datetime) -> Found:
    """Whatever can be read of it."""
    body = await held_body(view)
    try:
        said = _said(view, body)
    except NotAnObject as error:
        return Found(view, body, Translated("", {}, {}, {}), {"body": error.key})
    except ProfileError:
        return Found(view, body, Translated("", {}, {}, {}), {"body": "profile.broken"})
    try:
        report_of(said, view, pack, now)
    except BadReport as error:
        return Found(view, body, said, dict(error.errors))
    return Found(view, body, said, {})


def mended(of: Found, typed: Mapping[str, str], omitted: set[str], at: "At") -> Report:
    """The report with what a person typed, and without what is left out. BadReport."""
    given = _plain(of.said.given, omitted)
    faults = {
        name: key
        for name, key in of.said.faults.items()
        if name not in omitted and not typed.get(name) and name != "id"
    }
    whole: dict[str, Any] = {}
    for name, value in {**given, **{one: said for one, said in typed.items() if said}}.items():
        outer, _, inner = name.rpartition(".")
        (whole.setdefault(outer, {}) if outer else whole)[inner] = value
    return report_of(replace(of.said, given=whole, faults=faults), of.view, at.pack, at.now)


@dataclass(frozen=True, slots=True)
class At:
    """By whose rules, and when."""

    pack: Pack
    now: datetime


def flat(given: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """`contact.phone` and the like, each as text."""
    said: dict[str, str] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            said |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            said[prefix + name] = "、".join(map(str, value))
        elif value is not None:
            said[prefix + name] = str(value).lower() if isinstance(value, bool) else str(value)
    return said


def _plain(given: Mapping[str, Any], omitted: set[str], prefix: str = "") -> dict[str, Any]:
    """The same, each as it is: numbers, lists and true or false stay what they are."""
    said: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            said |= _plain(value, omitted, f"{prefix}{name}.")
        elif prefix + name not in omitted:
            said[prefix + name] = value
    return said


def _said(view: HeldView, body: bytes) -> Translated:
    if view.channel.startswith("partner:") and view.profile:
        spoken = profile(view.profile)
        return translated(document_of(spoken, body), spoken)
    return Translated(view.delivery_id, json_object(body), {}, {})
