"""A table's columns for a position: read strictly, its system never guessed (made-up rows)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hotline.errors import BadReport
from hotline.rules.import_rows import Columns, Into, report_of
from hotline.rules.report import Story

INTO = Into("520000", "522700", "made up", history=False, now=datetime(2026, 6, 1, tzinfo=UTC))
COLUMNS = Columns(
    name="made up",
    needs=("text",),
    columns={
        "text": ("text",),
        "longitude": ("经度",),
        "latitude": ("纬度",),
        "system": ("坐标系",),
        "accuracy_m": ("精度",),
    },
    defaults={"wish": "complain", "channel": "import"},
)
ROW = {"text": "某村口有人烧塑料（虚构）", "经度": "107.52", "纬度": 26.26, "坐标系": "gcj02"}


def story(**cells: Any) -> Story:
    return report_of({**ROW, **cells}, COLUMNS, INTO).story


def faults(**cells: Any) -> dict[str, str]:
    with pytest.raises(BadReport) as refused:
        story(**cells)
    return dict(refused.value.errors)


def test_the_pair_is_kept_as_told_beside_its_system() -> None:
    told = story(精度="35")
    assert (told.longitude, told.latitude) == (107.52, 26.26)
    assert (told.system, told.accuracy_m) == ("gcj02", 35)


def test_a_row_without_a_position_has_none() -> None:
    told = story(经度="", 纬度=None, 坐标系="")
    assert (told.longitude, told.latitude, told.system, told.accuracy_m) == (None, None, "", None)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"经度": "东经107"}, {"longitude": "import.not_number", "point": "point.incomplete"}),
        ({"经度": "nan"}, {"longitude": "import.not_number", "point": "point.incomplete"}),
        ({"纬度": ""}, {"point": "point.incomplete"}),
        ({"坐标系": ""}, {"point.system": "point.system"}),
        ({"坐标系": "mars"}, {"point.system": "point.system"}),
        ({"经度": "26.26", "纬度": "107.52"}, {"point": "point.range"}),
        ({"精度": "-1"}, {"point.accuracy_m": "point.accuracy"}),
    ],
)
def test_what_is_no_position_sends_the_row_back(
    cells: dict[str, Any], found: dict[str, str]
) -> None:
    assert faults(**cells) == found
