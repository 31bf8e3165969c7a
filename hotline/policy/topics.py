"""From a topic's cited rows to the values the rules work with; what is missing is a PolicyGap."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.rules.acceptance import AcceptanceRules, Reason
from hotline.rules.classifying import Lexicon
from hotline.rules.departments import Department
from hotline.rules.forwarding import Outside
from hotline.rules.places import COUNTY_LEVELS, Gazetteer, Place

TOWNSHIP_DIGITS = 3
OUTSIDE = ("code", "name", "contact", "source", "mark")
FORMER = date(2023, 12, 31)  # townships of the list of 2023 that later lists have no longer


class Topic:
    """One topic of one jurisdiction: asks for a field by name and says what is missing."""

    def __init__(self, jurisdiction: str, name: str, content: Content) -> None:
        self.jurisdiction = jurisdiction
        self.name = name
        self.content = content

    def need(self, key: str, row: Content | None = None) -> Any:
        content = self.content if row is None else row
        if key not in content:
            of = f" of {row.get('code') or row.get('kind')}" if row is not None else ""
            raise PolicyGap(self.jurisdiction, self.name, f"{key}{of}")
        return content[key]

    def rows(self, key: str) -> list[Content]:
        return list(self.content.get(key, []))


def gazetteer_of(topic: Topic) -> Gazetteer:
    """Places, the counties with their townships, and what they were formerly."""
    rows = [row for table in ("place", "former", "misspelt") for row in topic.rows(table)]
    places = [_place(topic, row) for row in rows]
    for row in topic.rows("county"):
        places.append(_place(topic, {"level": "county", **row}))
        places.extend(_townships(topic, row))
    return Gazetteer(_overlaid(places), topic.content.get("not_places", ()))


def _place(topic: Topic, row: Content) -> Place:
    return Place(
        code=topic.need("code", row),
        name=row.get("name", ""),
        level=row.get("level", "county"),
        parent=row.get("parent", ""),
        aliases=tuple(row.get("aliases", ())),
        valid_from=day(row.get("valid_from")),
        valid_to=day(row.get("valid_to")),
        successor=row.get("successor", ""),
    )


def _overlaid(places: list[Place]) -> list[Place]:
    """A row that only adds aliases (no name) is laid over the division of the same code."""
    named = {place.code: place for place in places if place.name}
    for extra in places:
        known = named.get(extra.code)
        if known and not extra.name:
            aliases = tuple(dict.fromkeys((*known.aliases, *extra.aliases)))
            named[extra.code] = replace(known, aliases=aliases)
    return list(named.values())


def _townships(topic: Topic, county: Content) -> Iterator[Place]:
    """`001广惠街道 002文峰街道`: the last digits of the code and the name."""
    above = county["code"]
    for code, name in _entries(topic, county, "townships"):
        yield Place(code, name, "township", above)
    for code, name in _entries(topic, county, "former_townships"):
        yield Place(code, name, "township", above, valid_to=FORMER, successor=above)


def _entries(topic: Topic, county: Content, field: str) -> Iterator[tuple[str, str]]:
    """PolicyGap for one whose digits are too few: its name would lose a character."""
    for entry in county.get(field, "").split():
        digits, name = entry[:TOWNSHIP_DIGITS], entry[TOWNSHIP_DIGITS:]
        if not (digits.isdecimal() and name) or name[0].isdecimal():
            raise PolicyGap(topic.jurisdiction, topic.name, f"three digits and a name in {entry}")
        yield county["code"] + digits, name


def departments_of(topic: Topic, gazetteer: Gazetteer) -> tuple[Department, ...]:
    """The named departments, then those of the templates; the first of a code stands."""
    named = [_department(topic, row, {}) for row in topic.rows("department")]
    made = [
        _department(topic, row, _names(gazetteer, place))
        for row in topic.rows("template")
        for place in _places_for(gazetteer, row)
    ]
    by_code: dict[str, Department] = {}
    for department in [*named, *made]:
        by_code.setdefault(department.code, department)
    return tuple(by_code.values())


def _department(topic: Topic, row: Content, names: Mapping[str, str]) -> Department:
    def filled(key: str) -> str:
        return str(topic.need(key, row)).format_map(names) if names else str(topic.need(key, row))

    return Department(
        code=filled("code"),
        name=filled("name"),
        short=filled("short" if "short" in row else "name"),
        county=names.get("place", row.get("county", "")),
        parent=filled("parent"),
        desk=topic.need("desk", row),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
    )


def _places_for(gazetteer: Gazetteer, template: Content) -> list[Place]:
    within = str(template["within"])
    if template["level"] == "prefecture":
        return [place for place in gazetteer.children(within) if place.level == "prefecture"]
    inside = [place for place in gazetteer.counties() if place.level == template["level"]]
    return [p for p in inside if any(above.code == within for above in gazetteer.path(p.code))]


def _names(gazetteer: Gazetteer, place: Place) -> dict[str, str]:
    above = gazetteer.get(place.parent)
    return {
        "place": place.code,
        "name": place.name,
        "short": _shortest(place) if place.level in COUNTY_LEVELS else place.short,
        "prefecture": above.short if above else "",
        "prefecture_code": place.parent,
    }


def _shortest(place: Place) -> str:
    """都匀 for 都匀市; the name itself where no shorter one is in use."""
    inside = [alias for alias in place.aliases if alias in place.name]
    return min(inside, key=len, default=place.name)


def acceptance_of(topic: Topic, lexicon: Lexicon) -> AcceptanceRules:
    reasons = tuple(
        Reason(
            code=topic.need("code", row),
            text=topic.need("text", row),
            refer_to=topic.need("refer_to", row),
            source=topic.need("source", row),
            mark=topic.need("mark", row),
            kinds=tuple(row.get("kinds", ())),
        )
        for row in topic.rows("reason")
    )
    rules = AcceptanceRules(
        reasons=reasons,
        others=topic.need("others"),
        answered=tuple(topic.need("answered")),
        refer_to={kind.code: kind.refer_to for kind in lexicon.kinds if kind.refer_to},
        outside=tuple(
            Outside(*(topic.need(key, row) for key in OUTSIDE)) for row in topic.rows("outside")
        ),
    )
    rules.reason(rules.others)
    return rules


def texts_of(topic: Topic, hotline: str) -> dict[str, str]:
    """What the public is told; {hotline} is the jurisdiction's own number."""
    about = ("version", "valid_from", "valid_to", "source", "mark", "unknown")
    texts = {key: value for key, value in topic.content.items() if key not in about}
    topic.need("privacy_notice")
    return {key: value.strip().replace("{hotline}", hotline) for key, value in texts.items()}


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
