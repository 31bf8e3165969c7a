"""工单列表: orders as lines of a list, whatever they were chosen by, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.names import Named, department, kind_names, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight
from hotline.rules.terms import OrderStage

PAGE: Final = 50
MOST_COUNTED: Final = 1000  # of a whole jurisdiction's orders no more are counted for a list
NOBODY: Final = "-"  # without a department, at an unknown place

# the index of a desk is of these alone; who asks for one stage says no more than that stage, for
# the planner would take each as a reason of its own that there are few
LIVING: Final = "o.stage IN ('opened', 'dispatched', 'signed', 'returned', 'submitted', 'answered')"
SEEN: Final = (
    "FROM work_order o WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND NOT o.historical"
)
# a department's: what it leads is one range of an index in the order of the list (whoever leads
# holds), what it assists in are few, each by its key
LED: Final = " AND o.lead = {0}"
ASSISTED: Final = """
 AND o.lead IS DISTINCT FROM {0} AND o.id IN (SELECT h.order_id FROM held h
   WHERE h.tenant_id = $1 AND h.department = {0} AND h.to_at IS NULL AND h.duty = 'co')
"""
COLUMNS: Final = """
o.id, o.number, o.version, o.jurisdiction, o.stage, o.title, o.county, o.township, o.kinds, o.lead,
  o.opened_at, o.answered_at, o.next_due_at, o.report_count, o.emergency, o.redo_count
"""
# the first of each range are enough for a page of both
FIRST: Final = f"""
(SELECT {COLUMNS} {{where}}
ORDER BY o.emergency DESC, o.next_due_at, o.opened_at, o.number
LIMIT {{limit}}::int + {{offset}}::int)
"""
ROWS: Final = """
SELECT o.*,
  EXISTS (SELECT FROM feedback f JOIN membership m ON m.tenant_id = $1 AND m.to_at IS NULL
      AND m.request_id = f.request_id AND m.order_id = o.id
    WHERE f.tenant_id = $1 AND f.order_id = o.id AND f.wants_redo
      AND f.at >= o.answered_at) AS redo_wanted
FROM ({first}) o
ORDER BY o.emergency DESC, o.next_due_at, o.opened_at, o.number LIMIT {limit} OFFSET {offset}
"""
COUNTED: Final = "SELECT {each} FROM ({every}) o"
RANGE: Final = "SELECT o.stage, o.next_due_at {where} AND {living}"
FEW: Final = "(SELECT count(*) FROM (SELECT {where} AND {condition} LIMIT {most}) x) AS {name}"
NARROWED: Final[Mapping[str, str]] = {
    "county": "(o.county = {0} OR {0} = ANY(o.also))",
    "kind": "EXISTS (SELECT FROM unnest(o.kinds) k WHERE k = {0} OR starts_with(k, {0} || '.'))",
    "lead": "o.lead = {0}",
    "channel": "EXISTS (SELECT FROM service_request r WHERE r.tenant_id = $1"
    " AND r.id = o.first_request_id AND r.channel = {0})",
}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One order of the queue. `leads`: the reader's department leads, else it assists."""

    number: str
    version: int
    stage: OrderStage
    title: str
    place: str
    kinds: tuple[Named, ...]
    lead: Named | None
    leads: bool
    opened_at: datetime
    left: Left | None
    report_count: int
    emergency: bool
    redone: bool
    redo_wanted: bool


@dataclass
class Chosen:
    """Which orders: the reader's own, and what they are narrowed to, with its values.

    Whoever asks says which stages; all of them are living ones.
    """

    sight: Sight
    sql: str = SEEN
    values: list[object] = field(default_factory=list)
    own: str = ""  # the place of a department

    def __post_init__(self) -> None:
        self.values = [self.sight.tenant_id, sorted(self.sight.jurisdictions)]
        if self.sight.department:
            self.own = self.given(self.sight.department)
        self.sql += order_kinds(self.sight)

    @property
    def is_wide(self) -> bool:
        """A whole jurisdiction's, of which there may be very many."""
        return not self.sight.department

    @property
    def ranges(self) -> tuple[str, ...]:
        """Each read by itself; no order is in two of them."""
        if not self.own:
            return (self.sql,)
        return tuple(self.sql + part.format(self.own) for part in (LED, ASSISTED))

    def given(self, value: object) -> str:
        """The place of a value in the statement."""
        self.values.append(value)
        return f"${len(self.values)}"

    def only(self, condition: str) -> None:
        """Narrowed by a condition of ours."""
        self.sql += f" AND {condition}"

    def narrow(self, wanted: Mapping[str, str]) -> None:
        """By what a person chose; "" is not chosen, NOBODY is without any."""
        for name, value in wanted.items():
            if value == NOBODY:
                self.only(f"o.{name} IS NULL")
            elif value:
                self.only(NARROWED[name].format(self.given(value)))


async def listed(chosen: Chosen, by: Actor, now: datetime, page: int) -> tuple[DeskRow, ...]:
    """Emergencies first, then by the nearest term."""
    limit, offset = chosen.given(PAGE), chosen.given((page - 1) * PAGE)
    first = " UNION ALL ".join(
        FIRST.format(where=where, limit=limit, offset=offset) for where in chosen.ranges
    )
    found = await rows(ROWS.format(first=first, limit=limit, offset=offset), *chosen.values)
    known = await packs()
    return tuple(_row(known.pack(one["jurisdiction"]), one, by, now) for one in found)


async def counted(chosen: Chosen, conditions: Mapping[Any, str]) -> dict[Any, int]:
    """How many under each condition, by one statement; of many, MOST_COUNTED stands for more."""
    if chosen.is_wide:
        each = (
            FEW.format(where=chosen.sql, condition=condition, most=MOST_COUNTED, name=name)
            for name, condition in conditions.items()
        )
        found = await row(f"SELECT {', '.join(each)}", *chosen.values)
    else:
        each = (
            f"count(*) FILTER (WHERE {condition}) AS {name}"
            for name, condition in conditions.items()
        )
        every = " UNION ALL ".join(
            RANGE.format(where=where, living=LIVING) for where in chosen.ranges
        )
        sql = COUNTED.format(each=", ".join(each), every=every)
        found = await row(sql, *chosen.values)
    assert found is not None
    return {name: int(found[name]) for name in conditions}


def _row(pack: Pack, one: dict[str, Any], by: Actor, now: datetime) -> DeskRow:
    return DeskRow(
        number=one["number"],
        version=one["version"],
        stage=OrderStage(one["stage"]),
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kinds=kind_names(pack, one["kinds"]),
        lead=department(pack, one["lead"]) if one["lead"] else None,
        leads=bool(by.department) and by.department == one["lead"],
        opened_at=one["opened_at"],
        left=left(pack, one["next_due_at"], now),
        report_count=one["report_count"],
        emergency=one["emergency"],
        redone=one["redo_count"] > 0,
        redo_wanted=one["redo_wanted"],
    )
