"""微信接口: the platform's API over HTTP: access token, media, messages. Errors carry a code alone.

The token stands in the query, as the platform wants it; nothing here is ever logged.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from notifications import wire

TIMEOUT: Final = 8.0
MOST_BYTES: Final = 20 * 1024 * 1024
STALE: Final = frozenset({"40001", "40014", "42001"})  # the token is none any more
# a person who does not take messages, an openid or a medium that does not exist
NEVER: Final = frozenset({"40003", "40007", "43004", "43101", "47003"})


class ApiFailed(Exception):
    """Not done. `code` is the platform's, or the kind of trouble on the way there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def permanent(self) -> bool:
        """Another try would fail alike."""
        return self.code in NEVER


@dataclass(frozen=True, slots=True)
class Api:
    """Where the platform's API lies; `allowed`: hosts inside the house that may be called."""

    base: str
    allowed: Collection[str] = ()

    async def token(self, app_id: str, secret: str, *, force: bool) -> "Token":
        """The account's access token; `force` makes a new one where the old is refused."""
        asked = {
            "grant_type": "client_credential",
            "appid": app_id,
            "secret": secret,
            "force_refresh": force,
        }
        said = await self._post("/cgi-bin/stable_token", {}, asked)
        try:
            return Token(str(said["access_token"]), int(said["expires_in"]))
        except (KeyError, TypeError, ValueError):
            raise ApiFailed("token.form") from None

    async def media(self, token: str, media_id: str) -> bytes:
        """What a person sent; read no further than the limit."""
        query = {"access_token": token, "media_id": media_id}
        try:
            async with self._client() as client:
                path = "/cgi-bin/media/get"
                async with client.stream("GET", path, params=query) as answer:
                    return await _media(answer)
        except (httpx.HTTPError, OSError) as error:
            raise ApiFailed(type(error).__name__) from None

    async def send(self, token: str, path: str, message: dict[str, Any]) -> None:
        """One message to one person."""
        await self._post(path, {"access_token": token}, message)

    async def _post(self, path: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        try:
            async with self._client() as client:
                answer = await client.post(path, params=query, json=body)
        except (httpx.HTTPError, OSError) as error:
            raise ApiFailed(type(error).__name__) from None
        return _judged(answer.status_code, answer.content)

    def _client(self) -> httpx.AsyncClient:
        client = wire.client(allowed=self.allowed, timeout=TIMEOUT, most=MOST_BYTES)
        client.base_url = httpx.URL(self.base)
        return client


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and how long it is good."""

    value: str = field(repr=False)
    seconds: int


async def _media(answer: httpx.Response) -> bytes:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > MOST_BYTES:
            raise ApiFailed("too_big")
    kind = answer.headers.get("content-type", "")
    if answer.status_code != 200 or "json" in kind or kind.startswith("text/"):
        said = _judged(answer.status_code, content)
        if "video_url" in said or content:
            raise ApiFailed("media.form")
    if not content:
        raise ApiFailed("media.empty")
    return content


def _judged(status: int, content: bytes) -> Any:
    if status != 200:
        raise ApiFailed(f"http.{status}")
    try:
        said = json.loads(content)
        code = str(said.get("errcode", 0))
    except (ValueError, AttributeError):
        raise ApiFailed("answer.form") from None
    if code != "0":
        raise ApiFailed(code if code.lstrip("-").isdigit() else "answer.form")
    return said
