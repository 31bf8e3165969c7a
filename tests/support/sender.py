"""Somebody else's machine at the signed door, for the tests that come through it."""

import base64
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
from standardwebhooks import Webhook

from hotline.lookups import channel as channels
from hotline.rules.terms import Channel
from hotline.steps.channel import add_channel
from webforms.app import create_app

NUMBERS = count(1)
NAME = "line-12345"

# made up: no such person, plant or telephone
REPORT: dict[str, Any] = {
    "wish": "complain",
    "title": "夜间排放刺鼻气味",
    "text": "都匀市小围寨街道某砖厂（虚构）每晚十点后排放刺鼻的黑烟，开窗就呛人。",
    "county": "522701",
    "landmark": "大河村口（虚构）",
    "kinds": ["air.odour"],
    "occurred": "每晚十点以后",
    "occurred_at": "2026-03-05T22:10:00+08:00",
    "secrecy": "confidential",
    "contact": {"name": "张某某（虚构）", "phone": "13800000000"},
    "wants_reply": True,
    "foreign_number": "12345-0001",
}


@dataclass
class Sender:
    """Somebody else's machine: signs with the reference library, not with our code."""

    client: httpx.AsyncClient
    secret: str
    name: str = NAME
    ids: Any = field(default_factory=lambda: (f"msg_{n}" for n in NUMBERS))

    async def post(self, body: Any, **changes: Any) -> httpx.Response:
        """Post a body (bytes as they are, else as JSON) under headers that may be changed."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers(content, changes.get("id"), changes.get("at"))}
        headers.update(changes.get("headers", {}))
        path = f"/hooks/{changes.get('to', self.name)}"
        return await self.client.post(path, content=content, headers=headers)

    def headers(self, body: bytes, id: str | None = None, at: datetime | None = None) -> Any:
        """The three headers of the reference library, which wants UTC."""
        id, at = id or next(self.ids), at or datetime.now(UTC)
        return {
            "webhook-id": id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature(self.secret, id, at, body),
        }


def signature(secret: str, id: str, at: datetime, body: bytes) -> str:
    """By the reference library; it signs text alone, so other bytes are signed by hand."""
    try:
        return Webhook(secret).sign(id, at, body.decode())
    except UnicodeDecodeError:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        mac = hmac.digest(key, f"{id}.{int(at.timestamp())}.".encode() + body, "sha256")
        return f"v1,{base64.b64encode(mac).decode()}"


@asynccontextmanager
async def application() -> AsyncIterator[httpx.AsyncClient]:
    """The real application, without a network."""
    channels.forget()
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def new_partner(client: httpx.AsyncClient, jurisdiction: str = "522700") -> Sender:
    """A partner whose channel was just added."""
    fresh = await add_channel(NAME, jurisdiction, Channel.LINE_12345, datetime.now(UTC))
    return Sender(client, fresh.secret)
