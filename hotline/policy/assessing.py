"""考核 from a pack's rows: measures with their weights, and orders that are left out."""

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.assessing import Assessment, Excluded, Measure, Weight


def assessment_of(topic: Topic) -> Assessment | None:
    """None for a jurisdiction that assesses nobody; PolicyGap for what is half said."""
    rows = topic.rows("measure")
    if not rows:
        return None
    return Assessment(
        weights=tuple(_weight(topic, row) for row in rows if row.get("weight") != 0),
        excluded=tuple(_excluded(topic, row) for row in topic.rows("exclusion")),
        satisfied_from=_figure(topic, "satisfied_from", 5),
        least=_figure(topic, "least", 10_000),
    )


def _figure(topic: Topic, name: str, most: int) -> int:
    """A cohort of nobody has no share."""
    figure = topic.need(name)
    if not isinstance(figure, int) or not 1 <= figure <= most:
        raise PolicyGap(topic.jurisdiction, topic.name, f"{name} from 1 to {most}")
    return figure


def _weight(topic: Topic, row: Content) -> Weight:
    code, weight = topic.need("code", row), topic.need("weight", row)
    if code not in set(Measure):
        raise PolicyGap(topic.jurisdiction, topic.name, f"a measure {code}")
    if not isinstance(weight, int) or weight < 0:
        raise PolicyGap(topic.jurisdiction, topic.name, f"a whole weight of {code}")
    return Weight(
        measure=Measure(code),
        name=topic.need("name", row),
        weight=weight,
        lower=bool(row.get("lower", False)),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
    )


def _excluded(topic: Topic, row: Content) -> Excluded:
    return Excluded(
        name=topic.need("name", row),
        stages=tuple(row.get("stages", ())),
        kinds=tuple(row.get("kinds", ())),
        wishes=tuple(row.get("wishes", ())),
        source=topic.need("source", row),
    )
