"""分别受理 as a pack tells it: which departments accept, with the prefix of their numbers."""

from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.accepting import Accepting


def accepting_of(topic: Topic) -> dict[str, Accepting]:
    """By the department's code; empty where one body accepts all."""
    bodies = (_one(topic, row) for row in topic.rows("accepting"))
    return {one.code: one for one in bodies}


def _one(topic: Topic, row: Content) -> Accepting:
    return Accepting(
        code=topic.need("code", row),
        prefix=topic.need("prefix", row),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
        contact=row.get("contact", ""),
    )
