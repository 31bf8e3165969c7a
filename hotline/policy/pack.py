"""规则包: everything that differs by jurisdiction, as one frozen value built from topics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hotline.errors import PolicyGap
from hotline.policy.accepting import accepting_of
from hotline.policy.assessing import assessment_of
from hotline.policy.disclosing import disclosure_of
from hotline.policy.lexicon import lexicon_of
from hotline.policy.phone import line_terms_of
from hotline.policy.protecting import protection_of
from hotline.policy.referring import Referring, referring_of
from hotline.policy.rewarding import reward_schemes
from hotline.policy.table import known_to, offices_of, routing_of
from hotline.policy.times import calendar_of, limits_of, schemes_of
from hotline.policy.topics import (
    Topic,
    acceptance_of,
    departments_of,
    gazetteer_of,
    texts_of,
)
from hotline.rules.acceptance import AcceptanceRules
from hotline.rules.accepting import Accepting
from hotline.rules.accused import Offices
from hotline.rules.assessing import Assessment
from hotline.rules.classifying import Lexicon
from hotline.rules.clocks import Calendar, Scheme
from hotline.rules.departments import Department, Directory
from hotline.rules.disclosing import Disclosure
from hotline.rules.phone import LineTerms
from hotline.rules.places import Gazetteer
from hotline.rules.protection import Protection
from hotline.rules.reward_scheme import RewardScheme
from hotline.rules.routing import Rule


@dataclass(frozen=True, slots=True)
class Identity:
    """Who takes the reports: the jurisdiction and the numbers it answers."""

    name: str
    short: str
    prefix: str
    hotline: str
    historical_hotlines: tuple[str, ...]
    serves: bool
    authority: str = ""  # the department that signs


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one jurisdiction, with what it inherits."""

    jurisdiction: str
    tenant: str
    identity: Identity
    gazetteer: Gazetteer
    lexicon: Lexicon
    departments: Directory
    accepting: Mapping[str, Accepting]  # 分别受理: none where one body accepts all
    offices: Offices
    duties: Mapping[str, str]  # duty → what it is called
    routing: tuple[Rule, ...]
    acceptance: AcceptanceRules
    schemes: tuple[Scheme, ...]
    limits: Mapping[str, int]
    calendar: Calendar
    line: LineTerms
    referring: Referring
    assessment: Assessment | None
    rewards: tuple[RewardScheme, ...]  # every version; which holds, the day of the report decides
    disclosure: Disclosure
    protection: Protection
    privacy_notice_version: str
    texts: Mapping[str, str]
    versions: Mapping[str, UUID] = field(default_factory=dict)  # topic → policy version
    chains: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)  # with those inherited

    @property
    def code(self) -> str:
        return self.jurisdiction

    @property
    def serves(self) -> bool:
        return self.identity.serves

    @property
    def name(self) -> str:
        return self.identity.name

    @property
    def authority(self) -> str:
        """署名: a letter or a message is a body's; the place's own name for want of one."""
        signs = self.departments.by_code.get(self.identity.authority)
        return signs.name if signs else self.name

    @property
    def prefix(self) -> str:
        return self.identity.prefix

    @property
    def hotline(self) -> str:
        return self.identity.hotline

    def limit(self, code: str) -> int:
        """How often or how long. PolicyGap where nobody has said."""
        if (found := self.limits.get(code)) is None:
            raise PolicyGap(self.jurisdiction, "clocks", f"limit {code}")
        return found

    def department(self, code: str) -> Department:
        if found := self.departments.by_code.get(code):
            return found
        raise PolicyGap(self.jurisdiction, "departments", code)


def from_topics(
    jurisdiction: str,
    topics: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, UUID] | None = None,
) -> Pack:
    """`topics` are merged along the chain (policy.merge). What is missing raises PolicyGap."""
    identity = _identity(_topic(jurisdiction, topics, "identity"))
    gazetteer = gazetteer_of(_topic(jurisdiction, topics, "places"))
    lexicon = lexicon_of(_topic(jurisdiction, topics, "kinds"))
    offices = _topic(jurisdiction, topics, "departments")
    departments = Directory(departments_of(offices, gazetteer))
    duties = {str(row["code"]): str(row["name"]) for row in offices.rows("duty")}
    texts = _topic(jurisdiction, topics, "texts")
    return Pack(
        jurisdiction=jurisdiction,
        tenant=_tenant(jurisdiction, gazetteer),
        identity=identity,
        gazetteer=gazetteer,
        lexicon=lexicon,
        departments=departments,
        accepting=accepting_of(offices),
        duties=duties,
        offices=offices_of(offices, departments, gazetteer),
        routing=routing_of(
            _topic(jurisdiction, topics, "routing"),
            offices.content,
            known_to(lexicon, departments, duties.keys(), gazetteer),
        ),
        acceptance=acceptance_of(_topic(jurisdiction, topics, "acceptance"), lexicon),
        **_times(jurisdiction, topics),
        **_beside(jurisdiction, topics),
        privacy_notice_version=texts.need("privacy_notice_version"),
        texts=texts_of(texts, identity.hotline),
        versions=dict(versions or {}),
    )


def _beside(jurisdiction: str, topics: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What goes on beside an order; what a pack does not say of it stays open."""

    def topic(name: str) -> Topic:
        return Topic(jurisdiction, name, topics.get(name, {}))

    return {
        "assessment": assessment_of(topic("assessment")),
        "referring": referring_of(topic("referral")),
        "rewards": reward_schemes(topic("reward")),
        "disclosure": disclosure_of(topic("disclosure")),
        "protection": protection_of(topic("protection")),
    }


def _times(jurisdiction: str, topics: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Terms, how often something is done, days off, and the telephone's own times."""
    clocks = _topic(jurisdiction, topics, "clocks")
    return {
        "schemes": schemes_of(clocks),
        "limits": limits_of(clocks),
        "calendar": calendar_of(Topic(jurisdiction, "calendar", topics.get("calendar", {}))),
        "line": line_terms_of(Topic(jurisdiction, "phone", topics.get("phone", {}))),
    }


def serving_pack(packs: Mapping[str, Pack], county: str) -> str:
    """The code of the most specific serving pack the county lies in."""
    around = [
        (depth, code)
        for code, pack in packs.items()
        if pack.identity.serves
        for depth, place in enumerate(pack.gazetteer.path(county))
        if place.code == code
    ]
    if not around:
        raise PolicyGap(county, "places", "a serving jurisdiction for this county")
    return max(around)[1]


def _topic(jurisdiction: str, topics: Mapping[str, Mapping[str, Any]], name: str) -> Topic:
    if name not in topics:
        raise PolicyGap(jurisdiction, name, "anything")
    return Topic(jurisdiction, name, topics[name])


def _identity(topic: Topic) -> Identity:
    return Identity(
        name=topic.need("name"),
        short=topic.need("short"),
        prefix=topic.need("prefix"),
        hotline=topic.need("hotline"),
        historical_hotlines=tuple(topic.content.get("historical_hotlines", ())),
        serves=topic.need("serves"),
        authority=topic.content.get("authority", ""),
    )


def _tenant(jurisdiction: str, gazetteer: Gazetteer) -> str:
    """The province the jurisdiction lies in leads every key."""
    way = gazetteer.path(jurisdiction)
    if not way:
        raise PolicyGap(jurisdiction, "places", "the jurisdiction itself")
    return way[0].code
