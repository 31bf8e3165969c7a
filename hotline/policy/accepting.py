"""分别受理 as a pack tells it: which departments accept, with the prefix of their numbers."""

from hotline.policy.topics import Topic
from hotline.rules.accepting import Accepting

FIELDS = ("code", "prefix", "source", "mark")


def accepting_of(topic: Topic) -> dict[str, Accepting]:
    """By the department's code; empty where one body accepts all."""
    rows = topic.rows("accepting")
    return {
        one.code: one
        for one in (
            Accepting(*(topic.need(key, row) for key in FIELDS), row.get("contact", ""))
            for row in rows
        )
    }
