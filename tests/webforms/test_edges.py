"""What every answer keeps to, and how a refusal is said to people and to machines."""

import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import (
    BadReport,
    DeliveryConflict,
    HotlineError,
    NotAllowed,
    NotFound,
    PolicyGap,
    Stale,
    StepRefused,
    TooMany,
)
from hotline.rules.terms import Role
from tests.support.visitor import Visitor
from webforms import refusals
from webforms.access import local_path
from webforms.doors import door
from webforms.headers import POLICY, HeadersMiddleware
from webforms.routes import ROUTES
from webforms.visit import VisitMiddleware

SECRET = "13800000000"
REFUSALS: list[tuple[Exception, int, str]] = [
    (StepRefused("rating.given"), 422, "已经评价过了"),
    (BadReport({"text": "text.empty"}), 422, "请写明反映的内容"),
    (Stale(1, 2), 409, "已经被其他人更新"),
    (NotAllowed(SECRET), 403, "您没有权限"),
    (NotFound(SECRET), 404, "没有找到"),
    (TooMany(90), 429, "约 2 分钟后再试"),
    (DeliveryConflict(SECRET), 409, "原件已保留"),
    (PolicyGap("522700", "reward", "tier 3"), 409, "tier 3"),
    (RuntimeError(SECRET), 500, "问题编号"),
]


def an_application(error: Exception) -> Starlette:
    """The real edges around a door that fails."""

    async def failing(request: Request) -> Response:
        raise error

    return Starlette(
        routes=[door("/machine", failing, role=Role.MACHINE)],
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(VisitMiddleware),
            Middleware(refusals.SafetyNet),
        ],
        exception_handlers={HotlineError: refusals.refused},
    )


@pytest.mark.parametrize(("error", "status", "said"), REFUSALS)
async def test_every_refusal_has_its_status_and_a_clear_word(
    error: Exception, status: int, said: str
) -> None:
    transport = httpx.ASGITransport(an_application(error))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/machine")

    assert answer.status_code == status
    assert said in answer.text
    assert SECRET not in answer.text
    assert answer.json()["error"]["status"] == status
    assert answer.headers["content-security-policy"] == POLICY


async def test_a_fault_of_ours_is_logged_by_place_and_never_by_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    transport = httpx.ASGITransport(an_application(RuntimeError(SECRET)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/machine")

    reference = answer.json()["error"]["reference"]
    assert reference in caplog.text
    assert "RuntimeError" in caplog.text
    assert "test_edges.py" in caplog.text
    assert SECRET not in caplog.text


async def test_an_address_that_is_none_is_a_page_to_people_and_json_to_machines(
    client: httpx.AsyncClient,
) -> None:
    to_people, to_machines = await client.get("/nowhere"), await client.get("/hooks/a/b/c")

    assert (to_people.status_code, to_machines.status_code) == (404, 404)
    assert "<h1>没有找到</h1>" in to_people.text
    assert to_machines.json()["error"]["status"] == 404


async def test_a_method_that_is_none_is_refused_with_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.put("/report")

    assert answer.status_code == 405
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/", "/report/where", "/progress", "/privacy", "/nowhere"])
async def test_every_page_forbids_what_comes_from_elsewhere(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)

    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in answer.text
    assert re.findall(r'(?:src|href)="https?:', answer.text) == []


async def test_pages_to_read_set_no_cookie_and_pages_to_fill_set_one_out_of_scripts_reach(
    client: httpx.AsyncClient,
) -> None:
    for path in ("/", "/privacy", "/accessibility", "/nowhere"):
        assert "set-cookie" not in (await client.get(path)).headers

    cookie = (await client.get("/report/where")).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_over_https_cookies_stay_on_https(client: httpx.AsyncClient) -> None:
    answer = await client.get("https://hotline.test/report/where")

    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    assert "strict-transport-security" not in (await client.get("/")).headers


async def test_health_tells_nothing_but_health(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_language_and_letter_size_are_kept_and_lead_back(visitor: Visitor) -> None:
    page = await visitor.go("/display?language=en&back=/progress")
    assert visitor.path == "/progress"
    assert '<html lang="en">' in page.text

    page = await visitor.go("/display?elder=1&back=/privacy")
    assert 'class="elder"' in page.text


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/a\nb", "\\\\x"]
)
def test_the_way_back_leads_nowhere_else(path: str) -> None:
    assert local_path(path, "/") == "/"


def _staff_doors() -> Iterator[str]:
    for route in ROUTES:
        roles = getattr(route, "roles", frozenset())
        if roles.isdisjoint({Role.PUBLIC, Role.MACHINE}) and "GET" in (route.methods or ()):
            yield re.sub(r"{.*?}", "x", route.path)


@pytest.mark.parametrize("path", sorted(set(_staff_doors())))
async def test_no_desk_opens_without_a_session(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
