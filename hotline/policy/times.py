"""期限与日历: the pack's terms and the announced holidays; without them ends are provisional."""

from datetime import date
from typing import Literal, cast

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.clocks import Calendar, Scheme, Unit
from hotline.rules.terms import Step


def schemes_of(topic: Topic) -> tuple[Scheme, ...]:
    return tuple(_scheme(topic, row) for row in topic.rows("scheme"))


def _scheme(topic: Topic, row: Content) -> Scheme:
    return Scheme(
        code=topic.need("code", row),
        name=topic.need("name", row),
        holder=cast(Literal["request", "order"], topic.need("holder", row)),
        count=topic.need("count", row),
        unit=Unit(topic.need("unit", row)),
        starts=_step(topic, topic.need("starts", row)),
        stops=tuple(_step(topic, stop) for stop in topic.need("stops", row)),
        rolls=topic.need("rolls", row),
        extendable=topic.need("extendable", row),
        pausable=row.get("pausable", 0),
        wishes=tuple(row.get("wishes", ())),
        channels=tuple(row.get("channels", ())),
        bodies=tuple(row.get("bodies", ())),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
        is_right=row.get("is_right", False),
        interim=row.get("interim", False),
    )


def limits_of(topic: Topic) -> dict[str, int]:
    """How often, how long: what is counted and is no term."""
    return {
        str(topic.need("code", row)): int(topic.need("count", row)) for row in topic.rows("limit")
    }


def _step(topic: Topic, name: str) -> str:
    if name not in list(Step):
        raise PolicyGap(topic.jurisdiction, topic.name, f"a step named {name}")
    return name


def calendar_of(topic: Topic) -> Calendar:
    """One row a year: the days off and the make-up working days."""
    years = topic.rows("year")
    return Calendar(
        off=_days(years, "off"),
        work=_days(years, "work"),
        known_years=frozenset(int(year["code"]) for year in years),
    )


def _days(years: list[Content], key: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for year in years for day in year.get(key, ()))
