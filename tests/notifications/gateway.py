"""A short-message gateway over a real socket that answers as it is told (made up)."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Provider:
    """What it answers, and what it was sent."""

    status: int = 200
    answer: Any = field(default_factory=lambda: {"result": {"code": 0}})
    pause: float = 0.0
    taken: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def provider() -> Iterator[Provider]:
    """Served on a port of its own until left."""
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            time.sleep(told.pause)
            kind = self.headers.get("Content-Type", "")
            query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
            form = dict(parse_qsl(raw, keep_blank_values=True)) if "form" in kind else query
            told.taken.append(json.loads(raw) if "json" in kind else form)
            told.headers.append(dict(self.headers))
            body = told.answer.encode() if isinstance(told.answer, str) else b""
            body = body or json.dumps(told.answer).encode()
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
