"""电话: the terms of the line as the pack says them; what it does not say stays open."""

from hotline.policy.topics import Topic
from hotline.rules.phone import LineTerms

FIGURES = (
    "answer_seconds",
    "connected_percent",
    "media_minutes",
    "mailbox_hours",
    "call_back_hours",
    "call_back_tries",
)


def line_terms_of(topic: Topic) -> LineTerms:
    """One row a figure, each with its source."""
    said = {str(row["code"]): row for row in topic.rows("level")}
    figures = {code: int(topic.need("figure", said[code])) for code in FIGURES if code in said}
    return LineTerms(**figures, source=str(topic.content.get("source", "")))
