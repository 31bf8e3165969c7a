"""规则包检查: what is delivered holds together, and what is broken is found."""

import argparse
import shutil
from pathlib import Path

import pytest

from hotline.commands import policy
from hotline.policy.check import Checked, check
from hotline.policy.load import HERE, packs_on_disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the delivered packs that a test may break."""
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    return tmp_path


def spoil(folder: Path, file: str, old: str, new: str) -> Checked:
    path = folder / "packs" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return check(packs_on_disk(folder))


def faults(checked: Checked) -> list[str]:
    return [f"{fault.pack} {fault.topic}: {fault.text}" for fault in checked.faults]


def test_every_delivered_pack_cites_its_rows_and_holds_together() -> None:
    assert faults(check(packs_on_disk())) == []


def test_what_is_known_inherited_and_missing_is_told_apart(folder: Path) -> None:
    (folder / "packs" / "520000-guizhou" / "reward.toml").unlink()
    states = {(s.pack, s.topic): (s.state, s.of) for s in check(packs_on_disk(folder)).states}
    assert states["522700", "routing"] == ("known", "522700")
    assert states["522700", "kinds"] == ("inherited", "000000")
    assert states["522700", "reward"] == ("missing", "")


def test_the_prefectures_missing_12345_terms_are_reported() -> None:
    gaps = [(gap.pack, gap.text) for gap in check(packs_on_disk()).gaps]
    assert ("522700", "order_12345_complain: no term") in gaps


def test_kinds_nobody_answers_for_are_reported() -> None:
    gaps = [gap.text for gap in check(packs_on_disk()).gaps if gap.pack == "522700"]
    assert any(gap.startswith("air.burning") for gap in gaps)
    assert not any(gap.startswith("air.odour") for gap in gaps)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("522700-qiannan/routing.toml", 'mark = "V"\n\nrule', "\nrule", "no mark"),
        ("522700-qiannan/identity.toml", "522700.environment", "522700.x", "is no department"),
        ("522700-qiannan/places.toml", 'mark = "K"', 'mark = "sure"', "no mark"),
        ("000000-national/clocks.toml", "source =", "origin =", "no source"),
        ("522700-qiannan/routing.toml", '"housing", co', '"hausing", co', "hausing unknown"),
        (
            "522700-qiannan/routing.toml",
            '"water.sewage"',
            '"water.sewerage"',
            "kind water.sewerage",
        ),
        ("000000-national/routing.toml", ", local_designation = true", "", "no lead and not left"),
        (
            "522700-qiannan/routing.toml",
            'kind = "noise.construction"',
            'trades = ["buildng"], kind = "noise.construction"',
            "trade buildng unknown",
        ),
        ("000000-national/kinds.toml", 'parent = "air"', 'parent = "wind"', "parent wind unknown"),
        ("522700-qiannan/places.toml", 'parent = "522701"', 'parent = "52270"', "parent 52270"),
        ("520000-guizhou/places.toml", 'successor = "520111"', 'successor = "1"', "successor 1"),
        ("000000-national/acceptance.toml", 'kinds = ["legal"]', 'kinds = ["law"]', "kind law"),
        ("522700-qiannan/places.toml", '"522702Z1"', '"522701Z1"', "stands twice"),
        ("520000-guizhou/places.toml", "\nformer = [", "\nformr = [", "formr: a name"),
        ("000000-national/texts.toml", "\ntaken =", "\ntakn =", "takn: a name"),
        ("520000-guizhou/places.toml", "001", "01", "three digits and a name in 01"),
        ("522700-qiannan/identity.toml", 'prefix = "QN"\n', "", "does not say prefix"),
    ],
)
def test_a_broken_row_is_found(folder: Path, file: str, old: str, new: str, fault: str) -> None:
    found = faults(spoil(folder, file, old, new))
    assert any(fault in line for line in found), found


def test_a_township_outside_every_county_is_found(folder: Path) -> None:
    row = '{ code = "522700999", name = "游离镇", level = "township", parent = "522700" }'
    stray = f"place = [\n  {row},"
    found = faults(spoil(folder, "522700-qiannan/places.toml", "place = [", stray))
    assert found == ["522700 places: 522700999 游离镇: in no county"]


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    policy.add_arguments(parser)
    return policy.run(parser.parse_args(arguments))


def test_the_command_prints_each_pack_with_sources_and_marks_and_ends_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("check") == 0
    printed = capsys.readouterr().out
    for part in ("522700", "继承 inherited from 000000", "缺口 gaps", "Vx:", "信访工作条例 a23"):
        assert part in printed


def test_the_command_ends_badly_on_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "522700-qiannan/places.toml", 'source = "', 'sauce = "')
    assert run("check", "--folder", str(folder)) == 1
    assert "no source" in capsys.readouterr().out
