"""What differs by place is data: no province name and no division code stands in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.topics import Topic, gazetteer_of
from hotline.rules.places import Gazetteer

ROOT = Path(__file__).parents[2]
PACKAGES = ("hotline", "workers", "notifications", "webforms")
# 000000 is the root of every chain and no place; six digits that begin like a division's code.
CODE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:[0-9]{3})?(?![0-9A-Za-z])")
PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|"
    "重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|黔南"
)
# 江西人 is a person, met where personal names are told from other words.
NAME = re.compile(
    rf"(?:{PROVINCES})(?!人)|guizhou|qiannan|jiangxi|jilin|chongqing",
    re.IGNORECASE,
)


def said_in(path: Path) -> Iterator[str]:
    """Every literal and name of a file; comments and docstrings may give an example."""
    tree = ast.parse(path.read_text("utf-8"))
    examples = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in examples:
            yield str(node.value)
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def code_files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def known_places() -> Gazetteer:
    packs = packs_on_disk()
    serving = max(code for code, pack in packs.items() if pack.serves)
    return gazetteer_of(Topic(serving, "places", topics_of(packs, serving)["places"]))


@pytest.mark.parametrize("package", PACKAGES)
def test_no_code_names_a_province(package: str) -> None:
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in code_files(package)
        for said in said_in(path)
        if (found := NAME.search(said))
    ]
    assert named == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_code_carries_a_division_code(package: str) -> None:
    places = known_places()
    carried = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in code_files(package)
        for said in said_in(path)
        for found in CODE.finditer(said)
        if places.get(found.group()[:6]) is not None
    ]
    assert carried == []


def test_the_guard_itself_finds_what_it_looks_for(tmp_path: Path) -> None:
    file = tmp_path / "code.py"
    file.write_text(
        '"""贵州 as an example."""\ndef for_qiannan(c):\n    return c == "522701"\n', "utf-8"
    )
    said = list(said_in(file))
    assert [word for word in said if NAME.search(word)] == ["for_qiannan"]
    assert [word for word in said if CODE.search(word)] == ["522701"]
    assert known_places().get("522701") is not None
