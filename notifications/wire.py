"""出站: the one way out over HTTP. No address inside the house, no detour, no endless answer.

A name is resolved once a request and the connection goes to the very address that was looked at, so
that a name which changes its mind in between (DNS rebinding) leads nowhere. A host inside the house
is reached only when the operator named it; what a machine's cloud tells about itself, never.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from functools import cache
from typing import Final

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

TIMEOUT: Final = 8.0
MOST_BYTES: Final = 1024 * 1024
MOST_TRIED: Final = 3  # addresses of one name
# public by their number, yet answering for the machine itself
METADATA: Final = frozenset({"168.63.129.16", "100.100.100.200", "fd00:ec2::254"})
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE: Final = ipaddress.ip_network("::/96")  # given up, yet some systems still lead it on


class RefusedAddressError(OSError):
    """An address that we do not call; the message names neither host nor address."""


class RefusedAnswerError(httpx.RequestError):
    """An answer that we do not take, packed or without an end: whoever gave it is there."""


async def by_system(host: str, port: int) -> list[str]:
    """What the machine's own resolver says."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def client(
    *,
    allowed: Collection[str] = (),
    timeout: float = TIMEOUT,
    most: int = MOST_BYTES,
    resolve: Resolve = by_system,
) -> httpx.AsyncClient:
    """A client for one provider. `allowed`: hosts inside the house that the operator named.

    Redirects are answers like any other; proxies and passwords of the environment are not read.
    """
    return httpx.AsyncClient(
        transport=_Pinned(allowed, most, resolve),
        timeout=timeout,
        trust_env=False,
        follow_redirects=False,
        headers={"accept-encoding": "identity"},
    )


def check(address: str, *, is_allowed: bool) -> None:
    """RefusedAddressError for what must not be called."""
    one = _plain(ipaddress.ip_address(address.partition("%")[0]))
    reserved = one.is_link_local or one.is_multicast or one.is_unspecified
    if reserved or str(one) in METADATA:
        raise RefusedAddressError("an address that is nobody's service")
    inside = isinstance(one, ipaddress.IPv6Address) and one.is_site_local
    if not is_allowed and (inside or not one.is_global):
        raise RefusedAddressError("an address inside the house")


def _plain(one: Address) -> Address:
    """An IPv4 address in IPv6 clothes is what it wraps."""
    if isinstance(one, ipaddress.IPv4Address):
        return one
    if one in NAT64 or (one in COMPATIBLE and int(one) > 1):  # :: and ::1 are themselves
        return ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
    teredo = one.teredo[1] if one.teredo else None
    return one.ipv4_mapped or one.sixtofour or teredo or one


class _Pinned(httpx.AsyncBaseTransport):
    """Looks at every address of a name, then connects to those and no other."""

    def __init__(self, allowed: Collection[str], most: int, resolve: Resolve) -> None:
        self._allowed, self._most, self._resolve = frozenset(allowed), most, resolve
        self._inner = httpx.AsyncHTTPTransport(verify=_trusted(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._answered(request, await self._looked_at(request.url))
        if answer.headers.get("content-encoding", "identity") != "identity":
            await answer.aclose()
            raise RefusedAnswerError("a packed answer", request=request)
        if isinstance(answer.stream, httpx.AsyncByteStream):
            answer.stream = _Bounded(answer.stream, self._most)
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _looked_at(self, url: httpx.URL) -> list[str]:
        found = await self._resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        for address in found:
            check(address, is_allowed=url.host in self._allowed)
        if not found:
            raise RefusedAddressError("a name without an address")
        return found[:MOST_TRIED]

    async def _answered(self, request: httpx.Request, addresses: list[str]) -> httpx.Response:
        """The first address that can be reached at all."""
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_at(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_at(request, addresses[-1]))


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we believe, read once: reading it takes longer than sending a message."""
    return httpx.create_ssl_context(trust_env=False)


def _at(request: httpx.Request, address: str) -> httpx.Request:
    """The same request to one address; the name stays in the header and in the certificate."""
    named = {"sni_hostname": request.url.host}
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, **named},
    )


class _Bounded(httpx.AsyncByteStream):
    """An answer that ends, whoever sends it."""

    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise RefusedAnswerError("an answer without an end")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
