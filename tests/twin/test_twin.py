"""Parted again, both orders stand as in a service where they were never one.

Each case runs twice with the same moments: once with the join and its undoing, once without. More
of them with HOTLINE_TEST_LONG.
"""

import os
from dataclasses import dataclass
from random import Random

import pytest

from hotline.commands.launch.services import Services
from hotline.lookups.history_check import check_history
from tests.conftest import empty_tables
from tests.twin.portrait import differences, portrait
from tests.twin.world import Said, World

CASES = 240 if os.environ.get("HOTLINE_TEST_LONG") else 5
TEXTS = (
    "都匀市小围寨街道某砖厂（虚构）夜间冒黑烟，窗台上全是灰。",
    "都匀市沙包堡街道某工地（虚构）凌晨还在打桩，噪声大得睡不着。",
    "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。",
    "都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河，水面发黑。",
    "都匀市小围寨街道某汽修店（虚构）露天喷漆，油漆味很重。",
)
KINDS = (("air.odour",), ("noise",), ("water", "air"), ())
HANDLING = ("sign", "texts", "answer", "publish", "close", "redo")
OWN = ("supplement", "rate")


@dataclass
class Case:
    """What happens, drawn by lot: the same for both services but for the join."""

    chance: Random
    services: Services
    texts = TEXTS

    def __post_init__(self) -> None:
        self.said = [
            Said(text, f"1390000{self.chance.randrange(10_000):04d}", self.chance.random() < 0.5)
            for text in self.chance.sample(self.texts, k=self.chance.randint(3, 4))
        ]
        self.pauses = [self.chance.choice((3, 60, 1500, 9000)) for _ in range(60)]
        self.way = list(HANDLING[: self.chance.randint(0, len(HANDLING))])
        self.kinds = self.chance.choice(KINDS)
        self.acts = [self.chance.random() for _ in range(60)]

    async def run(self, *, joined: bool) -> World:
        raise NotImplementedError

    async def waits(self, world: World) -> None:
        """A report like two of them comes to a person, who has not yet looked."""
        which = await world.comes(Said(f"{self.said[0].text}{self.said[1].text}", "13900000098"))
        await world.decided(which)

    async def walked(self, world: World, whose: int, others: tuple[int, ...]) -> list[str]:
        """The order of one report goes some way; its reporters do this and that."""
        outcomes, acts = [], iter(self.acts)
        for act in self.way:
            world.tick(self.pauses[len(outcomes)])
            outcomes.append(await world.handled(whose, act, self.kinds))
            for other in others:
                if next(acts) < 0.3:
                    outcomes.append(await world.told(other, OWN[next(acts) < 0.5]))
        world.tick(90)
        return outcomes

    async def compared(self, moved: set[int]) -> None:
        """Both services show the same."""
        shown = []
        for joined in (True, False):
            await empty_tables(self.services.owner_url)
            world = await self.run(joined=joined)
            shown.append(await portrait(world, TEXTS, moved))
            assert (await check_history()).breaks == []
        assert differences(*shown) == []


class OneMovesOut(Case):
    """The second report was joined to the first one's order; others belong there, one follows."""

    async def run(self, *, joined: bool) -> World:
        world = World()
        for said in self.said:
            which = await world.comes(said)
            world.tick(self.pauses[-which - 1])
            if which == 0 or (which == 1 and not joined):
                await world.stands_alone(which)
            else:
                await world.joins(which, 0)
        follower = await world.comes(Said(self.said[1].text, "13900000099"))
        await world.decided(follower)
        await self.waits(world)
        self.outcomes = await self.walked(world, 0, (0, 2))
        if joined:
            await world.told(1, "rate")
            await world.parts(1, follower)
        return world


class TheFirstMovesOut(Case):
    """The others go on with the order; they are what it is about. One department leads either."""

    texts = tuple(text for text in TEXTS if "噪声" not in text)

    async def run(self, *, joined: bool) -> World:
        world = World()
        for said in self.said:
            which = await world.comes(said)
            world.tick(self.pauses[-which - 1])
            first = 0 if joined else 1
            if which in (0, first):
                await world.stands_alone(which)
            else:
                await world.joins(which, first)
        await self.waits(world)
        self.outcomes = await self.walked(world, 1, (1, 2))
        if joined:
            await world.parts(0)
        return world


class OrdersPart(Case):
    """Two orders under way were merged; apart again, each goes on where it stood."""

    async def run(self, *, joined: bool) -> World:
        world = World()
        for said in self.said:
            which = await world.comes(said)
            world.tick(self.pauses[-which - 1])
            if which < 2:
                await world.stands_alone(which)
            else:
                await world.joins(which, which - 2)
        if self.acts[-1] < 0.6:
            await world.handled(1, "sign")
        if self.acts[-2] < 0.3:
            await world.handled(1, "correct", ("air.dust",))
        world.tick(self.pauses[-9])
        merged = await world.merges(1, 0) if joined else None
        follower = await world.comes(Said(self.said[1].text, "13900000099"))
        await world.decided(follower)
        await self.waits(world)
        self.outcomes = await self.walked(world, 0, (0, 2))
        if merged:
            await world.unmerges(merged)
        return world


@pytest.mark.parametrize("seed", range(CASES))
async def test_one_report_moves_out_as_if_it_had_never_joined(db: Services, seed: int) -> None:
    await OneMovesOut(Random(seed), db).compared({1, len(OneMovesOut(Random(seed), db).said)})


@pytest.mark.parametrize("seed", range(CASES))
async def test_the_first_report_moves_out_and_the_others_stay(db: Services, seed: int) -> None:
    await TheFirstMovesOut(Random(seed), db).compared({0, 1, 2, 3})


@pytest.mark.parametrize("seed", range(CASES))
async def test_merged_orders_part_as_if_they_had_never_met(db: Services, seed: int) -> None:
    await OrdersPart(Random(seed), db).compared({1, 3, 4})
