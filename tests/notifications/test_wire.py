"""出站: where nobody may be sent. Peers are real; only the names are resolved by the test."""

import ast
import asyncio
import contextlib
import threading
from pathlib import Path

import httpx
import pytest

from notifications import fetching
from notifications.wire import RefusedAddressError, Resolve, check, client
from tests.support.peer import Asked, Said, peer

ROOT = Path(__file__).parents[2]
NAME = "provider.example"


def names(*answers: list[str]) -> Resolve:
    """Each time a name is asked for, the next answer; the last one for ever."""
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0",
        "169.254.169.254", "168.63.129.16", "100.100.100.200", "224.0.0.1", "255.255.255.255",
        "::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::1", "::", "::10.1.2.3", "fec0::1",
    ],
)  # fmt: skip
def test_no_address_of_the_house_or_of_the_machine_is_called(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        check(address, is_allowed=False)


@pytest.mark.parametrize("address", ["169.254.169.254", "168.63.129.16", "fe80::1", "224.0.0.1"])
def test_what_a_cloud_tells_of_its_machine_is_not_called_even_when_named(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        check(address, is_allowed=True)


def test_the_world_is_open_and_what_the_operator_named() -> None:
    check("93.184.215.14", is_allowed=False)
    check("2606:2800:21f:cb07:6820:80da:af6b:8b2c", is_allowed=False)
    check("10.1.2.3", is_allowed=True)


async def test_a_connection_goes_to_the_address_that_was_looked_at() -> None:
    """A name that no system resolver knows: nobody looked it up a second time."""
    seen: list[Asked] = []
    with peer(lambda asked: seen.append(asked) or Said(b"ok")) as address:
        url = address.replace("127.0.0.1", NAME)
        async with client(allowed={NAME}, resolve=names(["127.0.0.1"])) as http:
            assert (await http.post(f"{url}/send", json={})).text == "ok"
    assert seen[0].headers["Host"].startswith(NAME)


async def test_a_name_that_turns_inward_between_two_requests_is_refused() -> None:
    """DNS rebinding: what was allowed a moment ago is looked at again, and its address is used."""
    seen: list[Asked] = []
    turning = names(["127.0.0.1"], ["169.254.169.254"])
    with peer(lambda asked: seen.append(asked) or Said()) as address:
        url = address.replace("127.0.0.1", NAME)
        async with client(allowed={NAME}, resolve=turning) as http:
            await http.get(url)
            with pytest.raises(RefusedAddressError):
                await http.get(url)
    assert len(seen) == 1


async def test_one_inner_address_among_outer_ones_is_enough_to_refuse() -> None:
    async with client(resolve=names(["93.184.215.14", "127.0.0.1"])) as http:
        with pytest.raises(RefusedAddressError):
            await http.get(f"https://{NAME}/")


async def test_the_next_address_is_tried_where_nobody_listens() -> None:
    with peer(lambda asked: Said(b"here")) as address:
        url = address.replace("127.0.0.1", NAME)
        async with client(allowed={NAME}, resolve=names(["127.0.0.2", "127.0.0.1"])) as http:
            assert (await http.get(url)).text == "here"


async def test_a_redirect_is_an_answer_and_leads_nowhere() -> None:
    seen: list[Asked] = []
    away = Said(status=302, headers={"Location": "http://169.254.169.254/latest"})
    with peer(lambda asked: seen.append(asked) or away) as address:
        async with client(allowed={"127.0.0.1"}) as http:
            assert (await http.get(address)).status_code == 302
    assert len(seen) == 1


@pytest.mark.parametrize(
    "answer", [Said(b"x" * 2000), Said(b"", headers={"Content-Encoding": "gzip"})]
)
async def test_an_answer_is_neither_endless_nor_packed(answer: Said) -> None:
    with peer(lambda asked: answer) as address:
        async with client(allowed={"127.0.0.1"}, most=1000) as http:
            with pytest.raises(httpx.HTTPError):
                await http.get(address)


async def test_a_peer_that_says_nothing_is_left() -> None:
    left = threading.Event()

    def silent(asked: Asked) -> Said:
        left.wait(60)
        return Said()

    with peer(silent) as address:
        async with client(allowed={"127.0.0.1"}, timeout=0.4) as http:
            with pytest.raises(httpx.ReadTimeout):
                await http.get(address)
        left.set()


async def test_a_file_that_comes_drop_by_drop_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each drop in time, the whole never: whoever waits on the same line would wait for ever."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)

    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, asyncio.timeout(20):
        with pytest.raises(fetching.FetchFailed) as failed:
            await fetching.fetched(f"http://127.0.0.1:{port}/1.jpg", {"127.0.0.1"})
    assert (failed.value.away, failed.value.permanent) == (True, False)


@pytest.mark.parametrize(
    "answer", [Said(b"x" * 2000), Said(b"", headers={"Content-Encoding": "gzip"})]
)
async def test_a_file_that_is_no_answer_of_ours_is_asked_for_once(
    monkeypatch: pytest.MonkeyPatch, answer: Said
) -> None:
    """The platform is there: neither do others wait for it, nor is it fetched a second time."""
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    with peer(lambda asked: answer) as address, pytest.raises(fetching.FetchFailed) as failed:
        await fetching.fetched(f"{address}/1.jpg", {"127.0.0.1"})
    assert (failed.value.away, failed.value.permanent) == (False, True)


def clients_in(source: str) -> list[str]:
    """Every way out over HTTP that a module opens by itself."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    opened = {"Client", "AsyncClient", "urlopen", "HTTPConnection", "HTTPSConnection"}
    return [one.attr for one in calls if isinstance(one, ast.Attribute) and one.attr in opened]


def test_nobody_else_opens_a_way_out() -> None:
    assert clients_in("httpx.AsyncClient()") == ["AsyncClient"]
    found = [
        path.relative_to(ROOT).as_posix()
        for room in ("hotline", "workers", "notifications", "webforms")
        for path in (ROOT / room).rglob("*.py")
        if clients_in(path.read_text("utf-8"))
    ]
    ours = [path for path in found if not path.startswith("hotline/commands/")]
    assert ours == ["notifications/wire.py"]
