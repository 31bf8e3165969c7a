"""What a reporter has answered so far, page by page, and the report that is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, Final

from hotline.policy.pack import Pack
from hotline.rules.coordinates import System
from hotline.rules.report import SHORTEST_TEXT, Contact, Report, Story
from hotline.rules.terms import Channel, Secrecy, Wish
from webforms.dates import CHINA
from webforms.texts import text

UNKNOWN: Final = "-"  # "not in the list or not known"
PAGES: Final = ("where", "what", "story", "photos", "you")


@dataclass(frozen=True)
class Answers:
    """One field a question; empty means not answered yet."""

    county: str = ""
    township: str = ""
    landmark: str = ""
    source_name: str = ""
    source_place: str = ""
    wish: str = ""
    kinds: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    began: str = ""
    hours: str = ""
    still: str = ""
    offers: tuple[Mapping[str, str], ...] = ()  # matters like it, as shown (see alike.py)
    same_as: str = ""  # which of them it is, by the reference on the page
    seen_photos: bool = False
    longitude: float | None = field(default=None, repr=False)  # a photo's or the browser's
    latitude: float | None = field(default=None, repr=False)
    accuracy_m: float | None = None  # of the browser's own position
    secrecy: str = ""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    card: str = field(default="", repr=False)  # 监督员证: tried, and proved once it is sent
    wants_reply: bool = False
    wants_reward: bool = False
    may_publish: bool = False
    checking: bool = False  # the check page was seen: a changed answer goes straight back there
    code: str = field(default="", repr=False)

    def missing_page(self) -> str | None:
        """The first page that still has to be answered."""
        done = {
            "where": bool(self.county),
            "what": bool(self.wish),
            "story": len(self.text) >= SHORTEST_TEXT,
            "photos": self.seen_photos,
            "you": bool(self.secrecy),
        }
        return next((page for page in PAGES if not done[page]), None)

    def chosen_offer(self) -> Mapping[str, str]:
        """The matter that the reporter says it is; empty for none."""
        return next((one for one in self.offers if one["ref"] == self.same_as), {})


QUESTIONS: Final = frozenset(one.name for one in fields(Answers))


def answers_of(held: Mapping[str, Any]) -> Answers:
    """Answers as a draft holds them; what an older draft calls otherwise is left out."""
    found = {name: value for name, value in held.items() if name in QUESTIONS}
    lists = {name: tuple(found.get(name, ())) for name in ("kinds", "offers")}
    return Answers(**{**found, **lists})


def report_of(answers: Answers, pack: Pack, language: str = "") -> Report:
    """The report, for the pack of the place; `language`: what the reporter read, if not ours."""
    return Report(
        tenant_id=pack.tenant,
        jurisdiction=pack.jurisdiction,
        channel=Channel.WEB,
        wish=Wish(answers.wish),
        story=_story(answers),
        contact=Contact(answers.name, answers.phone, answers.email, language=language),
        secrecy=Secrecy(answers.secrecy),
        county=None if answers.county == UNKNOWN else answers.county,
        township=answers.township if answers.township not in ("", UNKNOWN) else None,
        kinds=tuple(kind for kind in answers.kinds if kind != UNKNOWN),
        wants_reply=answers.wants_reply,
        wants_reward=answers.wants_reward,
        may_publish=answers.may_publish,
        notice_version=pack.privacy_notice_version,
        occurred_at=occurred_at(answers.began),
        code=answers.code,
    )


def occurred_at(began: str) -> datetime | None:
    """The beginning of the day it began, in China."""
    return datetime.combine(date.fromisoformat(began), time(), CHINA) if began else None


def occurred(answers: Answers) -> str:
    """When it happens, in one line."""
    still = text(f"story.still.{answers.still}") if answers.still else ""
    began = text("story.since", day=answers.began) if answers.began else ""
    return "；".join(part for part in (began, answers.hours, still) if part)


def _story(answers: Answers) -> Story:
    return Story(
        text=answers.text,
        landmark=answers.landmark,
        source_name=answers.source_name,
        source_place=answers.source_place,
        occurred=occurred(answers),
        same_as=answers.chosen_offer().get("order", ""),
        longitude=answers.longitude,
        latitude=answers.latitude,
        system="" if answers.longitude is None else System.WGS84.value,
        accuracy_m=answers.accuracy_m,
    )
