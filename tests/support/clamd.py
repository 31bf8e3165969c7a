"""A virus scanner that speaks clamd's protocol on a real socket, and fails when told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"  # of the harmless file every scanner finds


@dataclass
class Clamd:
    """What it was sent, and which fault it shows next."""

    url: str = ""
    limit: int = 25 * 1024 * 1024
    faults: list[str] = field(default_factory=list)  # reset | garbage | silence, one a connection
    seen: list[int] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.pop(0) if self.faults else ""
        try:
            answer = b"" if fault == "reset" else await self._answer(reader)
            writer.write(b"\xff\xfe nonsense\0" if fault == "garbage" else answer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        if await reader.readuntil(b"\0") != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        content = b""
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(size)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.seen.append(len(content))
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@asynccontextmanager
async def clamd(path: str = "") -> AsyncIterator[Clamd]:
    """Listening on a port, or on a socket in the file system."""
    scanner = Clamd()
    if path:
        server = await asyncio.start_unix_server(scanner.talk, path)
        scanner.url = f"unix://{path}"
    else:
        server = await asyncio.start_server(scanner.talk, "127.0.0.1", 0)
        scanner.url = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield scanner
