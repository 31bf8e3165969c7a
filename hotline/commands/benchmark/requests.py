"""Whole HTTP requests for each door, each with an id and signature of its own; made up（虚构）."""

import json
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from hotline.records.base import new_id
from hotline.rules.signing import in_order, signature
from hotline.rules.standard_webhooks import sign
from webforms.wechat.signature import signature as wechat_signature

KILOBYTE: Final = 1024
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"

# as long as it takes to make a kilobyte
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
class Told:
    """Which place it is about, and what the sender proves itself by."""

    county: str
    secret: str = field(default="", repr=False)


def kilobyte(county: str) -> bytes:
    """One body of exactly 1,024 bytes."""
    report = {**REPORT, "county": county}
    short = KILOBYTE - len(json.dumps(report, ensure_ascii=False).encode())
    report["text"] += "。" * (short // 3) + "." * (short % 3)
    return json.dumps(report, ensure_ascii=False).encode()


async def requests(door: str, path: str, told: Told, many: int) -> list[bytes]:
    """So many for a door."""
    return await DOORS[door](path, told, many)


async def _webhook(path: str, told: Told, many: int) -> list[bytes]:
    """Without a secret nothing is signed: the bare limit."""
    body, now, secret = kilobyte(told.county), datetime.now(UTC), bytes.fromhex(told.secret)
    headers = (sign(_id(), body, secret, now) if secret else {} for _ in range(many))
    return [post(path, body, JSON, one) for one in headers]


async def _api(path: str, told: Told, many: int) -> list[bytes]:
    body, key = kilobyte(told.county), {"authorization": f"Bearer {told.secret}"}
    return [post(path, body, JSON, {**key, "idempotency-key": _id()}) for _ in range(many)]


async def _open311(path: str, told: Told, many: int) -> list[bytes]:
    """No two alike: the same words again are the same report."""
    same = {
        "api_key": told.secret,
        "service_code": REPORT["kinds"][0],
        "address_id": told.county,
        "address_string": REPORT["landmark"],
        "phone": REPORT["contact"]["phone"],
        "attribute[wish][]": "report",
    }
    forms = ({**same, "description": f"{REPORT['text']}{_id()}"} for _ in range(many))
    return [post(path, urlencode(one).encode(), FORM, {}) for one in forms]


async def _wechat(path: str, told: Told, many: int) -> list[bytes]:
    """The first words of as many people, in plain mode."""
    made = []
    for number, id in zip(range(many), _ids(), strict=False):
        at = str(int(time.time()))
        signed = wechat_signature(told.secret, at, id)
        query = urlencode({"signature": signed, "timestamp": at, "nonce": id})
        xml = (
            f"<xml><ToUserName>gh_bench</ToUserName><FromUserName>o{id}</FromUserName>"
            f"<CreateTime>{at}</CreateTime><MsgType>text</MsgType>"
            f"<Content>{REPORT['text']}</Content><MsgId>{time.time_ns() + number}</MsgId></xml>"
        )
        made.append(post(f"{path}?{query}", xml.encode(), "text/xml", {}))
    return made


async def _phone(path: str, told: Told, many: int) -> list[bytes]:
    """As many calls that ring."""
    now, secret = datetime.now(UTC), bytes.fromhex(told.secret)
    made = []
    for _, id in zip(range(many), _ids(), strict=False):
        event = {"event": "offered", "call": id, "at": now.isoformat(), "caller": "13800000000"}
        body = json.dumps(event).encode()
        made.append(post(path, body, JSON, sign(id, body, secret, now)))
    return made


async def _partner(path: str, told: Told, many: int) -> list[bytes]:
    """Orders of the made-up platform whose profile is shipped."""
    at = datetime.now(SHANGHAI)
    order = {
        "title": REPORT["title"],
        "content": REPORT["text"],
        "appealType": "4",
        "areaCode": told.county,
        "address": REPORT["landmark"],
        "createTime": at.strftime("%Y-%m-%d %H:%M:%S"),
        "callerPhone": REPORT["contact"]["phone"],
    }
    made = []
    for _, id in zip(range(many), _ids(), strict=False):
        inner = {**order, "orderNo": id}
        said = {"appId": "bench", "timestamp": at.strftime("%Y%m%d%H%M%S"), "nonce": id}
        compact = json.dumps(inner, ensure_ascii=False, separators=(",", ":"))
        over = f"{in_order({**said, 'data': compact})}&key={told.secret}"
        signed = {**said, "data": inner, "sign": signature("sm3", over, told.secret)}
        made.append(post(path, json.dumps(signed).encode(), JSON, {}))
    return made


async def _form(path: str, told: Told, many: int) -> list[bytes]:
    """The last page of as many drafts, each of a person of its own at an address of its own."""
    from hotline.commands.benchmark.drafts import forms  # noqa: PLC0415 - it loads half the service

    drafted = await forms({**REPORT, "county": told.county}, many)
    return [
        post(path, urlencode(sent).encode(), FORM, {"cookie": jar, "x-forwarded-for": address})
        for (sent, jar), address in zip(drafted, _addresses(), strict=False)
    ]


def post(path: str, body: bytes, kind: str, headers: Mapping[str, str]) -> bytes:
    start = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {kind}\r\n"
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{start}content-length: {len(body)}\r\n{lines}\r\n".encode() + body


def _addresses() -> Iterator[str]:
    """As the proxy before the service tells them."""
    for number in count(int.from_bytes(new_id().bytes[-3:])):
        yield f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _id() -> str:
    return f"msg_{new_id().hex}"


def _ids() -> Iterator[str]:
    while True:
        yield new_id().hex


DOORS: Final[Mapping[str, Callable[[str, Told, int], Awaitable[list[bytes]]]]] = {
    "form": _form,
    "webhook": _webhook,
    "api": _api,
    "open311": _open311,
    "wechat": _wechat,
    "partner": _partner,
    "phone": _phone,
}
