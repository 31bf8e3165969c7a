"""A posted form → the report it means: Open311's names led to ours, faults led back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.errors import BadReport
from hotline.lookups.api_key import KeyHolder
from hotline.policy.pack import Pack
from hotline.rules.coordinates import System
from hotline.rules.report import EAST, NORTH, Report
from webforms.hooks.reading import read
from webforms.open311.services import TEXTS
from webforms.texts import LANGUAGES

LONGEST_DESCRIPTION: Final = 4000
LONGEST_URL: Final = 500
ATTRIBUTE: Final = re.compile(r"attribute\[([^\[\]]{1,64})\](?:\[\])?")
KEY: Final = "api_key"
# ours → theirs, for whoever has to mend it
THEIRS: Final = {
    "text": "description",
    "kinds": "service_code",
    "landmark": "address_string",
    "contact.name": "last_name",
    "contact.phone": "phone",
    "contact.email": "email",
    "point.longitude": "long",
    "point.latitude": "lat",
}
# kept sealed with the report, for they tell who sent it
SEALED: Final = ("account_id", "device_id", "address_id", "media_url")

Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Posted:
    """A form without its key; an empty field is no field."""

    fields: Fields

    @classmethod
    def of(cls, *parts: Fields) -> "Posted":
        """Of query and body; the body stands before the query."""
        found: dict[str, list[str]] = {}
        for part in parts:
            for name, values in part.items():
                said = [one for one in map(str.strip, values) if one]
                if said and name != KEY:
                    found.setdefault(name, said)
        return cls(found)

    def first(self, name: str) -> str:
        """The field, "" for none."""
        said = self.fields.get(name)
        return said[0] if said else ""

    def attribute(self, code: str) -> str:
        """The value of attribute[code] or of attribute[code][]."""
        return self.first(f"attribute[{code}]") or self.first(f"attribute[{code}][]")

    def canonical(self) -> bytes:
        """The same bytes for the same content, however it was wrapped."""
        return json.dumps(sorted(self.fields.items())).encode()  # plain ASCII


def report_of(posted: Posted, holder: KeyHolder, pack: Pack, now: datetime) -> Report:
    """BadReport names every field that is wrong by the name it was sent under."""
    faults = _faults(posted, pack)
    given = _given(posted, pack)
    try:
        report = read(given, holder, pack, now)
    except BadReport as error:
        faults = {**_led_back(error.errors, posted), **faults}
    if faults:
        raise BadReport(faults)
    return report


def _given(posted: Posted, pack: Pack) -> dict[str, Any]:
    """What the signed webhook's contract calls the same things."""
    county, township = _places(posted, pack)
    texts = {name: posted.attribute(name) for name in TEXTS if name != "township"}
    contact = {
        "name": _name(posted),
        "phone": posted.first("phone"),
        "email": posted.first("email"),
    }
    reached = any(contact.values())
    contact["language"] = _language(posted.first("locale")) if reached else ""
    given = {
        **texts,
        "text": posted.first("description"),
        "landmark": posted.first("address_string") or texts["landmark"],
        "county": county,
        "township": township,
        "kinds": [posted.first("service_code")],
        "wish": posted.attribute("wish") or None,
        "contact": {name: said for name, said in contact.items() if said},
        "wants_reply": reached,
        "point": _point(posted),
        "open311": {name: posted.first(name) for name in SEALED if posted.first(name)},
    }
    return {name: said for name, said in given.items() if said}


def _language(locale: str) -> str:
    """zh of zh_CN: ours, beyond the specification; another language is none of ours."""
    said = locale[:2].lower()
    return said if said in LANGUAGES else ""


def _point(posted: Posted) -> dict[str, Any]:
    """The specification's coordinates are WGS-84."""
    lat, long = _degrees(posted.first("lat"), NORTH), _degrees(posted.first("long"), EAST)
    if lat is None or long is None:
        return {}
    return {"longitude": long, "latitude": lat, "system": System.WGS84.value}


def _places(posted: Posted, pack: Pack) -> tuple[str, str]:
    """County and township, from the attributes or from the address's own id."""
    county = _code(pack, posted.attribute("county"), pack.code)
    township = _code(pack, posted.attribute("township"), county or pack.code)
    named = posted.first("address_id")
    place = pack.gazetteer.get(named) if named else None
    if place is not None and not county:
        county = pack.gazetteer.county_of(named) or ""
        township = township or (named if place.level == "township" else "")
    if township and not county:
        county = pack.gazetteer.county_of(township) or ""
    return county, township


def _code(pack: Pack, word: str, within: str) -> str:
    """A code as it is; a name that only one place within has, as its code."""
    if not word or pack.gazetteer.get(word):
        return word
    inside = [
        place.code
        for place in pack.gazetteer.named(word)
        if within in {one.code for one in pack.gazetteer.path(place.code)}
    ]
    return inside[0] if len(inside) == 1 else word


def _name(posted: Posted) -> str:
    first, last = posted.first("first_name"), posted.first("last_name")
    between = " " if (first + last).isascii() else ""  # 张 + 三 is 张三
    named = (first, last) if between else (last, first)
    return between.join(part for part in named if part)


def _faults(posted: Posted, pack: Pack) -> dict[str, str]:
    found = _location_faults(posted, pack)
    code = posted.first("service_code")
    if not code:
        found["service_code"] = "service_code.needed"
    elif (kind := pack.lexicon.kind(code)) is None or not kind.ours:
        found["service_code"] = "kind.unknown"
    if len(posted.first("description")) > LONGEST_DESCRIPTION:
        found["description"] = "description.too_long"
    url = posted.first("media_url")
    if url and not (url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL):
        found["media_url"] = "media_url.bad"
    known = {"notice", "county", "wish", *TEXTS}
    for name in posted.fields:
        attribute = ATTRIBUTE.fullmatch(name)
        if attribute and attribute[1] not in known:
            found[name] = "field.unknown"
    return found


def _location_faults(posted: Posted, pack: Pack) -> dict[str, str]:
    lat, long, named = (posted.first(name) for name in ("lat", "long", "address_id"))
    found = {}
    if bool(lat) is not bool(long):
        found["long" if lat else "lat"] = "location.both"
    for name, said, most in (("lat", lat, NORTH), ("long", long, EAST)):
        if said and _degrees(said, most) is None:
            found[name] = "location.not_degrees"
    if named and pack.gazetteer.get(named) is None:
        found["address_id"] = "place.unknown"
    places = (posted.attribute("county"), posted.attribute("township"))
    if not (lat or long or named or posted.first("address_string") or any(places)):
        found["address_string"] = "location.needed"
    return found


def _degrees(said: str, most: float) -> float | None:
    try:
        found = float(said)
    except ValueError:
        return None
    return found if abs(found) <= most else None


def _led_back(errors: Mapping[str, str], posted: Posted) -> dict[str, str]:
    found = {}
    for name, key in errors.items():
        theirs = THEIRS.get(name, name)
        attribute = f"attribute[{name}]"
        found[attribute if posted.attribute(name) else theirs] = key
    return found
