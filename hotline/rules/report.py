"""What a door hands over: one report in the reporter's own words, and what must be true of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final

from hotline.rules.coordinates import Point, System, to_wgs84
from hotline.rules.terms import Channel, Secrecy, Wish

MOST_REPRESENTATIVES: Final = 5  # 信访工作条例 art. 20, of a joint visit
MOST_SIGNATORIES: Final = 100_000
SHORTEST_TEXT: Final = 5
LONGEST_TEXT: Final = 10_000
LONGEST_LINE: Final = 200
EAST, NORTH = 180.0, 90.0  # degrees
VAGUEST_M: Final = 100_000.0


@dataclass(frozen=True, slots=True)
class Representative:
    """代表: one of those whom many reporters chose to speak for them."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the reporter; sealed apart from the matter. Empty when anonymous."""

    name: str = ""
    phone: str = ""
    email: str = ""
    openid: str = ""
    address: str = ""  # 通信地址 of whoever wrote a letter
    representatives: tuple[Representative, ...] = ()
    language: str = ""  # in which the reporter read the pages; sealed, for it tells of a person

    def is_empty(self) -> bool:
        """Nobody can be reached."""
        return not any(_REACHED(self))


@dataclass(frozen=True, slots=True)
class Story:
    """What happened and where, as told; sealed as sent."""

    text: str
    title: str = ""
    landmark: str = ""
    source_name: str = ""  # 疑似污染源名称
    source_place: str = ""
    occurred: str = ""  # when it began and at what hours, as told
    outlet: str = ""  # 媒体线索 only
    url: str = ""
    raw: str = ""  # a machine's body as sent
    same_as: str = ""  # the order that the reporter said it belongs to
    # 位置 as told: the raw pair beside its system, never converted here
    longitude: float | None = None
    latitude: float | None = None
    system: str = ""
    accuracy_m: float | None = None
    apart: str = ""  # "yes": a person said that it belongs to none
    signatories: int | None = None  # 联名: how many signed the paper


@dataclass(frozen=True, slots=True)
class Report:
    """One report as a door understood it. Places and kinds are the reporter's choice, if any."""

    tenant_id: str
    jurisdiction: str
    channel: Channel
    wish: Wish
    story: Story
    contact: Contact = field(default=Contact(), repr=False)
    secrecy: Secrecy = Secrecy.ANONYMOUS
    county: str | None = None
    township: str | None = None
    kinds: tuple[str, ...] = ()
    wants_reply: bool = False
    wants_reward: bool = False
    may_publish: bool = False
    notice_version: str = ""
    foreign_number: str | None = None
    occurred_at: datetime | None = None
    paper_date: date | None = None
    partner_received_at: datetime | None = None
    registered_at: datetime | None = None  # the row's own time: history, and demo data
    is_demo: bool = False  # made up for a demonstration: back-dated, yet lives like a new report
    code: str | None = field(default=None, repr=False)
    hold_until: datetime | None = None  # the worker leaves it alone till then (即时答复)

    @property
    def is_historical(self) -> bool:
        """No clock starts and nobody is told."""
        return self.registered_at is not None and not self.is_demo


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a door knows that the same thing came twice: channel, id there, and the exact body."""

    channel: str
    delivery_id: str
    body: bytes = field(repr=False)
    strict: bool = True  # another body under the same id is a conflict, not a repeat
    # what lay on the wire, kept sealed, where `body` is but what of it tells a repeat
    sent: bytes = field(default=b"", repr=False)


def faults(report: Report, *, longest: int = LONGEST_TEXT) -> dict[str, str]:
    """Field → message key for everything that keeps the report from being taken."""
    story, found = report.story, {}
    length = len(story.text.strip())
    if length == 0:
        found["text"] = "text.empty"
    elif length < SHORTEST_TEXT:
        found["text"] = "text.too_short"
    elif len(story.text) > longest:  # as sent: a document that says how long says it of that
        found["text"] = "text.too_long"
    if max(map(len, _OF_LINES(story))) > LONGEST_LINE:
        long = (name for name in _LINES if len(getattr(story, name)) > LONGEST_LINE)
        found |= dict.fromkeys(long, "line.too_long")
    found |= _position_faults(story) | _joint_faults(report)
    if report.secrecy is Secrecy.REAL_NAME and not (report.contact.name and _reachable(report)):
        found["contact"] = "contact.real_name_needs_name_and_phone"
    elif report.wants_reply and report.contact.is_empty() and report.code is None:
        found["contact"] = "contact.reply_needs_contact"
    return found


def position(story: Story) -> Point | None:
    """Where the story says it is, in CGCS2000; None when it gives no position."""
    if story.longitude is None or story.latitude is None:
        return None
    system = System(story.system or System.WGS84)
    return to_wgs84(story.longitude, story.latitude, system, story.accuracy_m)


def _position_faults(story: Story) -> dict[str, str]:
    """A pair is whole, of a system that is known, and on the earth."""
    if story.longitude is None or story.latitude is None:
        told = (story.longitude, story.latitude, story.accuracy_m, story.system or None)
        return {} if told == _NOWHERE else {"point": "point.incomplete"}
    found = {}
    if story.system not in tuple(System):
        found["point.system"] = "point.system"
    if not is_position(story.longitude, story.latitude, None):
        found["point"] = "point.range"
    if story.accuracy_m is not None and not 0 <= story.accuracy_m <= VAGUEST_M:
        found["point.accuracy_m"] = "point.accuracy"
    return found


def is_position(longitude: float | None, latitude: float | None, accuracy_m: float | None) -> bool:
    """A whole pair on the earth, no vaguer than says anything."""
    if longitude is None or latitude is None:
        return False
    is_on_earth = abs(longitude) <= EAST and abs(latitude) <= NORTH
    return is_on_earth and (accuracy_m is None or 0 <= accuracy_m <= VAGUEST_M)


def _joint_faults(report: Report) -> dict[str, str]:
    """Those who speak for many are few; how many signed is a number of people."""
    found = {}
    if len(report.contact.representatives) > MOST_REPRESENTATIVES:
        found["representatives"] = "contact.too_many_representatives"
    signed = report.story.signatories
    if signed is not None and not 1 <= signed <= MOST_SIGNATORIES:
        found["signatories"] = "story.signatories"
    return found


def _reachable(report: Report) -> bool:
    return bool(report.contact.phone or report.contact.email or report.contact.openid)


_NOWHERE: Final = (None,) * 4
_LINES: Final = ("title", "landmark", "source_name", "source_place", "occurred")
_OF_LINES: Final = attrgetter(*_LINES)
_TOLD: Final = tuple(one.name for one in fields(Story))
_GIVEN: Final = tuple(one.name for one in fields(Contact))
_REACHED: Final = attrgetter(*(name for name in _GIVEN if name != "language"))


def story_fields(story: Story) -> dict[str, Any]:
    """The story as it is sealed: only what was said."""
    return {name: value for name in _TOLD if (value := getattr(story, name)) not in ("", None)}


def contact_fields(contact: Contact) -> dict[str, Any]:
    """The contact as it is sealed: only what was given."""
    if contact.is_empty():
        return {}  # a language alone tells of a person, and reaches nobody
    given = {name: value for name in _GIVEN if (value := getattr(contact, name))}
    if contact.representatives:
        given["representatives"] = [asdict(one) for one in contact.representatives]
    return given


def contact_of(sealed: Mapping[str, Any]) -> Contact:
    """The contact as it was given, from what was sealed."""
    spoke = tuple(Representative(**one) for one in sealed.get("representatives", ()))
    return Contact(**{**sealed, "representatives": spoke})
