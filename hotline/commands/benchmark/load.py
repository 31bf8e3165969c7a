"""The load: bare HTTP/1.1 on kept connections, in a process of its own; signed before the clock."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast

import uvloop

from hotline.records.base import new_id
from hotline.rules.standard_webhooks import sign

HEAD_END: Final = b"\r\n\r\n"
LENGTH: Final = b"content-length: "
KILOBYTE: Final = 1024
PATIENCE: Final = 120.0

# made up, and as long as it takes to make a kilobyte
REPORT: Final[dict[str, Any]] = {
    "wish": "complain",
    "title": "夜间排放刺鼻气味（虚构）",
    "landmark": "某某路口（虚构）",
    "kinds": ["air.odour"],
    "secrecy": "confidential",
    "contact": {"name": "张某某（虚构）", "phone": "13800000000"},
    "wants_reply": True,
    "text": "某砖厂（虚构）每晚十点以后排放刺鼻气味，门窗关着也能闻到。",
}


@dataclass(frozen=True, slots=True)
class Load:
    """What to send where. Without a secret nothing is signed."""

    port: int
    path: str
    clients: int
    requests: int
    warm_up: int
    county: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How it went."""

    seconds: float
    refused: int
    p50_ms: float
    p99_ms: float


def kilobyte(county: str) -> bytes:
    """One body of exactly 1,024 bytes."""
    report = {**REPORT, "county": county}
    short = KILOBYTE - len(json.dumps(report, ensure_ascii=False).encode())
    report["text"] += "。" * (short // 3) + "." * (short % 3)
    return json.dumps(report, ensure_ascii=False).encode()


def requests(load: Load, secret: bytes, count: int) -> list[bytes]:
    """Whole requests, each with an id and a signature of its own."""
    body, now = kilobyte(load.county), datetime.now(UTC)
    start = f"POST {load.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    made = []
    for _ in range(count):
        signed = sign(f"msg_{new_id().hex}", body, secret, now) if secret else {}
        lines = "".join(f"{name}: {value}\r\n" for name, value in signed.items())
        made.append(f"{start}content-length: {len(body)}\r\n{lines}\r\n".encode() + body)
    return made


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
        if not _is_whole(self.buffer):
            return
        self.took.append(time.perf_counter() - self.sent)
        self.statuses.append(self.buffer[9:12])
        self.buffer = b""
        self.begin()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("closed by the server"))


def _is_whole(answer: bytes) -> bool:
    head, mark, body = answer.partition(HEAD_END)
    if not mark:
        return False
    _, found, after = head.lower().partition(LENGTH)
    return bool(found) and len(body) >= int(after.split(b"\r\n", 1)[0])


async def run(load: Load, secret: bytes) -> Result:
    """Warm up, then measure."""
    await _send(load, requests(load, secret, load.warm_up), [], [])
    work = requests(load, secret, load.requests)
    took: list[float] = []
    statuses: list[bytes] = []
    began = time.perf_counter()
    await _send(load, work, took, statuses)
    seconds = time.perf_counter() - began
    took.sort()
    return Result(
        seconds=seconds,
        refused=sum(status != b"200" for status in statuses),
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
    secret = bytes.fromhex(load.secret)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(run(load, secret))
    print(json.dumps(asdict(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
