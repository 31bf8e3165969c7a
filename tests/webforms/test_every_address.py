"""What every address answers with, whoever asks: headers, cookies, and no way out of the house."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.routing import Route

from tests.support.visitor import Visitor
from webforms.headers import POLICY
from webforms.routes import ROUTES

ELSEWHERE = "https://evil.example/"
WAYS_BACK = ("next", "back", "return", "to", "url", "redirect")


def paths() -> list[str]:
    """Each address once, with something made up where a name or number belongs."""
    found = (str(route.path) for route in ROUTES if isinstance(route, Route))
    return sorted({filled(path) for path in found})


def filled(path: str) -> str:
    return re.sub(r"{.*?}", lambda part: made_up(part[0]), path)


def made_up(part: str) -> str:
    if part == "{fmt}":
        return "json"
    kind = part.strip("{}").partition(":")[2]
    made = {"uuid": "00000000-0000-7000-8000-000000000000", "int": "1"}
    return made.get(kind, "ABCD2026")


def test_there_are_addresses_to_ask() -> None:
    assert len(paths()) > 200
    assert not [path for path in paths() if "{" in path]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_every_address_answers_with_the_headers_and_safe_cookies(
    client: httpx.AsyncClient, method: str
) -> None:
    found = {path: await client.request(method, f"https://hotline.test{path}") for path in paths()}
    heads = {path: said.headers for path, said in found.items()}
    sniffed = {path for path in heads if heads[path].get("x-content-type-options") != "nosniff"}
    pages = [path for path in heads if method == "GET" or not path.startswith("/hooks/")]
    bare = {path for path in pages if heads[path].get("content-security-policy") != POLICY}
    failed = {path: said.status_code for path, said in found.items() if said.status_code == 500}
    loose = {
        cookie
        for said in found.values()
        for cookie in said.headers.get_list("set-cookie")
        if not all(word in cookie.lower() for word in ("httponly", "secure", "samesite="))
    }
    assert (bare, sniffed, failed, loose) == (set(), set(), {}, set())


async def test_no_address_leads_out_of_the_house(visitor: Visitor) -> None:
    asked = "&".join(f"{name}={ELSEWHERE}" for name in WAYS_BACK)
    for path in paths():
        for given in (f"{path}?{asked}", f"{path}?{asked.replace('https:', '')}"):
            answer = await visitor.client.get(given, headers={"referer": ELSEWHERE})
            to = urlsplit(answer.headers.get("location", ""))
            assert not to.netloc or to.hostname == "hotline.test", given
