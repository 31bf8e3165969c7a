"""A made-up 12345 platform: pushes work orders and takes call-backs, over real HTTP（虚构）."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from cryptography.hazmat.primitives import hashes

import hotline.steps
from hotline.lookups import channel as channels
from hotline.steps.channel import Tongue
from hotline.steps.partner import add_partner
from webforms.app import create_app

PROFILES = Path(hotline.steps.__file__).parent / "partner_profiles"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NAME = "city-12345"

# made up: no such person, plant or telephone
ORDER: dict[str, Any] = {
    "orderNo": "GD20260305000123",
    "cityNo": "SJ-2026-0099",
    "title": "夜间排放刺鼻气味",
    "content": "都匀市小围寨街道某砖厂（虚构）每晚十点后排放刺鼻的黑烟，开窗就呛人。",
    "appealType": "4",
    "areaCode": "522701",
    "address": "大河村口（虚构）",
    "category": "0101",
    "happenTime": "2026-03-05 22:10:00",
    "createTime": "2026-03-05 23:00:00",
    "secret": "1",
    "needReply": "1",
    "callerName": "张某某（虚构）",
    "callerPhone": "13800000000",
}


def sm3(said: str) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(said.encode())
    return digest.finalize().hex()


def sorted_signature(fields: Mapping[str, Any], secret: str) -> str:
    """As the platform's own documents say, written here anew and not with our code."""
    said = "&".join(
        f"{name}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"  # noqa: E501
        for name, value in sorted(fields.items())
        if value not in ("", None)
    )
    return sm3(f"{said}&key={secret}")


@dataclass
class Platform:
    """Somebody else's machine at our door."""

    client: httpx.AsyncClient
    secret: str
    name: str = NAME
    pushed: list[bytes] = field(default_factory=list)

    def document(self, order: Any = ORDER, **envelope: Any) -> dict[str, Any]:
        """A signed push."""
        at = envelope.pop("at", datetime.now(UTC)).astimezone(SHANGHAI)
        fields = {
            "appId": "hotline",
            "timestamp": at.strftime("%Y%m%d%H%M%S"),
            "nonce": hashlib.sha256(str(len(self.pushed)).encode()).hexdigest()[:12],
            "data": order,
            **envelope,
        }
        return {**fields, "sign": sorted_signature(fields, self.secret)}

    async def push(self, order: Any = ORDER, **envelope: Any) -> httpx.Response:
        return await self.send(json.dumps(self.document(order, **envelope)).encode())

    async def send(self, body: bytes) -> httpx.Response:
        """The bytes as they are."""
        self.pushed.append(body)
        return await self.client.post(f"/hooks/partner/{self.name}", content=body)


@asynccontextmanager
async def application() -> AsyncIterator[httpx.AsyncClient]:
    """The real application, without a network."""
    channels.forget()
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def shipped(name: str) -> str:
    """A profile that is shipped."""
    return (PROFILES / f"{name}.toml").read_text(encoding="utf-8")


async def new_platform(client: httpx.AsyncClient, text: str = "", name: str = NAME) -> Platform:
    """A platform that was just let in."""
    tongue = Tongue(text or shipped("made-up-12345"))
    fresh = await add_partner(name, "522700", tongue, datetime.now(UTC))
    return Platform(client, fresh.secret, name)
