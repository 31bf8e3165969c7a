"""A crowd: many more connections than there are places; whoever is refused soon comes again."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

import uvloop

from hotline.commands.benchmark.load import Client, Load, is_whole
from hotline.commands.benchmark.requests import Told, requests

AGAIN: Final = 0.1  # seconds: far sooner than it is told to


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went, of what was accepted and of what was refused."""

    seconds: float
    accepted: int
    refused: int
    impolite: int  # refused without a word when to come again, or otherwise
    p50_ms: float
    p99_ms: float


class Pusher(Client):
    """One that does not give up before its time is over."""

    def __init__(self, work: Iterator[bytes], found: "Counts", until: float) -> None:
        super().__init__(work, found.took, [])
        self.found, self.until = found, until

    def begin(self) -> None:
        """The next, as long as there is time."""
        if not self._has_time():
            return
        if (fresh := next(self.work, None)) is None:
            self.done.set_exception(RuntimeError("more was taken than was made ready"))
            return
        self.asked = fresh
        self._send()

    def again(self) -> None:
        """The same once more: what was refused has not been told yet."""
        if self._has_time():
            self._send()

    def _has_time(self) -> bool:
        has_time = time.perf_counter() < self.until
        if not has_time and not self.done.done():
            self.done.set_result(None)
        return has_time

    def _send(self) -> None:
        self.sent = time.perf_counter()
        self.transport.write(self.asked)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not is_whole(self.buffer):
            return
        answer, self.buffer = self.buffer, b""
        if answer[9:12] == b"200":
            self.found.took.append(time.perf_counter() - self.sent)
            self.begin()
            return
        self.found.refused += 1
        self.found.impolite += answer[9:12] != b"503" or b"retry-after: " not in answer
        asyncio.get_running_loop().call_later(AGAIN, self.again)


class Counts:
    """What all of them met."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.refused = 0
        self.impolite = 0


async def run(load: Load, seconds: float) -> Outcome:
    """For so long."""
    work = iter(await requests(load.door, load.path, Told(load.county, load.secret), load.requests))
    found, loop, pushing = Counts(), asyncio.get_running_loop(), []
    until = time.perf_counter() + seconds
    for _ in range(load.clients):
        _, one = await loop.create_connection(
            lambda: Pusher(work, found, until), "127.0.0.1", load.port
        )
        pushing.append(one)
    began = time.perf_counter()
    for one in pushing:
        one.begin()
    await asyncio.gather(*(one.done for one in pushing))
    took = sorted(found.took) or [0.0]
    return Outcome(
        seconds=time.perf_counter() - began,
        accepted=len(found.took),
        refused=found.refused,
        impolite=found.impolite,
        p50_ms=took[len(took) // 2] * 1000,
        p99_ms=took[len(took) * 99 // 100] * 1000,
    )


def main() -> int:
    """Load and seconds come as one JSON line, the outcome goes out as one."""
    given = json.loads(sys.stdin.readline())
    seconds = given.pop("seconds")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(asdict(runner.run(run(Load(**given), seconds)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
