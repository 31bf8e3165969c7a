"""The document, the routes and the page are one table; every keyed address asks for its key."""

import json
import re
from typing import Any

import httpx
import pytest

from hotline.rules.terms import Role, Scope
from tests.support.machine import Machine, counted, new_machine
from webforms.api.document import openapi, problem_codes
from webforms.api.problems import CODES, OF_HTTP
from webforms.api.table import BASE, OPERATIONS, Operation
from webforms.routes import ROUTES

KEYED = [one for one in OPERATIONS if one.scope]


def called(one: Operation) -> tuple[str, str]:
    return one.method, one.address.replace("{number}", "QN20260101000000000")


def test_the_document_holds_every_route_and_no_other() -> None:
    documented = {
        (method.upper(), BASE + path)
        for path, methods in openapi()["paths"].items()
        for method in methods
    }
    routed = {
        (method, route.path)
        for route in ROUTES
        if route.path.startswith(f"{BASE}/")
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert documented == routed


def test_every_operation_has_a_name_of_its_own_and_says_its_scope() -> None:
    names = [one.name for one in OPERATIONS]
    assert len(names) == len(set(names))
    for one in OPERATIONS:
        told = openapi()["paths"][one.path][one.method.lower()]
        assert told["security"] == ([{"key": []}] if one.scope else [])
        assert ("401" in told["responses"]) is bool(one.scope)


def test_every_code_of_a_problem_is_worded_and_stands_on_the_page() -> None:
    said = {code for _, code in CODES.values()} | set(OF_HTTP.values())
    assert said <= set(problem_codes())


def test_every_keyed_route_is_a_machines() -> None:
    scopes = {(one.method, one.address): one.scope for one in OPERATIONS}
    for route in ROUTES:
        for method in (route.methods or set()) - {"HEAD"}:
            if (method, route.path) in scopes:
                wanted = Role.MACHINE if scopes[method, route.path] else Role.PUBLIC
                assert route.roles == {wanted}  # type: ignore[attr-defined]


@pytest.mark.parametrize("one", KEYED, ids=lambda one: f"{one.method} {one.path}")
async def test_an_address_opens_to_no_key_but_one_with_its_scope(
    client: httpx.AsyncClient, one: Operation
) -> None:
    method, path = called(one)
    for scope in Scope:
        name = scope.value.replace(":", ".")
        machine = await new_machine(client, name, scopes={scope})
        answer = await client.request(method, path, headers=machine.headers)
        assert (answer.status_code == 403) is (scope is not one.scope), scope
    bare = await client.request(method, path)
    wrong = await client.request(method, path, headers={"authorization": "Bearer hk_x"})

    assert bare.status_code == wrong.status_code == 401
    assert bare.content == wrong.content
    assert bare.headers["www-authenticate"].startswith("Bearer")
    assert await counted("service_request") == await counted("held_delivery") == 0


async def test_a_staff_cookie_opens_no_machines_door(client: httpx.AsyncClient) -> None:
    client.cookies.set("staff", "somebody's session")
    assert (await client.get(f"{BASE}/reports/QN20260101000000000")).status_code == 401


async def test_kinds_and_places_are_told_to_anybody(client: httpx.AsyncClient) -> None:
    kinds = (await client.get(f"{BASE}/kinds")).json()
    places = (await client.get(f"{BASE}/places?within=522701")).json()
    inside = (await client.get(f"{BASE}/places?jurisdiction=522700")).json()

    (odour,) = (one for one in kinds["kinds"] if one["code"] == "air.odour")
    assert (odour["name"], odour["parent"]) == ("恶臭/异味", "air")
    assert odour["name_en"].isascii()
    assert places["jurisdiction"] == "520000"
    assert {one["parent"] for one in places["places"]} == {"522701"}
    assert "522701" in {one["code"] for one in inside["places"]}


@pytest.mark.parametrize(
    "query", ["jurisdiction=990000", "within=x", "within=%00", "within=990000"]
)
async def test_what_no_pack_knows_is_not_found(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"{BASE}/places?{query}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(("language", "words"), [("zh", "问题代码"), ("en", "Problem codes")])
async def test_the_page_is_ours_alone_and_small(
    client: httpx.AsyncClient, language: str, words: str
) -> None:
    client.cookies.set("language", language)
    page = await client.get("/api")

    assert page.status_code == 200
    assert words in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert re.findall(r'(?:src|href)="(?!/|#|tel:)', page.text) == []
    assert "<style" not in page.text
    assert len(page.content) < 30 * 1024
    for one in OPERATIONS:
        assert f"{one.method} {one.address}" in page.text
    for code in problem_codes():
        assert f'id="{code}"' in page.text


async def test_the_document_is_served_as_it_is_made(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/openapi.json")
    told: dict[str, Any] = answer.json()

    assert told == json.loads(json.dumps(openapi()))
    assert told["openapi"] == "3.1.0"
    assert told["components"]["schemas"]["Problem"]["required"][:3] == ["type", "title", "status"]


async def test_a_problems_type_leads_to_its_words(machine: Machine) -> None:
    problem = (await machine.get(f"{BASE}/reports/QN1")).json()
    page = await machine.client.get(problem["type"].partition("#")[0])

    assert f'id="{problem["type"].partition("#")[2]}"' in page.text
