"""督办移送 from a pack's rows: kinds, their terms, and what makes a matter sensitive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.clocks import Scheme, Unit
from hotline.rules.referral import KindTerm, Option, ReferralKind
from hotline.rules.sensitive import Sensitive
from hotline.rules.terms import Role, Step

SWITCHES = (
    *("at_once", "live", "incoming", "several", "free", "closed", "concerns", "to_concerned"),
    *("same_hand", "apart", "officers", "note"),
)
TABLES = ("causes", "grades", "entries", "documents", "outcomes")


@dataclass(frozen=True, slots=True)
class Column:
    """边督边改: one counted column of an inspection item."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Referring:
    """The whole topic."""

    kinds: tuple[ReferralKind, ...]
    sensitive: tuple[Sensitive, ...]
    levels: tuple[Option, ...]
    columns: tuple[Column, ...]

    def kind(self, code: str) -> ReferralKind | None:
        """The row of a kind; None where the pack knows it not, or no more."""
        return next((one for one in self.kinds if one.code == code), None)


def referring_of(topic: Topic) -> Referring:
    """PolicyGap for a row that lacks its name, its roles, or the step a term starts with."""
    terms = [_term(topic, row) for row in topic.rows("clock")]
    return Referring(
        kinds=tuple(_kind(topic, row, terms) for row in topic.rows("kind")),
        sensitive=tuple(_sensitive(topic, row) for row in topic.rows("sensitive")),
        levels=_options(topic, topic.rows("level")),
        columns=tuple(
            Column(topic.need("code", row), topic.need("name", row), topic.need("unit", row))
            for row in topic.rows("column")
        ),
    )


def _kind(topic: Topic, row: Content, terms: Sequence[tuple[str, KindTerm]]) -> ReferralKind:
    code = topic.need("code", row)
    said: dict[str, Any] = {name: row[name] for name in SWITCHES if name in row}
    said |= {table: _options(topic, row.get(table, [])) for table in TABLES}
    return ReferralKind(
        code=code,
        name=topic.need("name", row),
        group=topic.need("group", row),
        addressees=tuple(topic.need("addressees", row)),
        open=_roles(topic, topic.need("open", row)),
        approve=_roles(topic, row.get("approve", [])),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
        terms=tuple(term for kind, term in terms if kind == code),
        **said,
    )


def _roles(topic: Topic, names: Sequence[str]) -> frozenset[Role]:
    if unknown := [name for name in names if name not in list(Role)]:
        raise PolicyGap(topic.jurisdiction, topic.name, f"a role named {unknown[0]}")
    return frozenset(map(Role, names))


def _options(topic: Topic, rows: Sequence[Content]) -> tuple[Option, ...]:
    return tuple(
        Option(
            topic.need("code", row),
            topic.need("name", row),
            optional=row.get("optional", False),
            later=row.get("later", False),
        )
        for row in rows
    )


def _term(topic: Topic, row: Content) -> tuple[str, KindTerm]:
    """The kind it is of, and the term; by hand it has no scheme until somebody says the days."""
    steps = (topic.need("starts", row), *topic.need("stops", row))
    if unknown := [name for name in steps if name not in list(Step)]:
        raise PolicyGap(topic.jurisdiction, topic.name, f"a step named {unknown[0]}")
    return topic.need("kind", row), KindTerm(
        code=topic.need("code", row),
        name=topic.need("name", row),
        starts=steps[0],
        stops=steps[1:],
        scheme=_scheme(topic, row) if "count" in row else None,
        by_hand=row.get("by_hand", False),
        grades=tuple(row.get("grades", ())),
        outcomes=tuple(row.get("outcomes", ())),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
    )


def _scheme(topic: Topic, row: Content) -> Scheme:
    return Scheme(
        code=topic.need("code", row),
        name=topic.need("name", row),
        holder="referral",
        count=row["count"],
        unit=Unit(topic.need("unit", row)),
        starts=topic.need("starts", row),
        is_right=row.get("is_right", False),
    )


def _sensitive(topic: Topic, row: Content) -> Sensitive:
    return Sensitive(
        code=topic.need("code", row),
        name=topic.need("name", row),
        words=tuple(row.get("words", ())),
        and_words=tuple(row.get("and_words", ())),
        channels=tuple(row.get("channels", ())),
        over_signatories=row.get("over_signatories"),
        over_reports=row.get("over_reports"),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
    )
