"""A sender that never gives up: posts until it is told a number, and notes each one durably.

python -m hotline.commands.drilling.sender LEDGER     (what to send as one JSON line on stdin)
"""

import asyncio
import contextlib
import json
import os
import sys
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

import httpx

from hotline.commands.drilling.made_up import letters
from hotline.rules.standard_webhooks import sign
from hotline.steps.channel import PREFIX

AT_ONCE: Final = 16
LONGEST: Final = 1800  # seconds; whoever started it may be gone
TRY_AGAIN: Final = 0.1
TOO_MANY: Final = 429
OWN: Final = letters()


@dataclass(frozen=True, slots=True)
class Order:
    """Where to, proved by what; so many, or as many as go out in so many seconds."""

    address: str
    secret: str = field(repr=False)
    counties: Sequence[str]
    count: int = 0
    seconds: float = 0.0
    pause: float = 0.02  # between two posts of one line: the kills come in the middle
    contact: bool = False  # whoever left a number is written to


@dataclass
class Ledger:
    """What was acknowledged; on the disk before the next post goes out."""

    handle: int
    told: int = field(default=0)

    def note(self, delivery: str, number: str) -> None:
        os.write(self.handle, json.dumps({"delivery": delivery, "number": number}).encode() + b"\n")
        os.fsync(self.handle)
        self.told += 1


def report(n: int, counties: Sequence[str], *, contact: bool = False) -> dict[str, Any]:
    """Made up, and each a matter of its own: it is found out about, dispatched and told of."""
    own = "".join(Random(n).choices(OWN, k=60))  # noqa: S311 - the same each time it is sent
    text = f"{own[:5]}砖厂（虚构）夜里排放刺鼻气味，{own[5:]}。"
    told = {"text": text, "county": counties[n % len(counties)], "kinds": ["air.odour"]}
    return told | ({"contact": {"phone": f"138{n:08}"}, "wants_reply": True} if contact else {})


async def post(client: httpx.AsyncClient, order: Order, n: int) -> tuple[str, str]:
    """One delivery, freshly signed each time, until it is taken."""
    delivery, secret = f"fault_{n}", b64decode(order.secret.removeprefix(PREFIX))
    body = json.dumps(report(n, order.counties, contact=order.contact)).encode()
    while True:
        headers = sign(delivery, body, secret, datetime.now(UTC))
        with contextlib.suppress(httpx.TransportError):
            answer = await client.post("/hooks/faults", content=body, headers=headers)
            if answer.is_success:
                return delivery, answer.json()["number"]
            if answer.is_client_error and answer.status_code != TOO_MANY:
                raise SystemExit(f"refused: {answer.status_code} {answer.text}")
        await asyncio.sleep(TRY_AGAIN)


def numbers(order: Order) -> Iterator[int]:
    """One after the other, until there were enough."""
    n, until = 0, time.monotonic() + order.seconds
    while n < order.count or time.monotonic() < until:
        yield n
        n += 1


async def main(path: str, order: Order) -> None:
    """Some lines at once, each post after post."""
    ledger = Ledger(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    left = numbers(order)
    async with httpx.AsyncClient(base_url=order.address, trust_env=False, timeout=10) as client:

        async def line() -> None:
            for n in left:
                ledger.note(*await post(client, order, n))
                await asyncio.sleep(order.pause)

        await asyncio.gather(*(line() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    work = main(sys.argv[1], Order(**json.loads(sys.stdin.readline())))
    asyncio.run(asyncio.wait_for(work, LONGEST))
