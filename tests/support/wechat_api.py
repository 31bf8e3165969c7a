"""The platform's API over a real socket, with its faults: old tokens, limits, silence (made up)."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            time.sleep(told.pause)
            said = told.answer(parts.path, dict(parse_qsl(parts.query)), json.loads(raw or b"{}"))
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            kind = "image/jpeg" if isinstance(said, bytes) else "application/json"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name is the library's

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
