"""`places import` and `places list`, as the operator runs them on made-up squares."""

import json
from pathlib import Path
from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from tests.commands.test_operator import home, run
from tests.support.outlines import collection, square, two_cities

__all__ = ["home"]


def file(folder: Path, content: Any) -> str:
    path = folder / "outlines.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


async def test_outlines_are_imported_once_more_and_listed(
    db: Services, home: dict[str, str], tmp_path: Path
) -> None:
    told = ("--jurisdiction", "520000", "--source", "虚构", "--review-number", "虚构 1 号")
    for _ in range(2):
        taken = await run(home, "places", "import", file(tmp_path, two_cities()), *told)
        assert taken.returncode == 0, taken.stderr
    assert len(await rows("SELECT id FROM boundary")) == 2
    listed = (await run(home, "places", "list")).stdout.splitlines()
    assert [line.split("\t")[:4] for line in listed] == [
        ["522701", "都匀市", "虚构", "虚构 1 号"],
        ["522702", "福泉市", "虚构", "虚构 1 号"],
    ]


async def test_what_is_not_of_the_jurisdiction_is_left_out_and_named(
    db: Services, home: dict[str, str], tmp_path: Path
) -> None:
    other = collection(*two_cities()["features"], square("520102", 106.0), square("999999", 105.0))
    path = file(tmp_path, other)
    taken = await run(home, "places", "import", path, "--jurisdiction", "522700")
    assert taken.returncode == 3
    assert "520102 999999" in taken.stdout
    assert {one["code"] for one in await rows("SELECT code FROM boundary")} == {"522701", "522702"}


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[]",
        collection(square("999999", 105.0)),
        collection(square("522701", 107.0), crs={"properties": {"name": "EPSG:3857"}}),
    ],
)
async def test_a_file_of_no_use_changes_nothing(
    db: Services, home: dict[str, str], tmp_path: Path, content: Any
) -> None:
    refused = await run(
        home, "places", "import", file(tmp_path, content), "--jurisdiction", "522700"
    )
    assert refused.returncode == 1
    assert "error" in refused.stderr
    assert await rows("SELECT id FROM boundary") == []


async def test_a_jurisdiction_without_a_pack_is_one_line(
    db: Services, home: dict[str, str], tmp_path: Path
) -> None:
    path = file(tmp_path, two_cities())
    refused = await run(home, "places", "import", path, "--jurisdiction", "100000")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
