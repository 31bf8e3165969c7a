"""查毒: clamd's own protocol; a file goes over in pieces (INSTREAM) and is never written for it."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

PIECE: Final = 256 * 1024
CONNECTING: Final = 5.0  # seconds
SCANNING: Final = 60.0
LONGEST_ANSWER: Final = 4096


class ScannerAway(Exception):
    """It cannot be reached: nothing was learnt about any file."""


class NotScanned(Exception):
    """It was reached and gave no verdict on this file."""


async def virus_in(url: str, content: bytes) -> str:
    """The name of what was found, "" for nothing. ScannerAway, NotScanned."""
    try:
        async with asyncio.timeout(CONNECTING):
            reader, writer = await _connected(url)
    except (OSError, TimeoutError) as error:
        raise ScannerAway from error
    try:
        async with asyncio.timeout(SCANNING):
            return _verdict(await _asked(reader, writer, content))
    except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
        raise NotScanned from error
    finally:
        writer.close()


async def _connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return await asyncio.open_unix_connection(parts.path, limit=LONGEST_ANSWER)
    return await asyncio.open_connection(parts.hostname, parts.port or 3310, limit=LONGEST_ANSWER)


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, content: bytes) -> str:
    """Past its own limit it answers early and stops listening: the answer is read all the same."""
    writer.write(b"zINSTREAM\0")
    try:
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            writer.write(len(piece).to_bytes(4, "big") + piece)
            await writer.drain()
        writer.write(bytes(4))
        await writer.drain()
    except ConnectionError:
        pass
    answer = await reader.readuntil(b"\0")
    return answer.rstrip(b"\0\n").decode("ascii", "replace")


def _verdict(answer: str) -> str:
    """`stream: OK`, `stream: NAME FOUND`; anything else is no verdict."""
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return ""
    if told.endswith(" FOUND"):
        return told.removesuffix(" FOUND")
    raise NotScanned
