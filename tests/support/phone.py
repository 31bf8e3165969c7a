"""A made-up phone system at the signed door: calls of nobody's, in any order."""

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx

from hotline.lookups import channel as channels
from hotline.rules.terms import Channel
from hotline.steps.channel import add_channel
from tests.support.sender import Sender

LINE: Final = "line-1"
SEAT: Final = "8001"
CALLER: Final = "13900000021"  # nobody's


@dataclass
class PhoneSystem:
    """Tells what happens on one line."""

    sender: Sender

    async def tell(self, event: str, call: str, **given: Any) -> httpx.Response:
        """One event, now unless `at` says otherwise; `id` and `ago` (seconds) may be given."""
        id, ago = given.pop("id", None), given.pop("ago", 0)
        at = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat()
        body = {"event": event, "call": call, "at": at, "caller": CALLER, **given}
        return await self.sender.post(body, to=f"phone/{LINE}", **({"id": id} if id else {}))


async def phone_system(client: httpx.AsyncClient, jurisdiction: str = "522700") -> PhoneSystem:
    """A line that was just added."""
    channels.forget()
    fresh = await add_channel(LINE, jurisdiction, Channel.PHONE, datetime.now(UTC))
    return PhoneSystem(Sender(client, fresh.secret, LINE))


def sound(seconds: float = 0.1) -> dict[str, str]:
    """Silence, as a phone system records it: 8 kHz, 16 bit."""
    frames = b"\0\0" * int(8000 * seconds)
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(frames), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000,
        2, 16, b"data", len(frames),
    )  # fmt: skip
    return {"content": base64.b64encode(header + frames).decode()}
