"""A made-up phone system beside the running service."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from hotline import database
from hotline.rules.terms import Channel
from hotline.steps.channel import add_channel
from tests.browser.people import PREFECTURE
from tests.browser.running import Running
from tests.support.sender import signature

NUMBERS = count(1)


@dataclass(frozen=True)
class PhoneLine:
    """One line of it."""

    address: str
    name: str
    secret: str

    def tell(self, event: str, call: str, **given: Any) -> None:
        """One event, taken."""
        now, id = datetime.now(UTC), f"phone_{next(NUMBERS)}"
        body = json.dumps({"event": event, "call": call, "at": now.isoformat(), **given}).encode()
        headers = {
            "content-type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature(self.secret, id, now, body),
        }
        asked = Request(f"{self.address}/hooks/phone/{self.name}", body, headers)
        with build_opener(ProxyHandler({})).open(asked, timeout=10) as answer:
            assert json.load(answer) == {"status": "taken"}


def a_line(service: Running) -> PhoneLine:
    """Just added; the browser's thread has a loop of its own."""
    name = f"line-{next(NUMBERS)}"
    with ThreadPoolExecutor(1) as pool:
        secret = pool.submit(asyncio.run, _added(name)).result()
    return PhoneLine(service.address, name, secret)


async def _added(name: str) -> str:
    async with database.connected(pool=1):
        fresh = await add_channel(name, PREFECTURE, Channel.PHONE, datetime.now(UTC))
    return fresh.secret
