"""开放数据: the same matters as JSON, CSV and feed; found by words, drawn by county（虚构）."""

import csv
import io
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import httpx
import pytest

from hotline.rules.coordinates import System
from hotline.rules.geojson import read
from hotline.rules.terms import Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.import_boundaries import FromFile, import_boundaries
from hotline.steps.retract import retract
from tests.steps.builders import decided
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, staff, until

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
TOLD = Proposal("某企业异味问题", "=气味难闻（虚构）。", "收集设施有破损，已修复。")
FILES = ("/public/cases.json", "/public/cases.csv", "/public/feed.atom")


@pytest.fixture
async def published(client: httpx.AsyncClient) -> str:
    """One matter that is public; its number."""
    del client
    order = await until(Step.CLOSE, await dispatched())
    number = await propose(at(order), TOLD, by=handler_of(order), now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=datetime.now(UTC))
    return number


async def test_every_form_tells_the_same_and_no_more(
    client: httpx.AsyncClient, published: str
) -> None:
    told = (await client.get(FILES[0])).json()
    table = list(csv.DictReader(io.StringIO((await client.get(FILES[1])).text.lstrip("\ufeff"))))
    feed = ET.fromstring((await client.get(FILES[2])).text)

    (one,) = told["cases"]
    assert one["number"] == table[0]["number"] == published
    assert (one["finding_name"], one["county_name"]) == ("属实", "都匀市")
    assert table[0]["problem"].startswith("'=")  # no spreadsheet takes it for a formula
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id", "").endswith(f"/public/cases/{published}")
    page = (await client.get("/public/data")).text
    assert [name for name in one if f"<code>{name}</code>" not in page] == []


async def test_whoever_has_a_file_gets_304_until_something_is_published_or_taken_back(
    client: httpx.AsyncClient, published: str
) -> None:
    for path in FILES:
        first = await client.get(path)
        since = {"if-modified-since": first.headers["last-modified"]}
        assert "set-cookie" not in first.headers
        assert first.headers["cache-control"].startswith("public")
        for has in ({"if-none-match": first.headers["etag"]}, since):
            again = await client.get(path, headers=has)
            assert (again.status_code, again.content) == (304, b"")
    by = staff(Role.PUBLISHER)
    await retract(TENANT, published, "处罚决定已被撤销", by=by, now=datetime.now(UTC))
    changed = await client.get(FILES[2], headers={"if-none-match": first.headers["etag"]})
    (left,) = ET.fromstring(changed.text).findall(GONE)
    assert left.attrib["ref"].endswith(published)
    assert (await client.get(FILES[0])).json()["cases"] == []


@pytest.mark.parametrize(("words", "total"), [("收集设施", 1), ("%_'", 0), ("火星", 0)])
async def test_words_are_looked_for_as_they_stand(
    client: httpx.AsyncClient, published: str, words: str, total: int
) -> None:
    del published
    page = await client.get("/public", params={"q": words})
    assert f"共 {total} 件" in page.text
    assert len((await client.get(FILES[0], params={"q": words})).json()["cases"]) == total


def outlined(codes: list[str]) -> list[dict[str, object]]:
    """Squares side by side（虚构）."""
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    return [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[106 + place % 4 + x, 25 + place // 4 + y] for x, y in corners]],
            },
        }
        for place, code in enumerate(codes)
    ]


async def test_counties_are_tiles_until_their_outlines_are_there(
    client: httpx.AsyncClient, published: str
) -> None:
    del published
    for _ in range(4):
        await decided()
    tiles = (await client.get("/public/map")).text
    assert 'class="map tiles"' in tiles
    assert "尚未导入行政区划边界" in tiles
    codes = [part[:6] for part in tiles.split('href="/public?county=')[1:]]
    features = outlined(sorted(set(codes)))
    found, faults = read({"type": "FeatureCollection", "features": features}, System.CGCS2000)
    assert faults == []
    about = FromFile("made up", "虚构", "GS（虚构）1号")
    await import_boundaries(codes[0][:2] + "0000", found, about, datetime.now(UTC))
    drawn = (await client.get("/public/map")).text
    assert "<path" in drawn
    assert "GS（虚构）1号" in drawn
    assert len(drawn.encode()) < 30 * 1024
