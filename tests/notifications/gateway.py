"""A short-message gateway over a real socket that answers as it is told (made up)."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.support.peer import Asked, Said, peer

LONGEST_HANG = 20.0


@dataclass
class Provider:
    """What it answers, and what it was sent."""

    status: int = 200
    answer: Any = field(default_factory=lambda: {"result": {"code": 0}})
    pause: float = 0.0
    gate: threading.Event = field(default_factory=threading.Event)  # shut: it hangs
    taken: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    url: str = ""

    def take(self, asked: Asked) -> Said:
        kind = asked.headers.get("Content-Type", "")
        raw = asked.body.decode()
        form = dict(parse_qsl(raw, keep_blank_values=True)) if "form" in kind else asked.query
        self.taken.append(json.loads(raw) if "json" in kind else form)
        self.headers.append(asked.headers)
        self.bodies.append(raw)
        time.sleep(self.pause)
        self.gate.wait(LONGEST_HANG)
        said = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        return Said(said.encode(), self.status)


@contextmanager
def provider() -> Iterator[Provider]:
    """Served on a port of its own until left."""
    told = Provider()
    told.gate.set()
    with peer(told.take) as address:
        told.url = f"{address}/send"
        try:
            yield told
        finally:
            told.gate.set()
