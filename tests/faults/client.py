"""A sender that never gives up: posts until it is told a number, and notes each one durably.

python tests/faults/client.py LEDGER     (address, secret and count as one JSON line on stdin)
"""

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from standardwebhooks import Webhook

AT_ONCE = 8
PAUSE = 0.02  # seconds between two posts of one line: the kills come in the middle
LONGEST = 600  # seconds; whoever started it may be gone
COUNTIES = ("522701", "522702", "522722", "522723", "522725", "522726")


@dataclass
class Ledger:
    """What was acknowledged; on the disk before the next post goes out."""

    handle: int
    told: int = field(default=0)

    def note(self, delivery: str, number: str) -> None:
        os.write(self.handle, json.dumps({"delivery": delivery, "number": number}).encode() + b"\n")
        os.fsync(self.handle)
        self.told += 1


def report(n: int) -> dict[str, Any]:
    """Made up, and each a matter of its own."""
    text = f"第{n}号院子旁边的砖厂（虚构）夜里排放刺鼻气味，编号{n * 7919}，附近住户都闻得到。"
    return {"text": text, "county": COUNTIES[n % len(COUNTIES)], "kinds": ["air.odour"]}


async def post(client: httpx.AsyncClient, webhook: Webhook, n: int) -> tuple[str, str]:
    """One delivery, freshly signed each time, until it is taken."""
    delivery, body = f"fault_{n}", json.dumps(report(n))
    while True:
        now = datetime.now(UTC)
        headers = {
            "webhook-id": delivery,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": webhook.sign(delivery, now, body),
        }
        with contextlib.suppress(httpx.TransportError):
            answer = await client.post("/hooks/faults", content=body, headers=headers)
            if answer.status_code == 200:
                return delivery, answer.json()["number"]
            if answer.status_code < 500:
                raise SystemExit(f"refused: {answer.status_code} {answer.text}")
        await asyncio.sleep(0.1)


async def main(path: str, address: str, secret: str, count: int) -> None:
    """Some lines at once, each post after post."""
    ledger = Ledger(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    left, webhook = iter(range(count)), Webhook(secret)
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=10) as client:

        async def line() -> None:
            for n in left:
                ledger.note(*await post(client, webhook, n))
                await asyncio.sleep(PAUSE)

        await asyncio.gather(*(line() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    work = main(sys.argv[1], **json.loads(sys.stdin.readline()))
    asyncio.run(asyncio.wait_for(work, LONGEST))
