"""保护: custodians and terms of keeping as the pack says them; what it does not say is not done."""

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.protection import Custody, Protection, Retention
from hotline.rules.terms import RequestStage, Role

UNMASK = "unmask"


def protection_of(topic: Topic) -> Protection:
    """Both, and the days of what was set aside and of whom a reward was paid to."""
    aside, payee = (_days(topic, name) for name in ("aside_days", "payee_days"))
    return Protection(_custody(topic), _retention(topic), aside, payee)


def _days(topic: Topic, name: str) -> int | None:
    said = topic.content.get(name)
    return int(said) if said is not None else None


def _custody(topic: Topic) -> Custody | None:
    """None where no rule asks for a custodian."""
    for row in topic.rows("custodian"):
        if row.get("code") == UNMASK:
            roles = frozenset(Role(one) for one in row.get("roles", ()))
            return Custody(roles, int(topic.need("hours", row)))
    return None


def _retention(topic: Topic) -> tuple[Retention, ...]:
    """One row a sort of report. PolicyGap for one that lacks its stages or its months."""
    return tuple(
        Retention(
            code=str(topic.need("code", row)),
            stages=frozenset(RequestStage(one) for one in topic.need("stages", row)),
            wishes=frozenset(map(str, row.get("wishes", ()))),
            kinds=frozenset(map(str, row.get("kinds", ()))),
            months=_months(topic, row),
        )
        for row in topic.rows("retention")
    )


def _months(topic: Topic, row: Content) -> int:
    """With none everything would be destroyed in the night it ended."""
    months = topic.need("months", row)
    if not isinstance(months, int) or months < 1:
        raise PolicyGap(topic.jurisdiction, topic.name, f"months of {row.get('code')}: at least 1")
    return months
