"""One action of a command on this installation: its services, its database, refusals in words."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble
from hotline.errors import HotlineError, NotFound, PolicyGap, StepRefused

Done = TypeVar("Done")

NO_PACK: Final = ("没有这个区划的规则包", "no pack of this jurisdiction")
# what a sender may be called
NAMES: Final = {
    "channel.name_taken": ("名称已被使用", "this name is taken"),
    "channel.bad_name": ("名称只能用小写字母、数字和 - _ .", "a name takes a-z, 0-9, - _ . only"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the operator reads, in both languages; `refused` by the key of what a step refused."""

    missing: tuple[str, str]
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def of(self, refusal: HotlineError) -> Trouble:
        """One line for each refusal."""
        if isinstance(refusal, NotFound):
            return Trouble(*self.missing)
        if isinstance(refusal, StepRefused) and refusal.key in self.refused:
            return Trouble(*self.refused[refusal.key])
        if isinstance(refusal, PolicyGap):
            return Trouble(*NO_PACK)
        return Trouble("未能完成", str(refusal))


def act(work: Callable[[], Awaitable[Done]], words: Words) -> Done:
    """What came of it. Trouble: what was refused."""
    with running_services():
        try:
            return asyncio.run(_connected(work))
        except HotlineError as refusal:
            raise words.of(refusal) from refusal


async def _connected(work: Callable[[], Awaitable[Done]]) -> Done:
    async with database.connected(pool=1):
        return await work()
