"""A partner's machine that shows a key, for the tests that come through its doors."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
from PIL import Image

from hotline.database import row, rows
from hotline.lookups import api_key as lookup
from hotline.rules.terms import Scope
from hotline.steps import allowance
from hotline.steps.api_key import KeyWish, add_key
from hotline.steps.decide import decide
from tests.support.sender import REPORT
from tests.support.sitting import TENANT

NAME = "county-app"
REPORTS = "/api/v1/reports"
OPEN311 = "/open311/v2"
EVERY = frozenset(Scope)
IDS = count(1)

# made up: no such person, plant or telephone
FORM = {
    "service_code": "air.odour",
    "lat": "26.258",
    "long": "107.519",
    "address_string": "大河村口（虚构）",
    "address_id": "522701008",
    "description": "某砖厂（虚构）每晚十点后排放刺鼻的黑烟，开窗就呛人。",
    "first_name": "某某（虚构）",
    "last_name": "张",
    "phone": "13800000000",
    "account_id": "u-17",
    "attribute[occurred]": "每晚十点以后",
    "attribute[wish][]": "report",
}


@dataclass
class Machine:
    """One partner's program."""

    client: httpx.AsyncClient
    key: str

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """JSON under the key, with an id of its own unless one is given."""
        id = more.pop("id", f"sent-{next(IDS)}")
        headers = {**self.headers, "idempotency-key": id, **more.pop("headers", {})}
        if isinstance(body, bytes):
            more |= {"content": body, "headers": {"content-type": "application/json", **headers}}
        elif body is not None:
            more |= {"json": body, "headers": headers}
        return await self.client.post(path, **{"headers": headers, **more})

    async def register(self, **change: Any) -> str:
        """A report's number."""
        answer = await self.post(REPORTS, {**REPORT, **change})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["number"])

    async def upload(self, number: str, content: bytes) -> httpx.Response:
        """A picture for a report."""
        files = {"file": ("现场.jpg", content, "image/jpeg")}
        return await self.post(f"{REPORTS}/{number}/attachments", files=files)

    async def file(self, fmt: str = "json", **change: Any) -> httpx.Response:
        """A report as Open311 clients send it."""
        form = {**FORM, "api_key": self.key, **change}
        sent = {name: value for name, value in form.items() if value is not None}
        return await self.client.post(f"{OPEN311}/requests.{fmt}", data=sent)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers={**self.headers, **headers})

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.key}"}


async def new_machine(
    client: httpx.AsyncClient, name: str = NAME, jurisdiction: str = "522700", **wish: Any
) -> Machine:
    """One whose key was just made."""
    lookup.forget()
    allowance.forget()
    scopes = wish.pop("scopes", EVERY)
    fresh = await add_key(KeyWish(name, jurisdiction, scopes, **wish), datetime.now(UTC))
    return Machine(client, fresh.key)


async def counted(table: str) -> int:
    """How many rows there are."""
    found = await row(f"SELECT count(*) AS n FROM {table}")
    return int(found["n"]) if found else 0


async def decided(at: datetime | None = None) -> None:
    """The worker has looked at everything."""
    for one in await rows("SELECT id FROM service_request WHERE stage = 'received'"):
        await decide(TENANT, one["id"], at or datetime.now(UTC))


def a_picture(colour: str = "grey") -> bytes:
    """A small one that decodes."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(kept, "JPEG")
    return kept.getvalue()
