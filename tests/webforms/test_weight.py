"""Light pages: one sheet, a few scripts, nothing from elsewhere."""

from pathlib import Path

import httpx
import pytest

STATIC = Path(__file__).parents[2] / "webforms" / "static"
CITIZEN_PAGE = 30 * 1024


def weight(pattern: str) -> int:
    return sum(path.stat().st_size for path in STATIC.rglob(pattern))


def test_every_sheet_stays_small() -> None:
    sizes = {path.name: path.stat().st_size for path in STATIC.rglob("*.css")}
    assert {name: size for name, size in sizes.items() if size > 20 * 1024} == {}


def test_all_scripts_together_stay_small() -> None:
    assert weight("*.js") <= 25 * 1024


@pytest.mark.parametrize(("taken", "packed"), [("gzip, br", "gzip"), ("identity", "")])
async def test_a_file_is_packed_for_whoever_takes_it(
    client: httpx.AsyncClient, taken: str, packed: str
) -> None:
    answer = await client.get("/static/app.css?v=1", headers={"accept-encoding": taken})
    assert answer.headers.get("content-encoding", "") == packed
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.content == (STATIC / "app.css").read_bytes()


def test_no_script_or_sheet_names_another_host() -> None:
    named = [
        path.name
        for path in STATIC.rglob("*")
        if path.suffix in {".js", ".css"} and "://" in path.read_text("utf-8")
    ]
    assert named == []


@pytest.mark.parametrize("path", ["/", "/report/where", "/progress", "/privacy"])
async def test_a_page_with_all_it_needs_stays_under_30_kb(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await client.get(path)
    own = [STATIC / name for name in ("app.css", "app.js", "mark.svg", "places.js")]
    assert len(page.content) + sum(one.stat().st_size for one in own) <= CITIZEN_PAGE
