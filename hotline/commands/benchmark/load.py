"""The load: bare HTTP/1.1 on kept connections, in a process of its own; signed before the clock."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Final, cast

import uvloop

from hotline.commands.benchmark.requests import Told, requests

HEAD_END: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length: "
PATIENCE: Final = 120.0
TAKEN: Final = {b"200", b"201", b"303"}  # the form leads to its receipt


@dataclass(frozen=True, slots=True)
class Load:
    """What to send where. The secret is what the door's sender proves itself by."""

    port: int
    path: str
    clients: int
    requests: int
    warm_up: int
    county: str
    secret: str = field(default="", repr=False)
    door: str = "webhook"


@dataclass(frozen=True, slots=True)
class Result:
    """How it went."""

    seconds: float
    refused: int
    p50_ms: float
    p99_ms: float


class Client(asyncio.Protocol):
    """One kept connection: the next request goes out when the answer is in."""

    def __init__(self, work: Iterator[bytes], took: list[float], statuses: list[bytes]) -> None:
        self.work, self.took, self.statuses = work, took, statuses
        self.done = asyncio.get_running_loop().create_future()
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def begin(self) -> None:
        """Send the next request, or end."""
        if (request := next(self.work, None)) is None:
            self.done.set_result(None)
            return
        self.sent = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not is_whole(self.buffer):
            return
        self.took.append(time.perf_counter() - self.sent)
        self.statuses.append(self.buffer[9:12])
        self.buffer = b""
        self.begin()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("closed by the server"))


def is_whole(answer: bytes) -> bool:
    """Whether head and body have come."""
    head, mark, body = answer.partition(HEAD_END)
    if not mark:
        return False
    _, found, after = head.lower().partition(LENGTH)
    return bool(found) and len(body) >= int(after.split(b"\r\n", 1)[0])


async def run(load: Load) -> Result:
    """Warm up, then measure."""
    make = partial(requests, load.door, load.path, Told(load.county, load.secret))
    await _send(load, await make(load.warm_up), [], [])
    work = await make(load.requests)
    took: list[float] = []
    statuses: list[bytes] = []
    began = time.perf_counter()
    await _send(load, work, took, statuses)
    seconds = time.perf_counter() - began
    took.sort()
    return Result(
        seconds=seconds,
        refused=sum(status not in TAKEN for status in statuses),
        p50_ms=took[len(took) // 2] * 1000,
        p99_ms=took[min(len(took) - 1, len(took) * 99 // 100)] * 1000,
    )


async def _send(load: Load, work: list[bytes], took: list[float], statuses: list[bytes]) -> None:
    loop, left = asyncio.get_running_loop(), iter(work)
    clients = []
    for _ in range(load.clients):
        _, client = await loop.create_connection(
            lambda: Client(left, took, statuses), "127.0.0.1", load.port
        )
        clients.append(client)
    for client in clients:
        client.begin()
    await asyncio.wait_for(asyncio.gather(*(client.done for client in clients)), PATIENCE)
    for client in clients:
        client.transport.close()


def main() -> int:
    """The load comes as one JSON line, the result goes out as one."""
    given = json.loads(sys.stdin.readline())
    load = Load(**given)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(run(load))
    print(json.dumps(asdict(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
