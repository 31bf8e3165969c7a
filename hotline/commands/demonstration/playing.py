"""The play: every act of the plan in the order of time, each by the real step."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from hotline.commands.demonstration import desk_acts, intake_acts, parting_acts, public_acts
from hotline.commands.demonstration.plan import Planned
from hotline.commands.demonstration.scene import Scene, Turn
from hotline.records.rarity import counted

COME_IN: Final = "come_in"

ACTS: Final[Mapping[str, Callable[[Turn], Awaitable[None]]]] = {
    COME_IN: intake_acts.come_in,
    "decide": intake_acts.decided,
    "fail": intake_acts.failed,
    "look": intake_acts.looked_at,
    "join": intake_acts.joined,
    "link": intake_acts.linked,
    "merge": parting_acts.merged,
    "move_out": parting_acts.moved_out,
    "relate": parting_acts.related,
    "refuse": intake_acts.refused,
    "spot": intake_acts.answered_at_once,
    "withdraw": intake_acts.taken_back,
    "supplement": intake_acts.supplemented,
    "assign": desk_acts.assigned,
    "sign": desk_acts.taken_in_hand,
    "object": desk_acts.objected,
    "reject": desk_acts.objection_rejected,
    "reassign": desk_acts.reassigned,
    "find": desk_acts.found,
    "write": desk_acts.drafted,
    "submit": desk_acts.submitted,
    "send_back": desk_acts.sent_back,
    "answer": desk_acts.answered,
    "rate": desk_acts.rated,
    "redo": desk_acts.done_again,
    "close": desk_acts.closed,
    "close_interim": desk_acts.closed_for_now,
    "unmask": desk_acts.unmasked,
    "propose": public_acts.proposed,
    "approve": public_acts.approved,
    "retract": public_acts.retracted,
}
MARKS: Final = frozenset({"again"})  # only says when another report of the plan comes in


async def play(scene: Scene, planned: Iterable[Planned], tick: Callable[[int], None]) -> None:
    """All of it, day by day; within a day the counties, which share no matter, side by side.

    `tick` hears how many reports have come in.
    """
    turns = sorted(_turns(scene, planned), key=lambda turn: (turn.at, turn.planned.key))
    for _, day in groupby(turns, key=lambda turn: turn.at.date()):
        scene.known = await counted()
        lines = defaultdict(list)
        for turn in day:
            lines[turn.planned.telling.spot.county].append(turn)
        await asyncio.gather(*(_play_in_order(line) for line in lines.values()))
        tick(len(scene.reports))


async def _play_in_order(line: Sequence[Turn]) -> None:
    for turn in line:
        await ACTS[turn.name.partition(".")[0]](turn)


def _turns(scene: Scene, planned: Iterable[Planned]) -> Iterator[Turn]:
    for one in planned:
        yield Turn(scene, one, COME_IN, one.at)
        for act in one.acts:
            if act.name not in MARKS:
                yield Turn(scene, one, act.name, act.at)
