"""The platform's API over a real socket, with its faults: old tokens, limits, silence (made up)."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.peer import Asked, Said, peer

OLD_TOKEN = {"errcode": 40001, "errmsg": "invalid credential"}


@dataclass
class PlatformApi:
    """What it gives out, and what it was asked."""

    url: str = ""
    token: str = "token-1"
    given: int = 0
    forced: int = 0
    media: dict[str, bytes] = field(default_factory=dict)
    faults: list[dict[str, Any] | bytes] = field(default_factory=list)  # the next answers
    pause: float = 0.0
    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def revoke(self) -> None:
        """The token that was given out is none any more."""
        self.token = f"token-{self.given + 1}"

    def take(self, asked: Asked) -> Said:
        time.sleep(self.pause)
        said = self.answer(asked.path, asked.query, json.loads(asked.body or b"{}"))
        if isinstance(said, bytes):
            return Said(said, headers={"Content-Type": "image/jpeg"})
        return Said(json.dumps(said).encode(), headers={"Content-Type": "application/json"})

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        """JSON, or the bytes of a medium."""
        if path == "/cgi-bin/stable_token":
            self.given, self.forced = self.given + 1, self.forced + int(body["force_refresh"])
            return {"access_token": self.token, "expires_in": 7200}
        if query["access_token"] != self.token:
            return OLD_TOKEN
        if self.faults:
            return self.faults.pop(0)
        if path == "/cgi-bin/media/get":
            return self.media.get(query["media_id"], {"errcode": 40007, "errmsg": "no such"})
        self.taken.append((path, body))
        return {"errcode": 0, "msgid": 1}


@contextmanager
def platform_api() -> Iterator[PlatformApi]:
    """Served on a port of its own until left."""
    told = PlatformApi()
    with peer(told.take) as told.url:
        yield told
