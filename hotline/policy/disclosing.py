"""公开 from a pack's rows: terms, the printed table, who is told of what the press writes."""

from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.clocks import Unit
from hotline.rules.disclosing import Disclosure, PublicRule

TABLE = "inspection"


def disclosure_of(topic: Topic) -> Disclosure:
    """PolicyGap for a row that lacks what it must say; a row that is missing is no term."""
    rules = [_rule(topic, row) for row in topic.rows("rule") if "unit" in row]
    titles = [row["name"] for row in topic.rows("table") if row.get("code") == TABLE]
    patterns = [row["pattern"] for row in topic.rows("number") if row.get("code") == TABLE]
    told = [str(row["department"]) for row in topic.rows("co_notice")]
    return Disclosure(
        rules={rule.code: rule for rule in rules},
        table_title=str(titles[0]) if titles else "",
        columns=tuple(_column(topic, row) for row in topic.rows("column")),
        number_pattern=str(patterns[0]) if patterns else "",
        publicity=told[0] if told else "",
    )


def _rule(topic: Topic, row: Content) -> PublicRule:
    return PublicRule(
        code=str(topic.need("kind", row)),
        name=str(topic.need("name", row)),
        count=int(topic.need("count", row)),
        unit=Unit(str(row["unit"])),
        source=str(topic.need("source", row)),
    )


def _column(topic: Topic, row: Content) -> tuple[str, str]:
    return str(topic.need("code", row)), str(topic.need("name", row))
