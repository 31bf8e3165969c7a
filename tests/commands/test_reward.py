"""`reward compute` reads facts, refuses what is unclear, and prints the computation."""

import json
from pathlib import Path
from typing import Any

import pytest

from hotline.commands import run
from hotline.commands.launch.words import Trouble
from hotline.commands.rewards.telling import LINES, MISSING
from hotline.policy.load import packs_on_disk

HERE = Path(__file__).parents[2] / "hotline"


def computed(
    capsys: pytest.CaptureFixture[str], folder: Path, facts: object, *more: str
) -> dict[str, Any]:
    path = folder / "facts.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    words = ["compute", "--jurisdiction", "520000", "--reported-on", "2026-03-09"]
    run("reward", [*words, "--facts", str(path), "--json", *more])
    told: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return told


def test_a_sum_comes_with_the_version_and_every_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = computed(capsys, tmp_path, {"tier": "一般", "finding": "属实", "penalty": None})
    assert told["version"] == "GZ-2020"
    assert (told["status"], told["sum_fen"]) == ("sum", 10_000)
    assert [line["rule"] for line in told["lines"]] == ["scheme", "tier", "fixed"]


def test_a_blocked_reward_says_what_is_missing_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = computed(capsys, tmp_path, {})
    assert told["status"] == "blocked"
    assert told["sum_fen"] is None
    assert any("查实结论" in one for one in told["missing"])


@pytest.mark.parametrize(
    "facts",
    [
        [],
        {"tiers": "一般"},
        {"penalty": {"fine": 100}},
        {"penalty": {"fine_fen": -1}},
        {"penalty": {"fine_fen": 10.5}},
        {"insider": "yes"},
        {"joint_reporters": 0},
        {"first_public_at": "yesterday"},
    ],
)
def test_unclear_facts_are_refused_in_one_line(facts: object, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    words = ["compute", "--jurisdiction", "520000", "--reported-on", "2026-03-09"]
    with pytest.raises(Trouble):
        run("reward", [*words, "--facts", str(path)])


ZHENGZHOU = """
version = "test"
valid_from = 2017-01-01
source = "the totals printed for 2017 to 2020"
mark = "Vx"

[[scheme]]
code = "ZZ"
title = "测试用：四档定额"
from = 2017-01-01
tier = [
  { code = "a", name = "500", max_fen = 50000 },
  { code = "b", name = "1000", max_fen = 100000 },
  { code = "c", name = "5000", max_fen = 500000 },
  { code = "lead", name = "线索奖", max_fen = 1000 },
]
"""
IDENTITY = """
version = "test"
valid_from = 2017-01-01
source = "made up for this test"
mark = "K"
code = "990000"
name = "测试省"
short = "测试"
parent = ""
serves = false
"""
PAID = {"a": 1430, "b": 46, "c": 14, "lead": 584}


def test_a_citys_printed_total_comes_out_to_the_fen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pack = tmp_path / "packs" / "990000-test"
    pack.mkdir(parents=True)
    (tmp_path / "calendars").mkdir()
    (pack / "identity.toml").write_text(IDENTITY, encoding="utf-8")
    (pack / "reward.toml").write_text(ZHENGZHOU, encoding="utf-8")
    assert list(packs_on_disk(tmp_path)) == ["990000"]
    more = ["--folder", str(tmp_path), "--jurisdiction", "990000"]
    sums = {
        tier: computed(capsys, tmp_path, {"tier": tier, "finding": "属实"}, *more)["sum_fen"]
        for tier in PAID
    }
    assert sum(PAID[tier] * fen for tier, fen in sums.items()) == 83_684_000


def test_every_line_and_every_gap_of_the_rule_has_its_words() -> None:
    rule = (HERE / "rules" / "reward.py").read_text(encoding="utf-8")
    said = [part.split('"')[1] for part in rule.split(".lack(")[1:] if part.startswith('"')]
    assert set(said) <= set(MISSING)
    lines = [part.split('"')[1] for part in rule.split(".say(")[1:] if part.startswith('"')]
    assert set(lines) <= set(LINES)
