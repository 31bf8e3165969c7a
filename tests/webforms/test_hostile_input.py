"""Addresses and forms that no browser of an honest person sends: refused plainly, never a fault."""

from urllib.parse import quote

import httpx
import pytest

from hotline.rules.terms import Role
from tests.support.sitting import seat
from tests.support.visitor import Visitor

BOUNDARY = "made-up-boundary"
NUL_ADDRESSES = (
    "/public/cases/%00", "/invitation/%00", "/places/%00/townships", "/report/photos/%00",
    "/static/%00",
)  # fmt: skip


def part(name: str, value: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + value + b"\r\n"


async def send_parts(visitor: Visitor, charset: str, text: bytes) -> httpx.Response:
    """The query form as a multipart body in some other writing."""
    await visitor.go("/progress")
    token = visitor.form("/progress")["_token"].encode()
    body = part("_token", token) + part("number", text) + f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}{charset}"
    return await visitor.client.post("/progress", content=body, headers={"content-type": kind})


@pytest.mark.parametrize("path", NUL_ADDRESSES)
async def test_a_nul_in_an_address_is_no_fault_of_ours(
    client: httpx.AsyncClient, path: str
) -> None:
    assert (await client.get(path)).status_code in (200, 404)


async def test_a_nul_in_a_channel_is_a_channel_that_is_not_there(client: httpx.AsyncClient) -> None:
    answer = await client.post("/hooks/%00", content=b"{}")

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "channel.unknown"


async def test_a_nul_in_a_form_is_left_out(visitor: Visitor) -> None:
    handler = await seat(visitor, Role.HANDLER, department="522701.environment")
    await handler.go("/desk?tab=to_sign")
    token = (await visitor.client.get("/account/password")).text
    form = {"_token": token.partition('name="_token" value="')[2].partition('"')[0]}

    answer = await visitor.client.post(
        "/desk/signatures", data={**form, "orders": ["QN\0G:1", f"{'9' * 5000}:{'9' * 5000}"]}
    )

    assert answer.status_code == 303
    assert "missed=2" in answer.headers["location"]


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-16", "idna", "undefined"])
async def test_a_form_in_another_writing_is_refused(visitor: Visitor, charset: str) -> None:
    answer = await send_parts(visitor, f"; charset={charset}", b"\\ud800")

    assert answer.status_code == 400


async def test_a_form_that_says_it_is_utf8_is_read(visitor: Visitor) -> None:
    answer = await send_parts(visitor, "; charset=UTF-8", "黔".encode())

    assert answer.status_code == 422  # the number is none: but it was read


@pytest.mark.parametrize("seen", ["9" * 5000, str(2**63), "-1", "１", "1e3"])
async def test_a_version_that_is_none_is_no_fault_of_ours(visitor: Visitor, seen: str) -> None:
    triage = await seat(visitor, Role.TRIAGE)
    await triage.go("/account/password")
    token = visitor.form("/account/password")["_token"]

    answer = await visitor.client.post(
        f"/triage/reports/{quote('QN00000000000000000')}/refusal",
        data={"_token": token, "seen": seen, "reason": "x"},
    )

    assert answer.status_code == 404
