"""The units of the operator's guide start again for as long as it takes, and can be enabled."""

import re
from configparser import ConfigParser

import pytest

from hotline.commands.launch.home import CLONE

UNITS = re.findall(
    r"```ini\n# /etc/systemd/system/(\S+)[^\n]*\n(.*?)```",
    (CLONE / "docs" / "operate.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.mark.parametrize(("name", "text"), UNITS, ids=[name for name, _ in UNITS])
def test_a_unit_outlasts_a_database_that_comes_later_and_a_process_without_memory(
    name: str, text: str
) -> None:
    unit = ConfigParser(interpolation=None)
    unit.read_string(text)

    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Service"]["Restart"] in {"always", "on-failure"}
    assert "RequiresMountsFor" in unit["Unit"], name  # keys that are not there are not made anew
    assert unit["Install"]["WantedBy"]
    if "MemoryMax" in unit["Service"]:
        assert unit["Service"]["OOMPolicy"] == "continue"


def test_the_guide_has_both_ways() -> None:
    assert len(UNITS) == 2
