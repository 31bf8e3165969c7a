"""What a service shows of its orders and reports, in values that two services can be compared by.

Reports are told by the order in which they came, orders by the reports in them: numbers are drawn
by lot, and an order that was opened again has another one.
"""

from typing import Any

from hotline.database import rows
from hotline.lookups.first_reporter import first_reporters
from hotline.lookups.ledger import Filter, cases
from hotline.lookups.look_alikes import Told, look_alikes, public_look_alikes
from hotline.lookups.progress import progress
from hotline.lookups.request import request as triage_view
from hotline.records import Membership, RewardCase, WorkOrder
from hotline.rules.terms import Role
from hotline.steps.recount_reward import look_again
from hotline.steps.suggest_again import suggest_again
from tests.twin.world import CODE, TENANT, World, person

COLUMNS = (
    "jurisdiction", "stage", "county", "township", "also", "kinds", "industry", "title",
    "lead", "emergency",
    "opened_at", "signed_at", "answered_at", "closed_at", "next_due_at", "finding", "ruled",
    "redo_count", "report_count", "historical",
)  # fmt: skip
# the correction, and what it corrects; an order that stands anew is handed over anew
OF_PARTING = {"split", "unmerge", "dispatch", "triage"}
UNDONE = {"answer", "close", "redo", "follow_up"}


async def portrait(world: World, probes: tuple[str, ...], moved: set[int]) -> dict[str, Any]:
    """Everything but what was told of the correction to those that moved."""
    await look_again(world.now)
    # a report that waits keeps what it was like when it came; both are asked again
    numbers = await WorkOrder.filter(tenant_id=TENANT).values_list("number", flat=True)
    await suggest_again(TENANT, list(map(str, numbers)), world.now)
    names = {one.request_id: at for at, one in enumerate(world.reports)}
    orders = {
        tuple(sorted(names[one["request_id"]] for one in held)): order
        for order in await WorkOrder.filter(tenant_id=TENANT, merged_into_id=None)
        if (
            held := await Membership.filter(tenant_id=TENANT, order_id=order.id, to_at=None).values(
                "request_id"
            )
        )
    }
    by_number = {order.number: members for members, order in orders.items()}
    return {
        "orders": {members: await _order(order, names) for members, order in orders.items()},
        "desk": await _alike(probes, by_number, world),
        "public": [await _public(one, by_number, world) for one in probes],
        "ledger": await _ledger(),
        "reports": [
            await _report(world, at, at in moved, by_number) for at in range(len(world.reports))
        ],
    }


async def _order(order: WorkOrder, names: dict[Any, int]) -> dict[str, Any]:
    shown = {name: getattr(order, name) for name in COLUMNS}
    members = await Membership.filter(tenant_id=TENANT, order_id=order.id, to_at=None)
    clocks = await rows(
        "SELECT scheme, started_at, due_on, outcome, stopped_at FROM clock WHERE tenant_id = $1"
        " AND holder_id = $2 AND NOT is_right ORDER BY scheme, started_at",
        TENANT,
        order.id,
    )
    held = await rows(
        "SELECT department, duty FROM held WHERE tenant_id = $1 AND order_id = $2"
        " AND to_at IS NULL ORDER BY duty, department",
        TENANT,
        order.id,
    )
    placed = await first_reporters(TENANT, order.id)
    return {
        **shown,
        "first": names[order.first_request_id],
        "members": sorted((names[one.request_id], one.relation) for one in members),
        "clocks": clocks,
        "held": held,
        "reporters": [(names[one.told.id], one.place) for one in placed],
        "rewards": await _rewards(order, names),
        "texts": await _texts(order),
    }


async def _rewards(order: WorkOrder, names: dict[Any, int]) -> list[Any]:
    """奖励: for whom a case goes on, and how it was counted; what was ended is history."""
    standing = RewardCase.filter(tenant_id=TENANT, order_id=order.id, ended_at=None)
    return [
        (names[one.request_id], one.stage, one.reported_on, one.scheme, one.missing, one.facts)
        for one in await standing
    ]


async def _texts(order: WorkOrder) -> list[Any]:
    return await rows(
        "SELECT kind, version, text, approved_at FROM order_text WHERE tenant_id = $1"
        " AND order_id = $2 ORDER BY kind, version",
        TENANT,
        order.id,
    )


async def _alike(
    probes: tuple[str, ...], by_number: dict[str, tuple[int, ...]], world: World
) -> list[Any]:
    """What a desk is shown for a text, and what each waiting report is suggested."""
    shown = []
    for text in probes:
        for one in await look_alikes(Told(text), person(Role.TRIAGE), world.now):
            likeness = (one.relation, one.score, sorted(one.reasons), one.can_join)
            shown.append((text, by_number[one.number], one.stage, one.report_count, likeness))
    return sorted(shown, key=repr)


async def _public(text: str, by_number: dict[str, tuple[int, ...]], world: World) -> list[Any]:
    """What a citizen is shown before sending."""
    return [
        (by_number.get(one.order), one.kinds, one.place, one.month, bool(one.publication))
        for one in await public_look_alikes(TENANT, Told(text), world.now)
    ]


async def _ledger() -> list[Any]:
    page = await cases(TENANT, Filter())
    return [
        (one.title, one.place, one.kind, one.finding, one.closing, one.problem, one.measure)
        for one in page.cases
    ]


async def _report(
    world: World, which: int, moved: bool, by_number: dict[str, tuple[int, ...]]
) -> dict[str, Any]:
    receipt = world.reports[which]
    request = await world.request(which)
    page = await progress(receipt.number, CODE)
    own = await rows(
        "SELECT scheme, due_on - started_at::date AS days, outcome FROM clock"
        " WHERE tenant_id = $1 AND holder_id = $2"
        # a right that an answer of the other matter gave has ended with it, as its milestone has
        " AND NOT ($3 AND is_right AND stopped_at IS NOT NULL) ORDER BY scheme, started_at",
        TENANT,
        request.id,
        moved,
    )
    view = await triage_view(person(Role.TRIAGE), receipt.number, world.now)
    waits = view.suggestions if view.stage == "triage" else ()
    told = [(one.step.value, one.department, None if moved else one.at) for one in page.milestones]
    return {
        "stage": page.stage,
        "place": page.place,
        "kinds": request.kinds,
        "department": page.department,
        "terms": page.terms,
        "reply": page.reply,
        "rated": page.rated,
        "may": page.may,
        "added": page.supplements,
        "clocks": own,
        "suggested": [
            (by_number[one.order], one.relation, one.score, one.reasons) for one in waits
        ],
        "milestones": _beside_correction(told) if moved else told,
    }


def _beside_correction(told: list[Any]) -> list[Any]:
    """Neither the correction nor what it corrects."""
    steps = {step for step, _, _ in told}
    left_out = OF_PARTING | (UNDONE if steps & {"split", "unmerge"} else set())
    return [one for one in told if one[0] not in left_out]


def differences(one: Any, other: Any, way: str = "") -> list[str]:
    """Where two portraits differ, each on a line of its own."""
    if isinstance(one, dict) and isinstance(other, dict):
        found = []
        for key in {**one, **other}:
            found += differences(one.get(key), other.get(key), f"{way}.{key}")
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for at, (a, b) in pairs for line in differences(a, b, f"{way}[{at}]")]
    return [] if one == other else [f"{way}: {one} != {other}"]
