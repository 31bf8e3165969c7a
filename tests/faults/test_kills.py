"""kill -9 in the middle: whatever was acknowledged is there once and fully processed."""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hotline.commands.drilling.compare import compared, read
from hotline.commands.launch.home import CLONE, Home
from tests.faults.conftest import Hurt
from tests.support.running_up import bare_environment, hotline, wait_until

ROWS = 900
LONG = bool(os.environ.get("HOTLINE_TEST_LONG"))
FORM = ("--minutes", "3") if LONG else ("--minutes", "0.33", "--brief")
# Beside other tests everything starts slowly: the short form asks for no rate.
LEAST, RATE = (3, 20) if LONG else (0, 0)


def test_everything_killed_at_random_loses_nothing_that_was_told(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    words = ["drill", *FORM, "--ledger", str(ledger), "--json"]
    done = hotline(Home(tmp_path), *words, seconds=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["acknowledged"] == len(read(ledger)) > RATE * found["seconds"]
    assert min(found["kills"].values()) >= LEAST
    assert sum(found["kills"].values()) >= found["seconds"] // (2 if LONG else 4)
    assert found["steps"] >= LEAST
    assert found["sent"] > 0


def test_an_import_under_kills_is_whole_after_a_second_run(hurt: Hurt, tmp_path: Path) -> None:
    table = _table(tmp_path / "messages.csv")
    words = ["import", str(table), "--source", "faults", "--jurisdiction", "522700"]
    _kill_in_the_middle(hurt, words)
    for victim in ("worker-intake", "valkey", "clock"):
        hurt.up.kill(victim)

    said = hurt.command(*words)
    hurt.drained()

    assert f"rows {ROWS}," in said
    assert "bad 0" in said
    export = read(hurt.export(tmp_path / "export.jsonl"))
    found = compared([], export)
    assert (found["there"], found["doubled"], found["unfinished"]) == (ROWS, 0, 0)
    hurt.command("verify-history")


@pytest.mark.parametrize(
    ("ledger", "fault"),
    [
        ([{"delivery": "a", "number": "1"}, {"delivery": "b", "number": "2"}], "missing"),
        ([{"delivery": "a", "number": "9"}], "misnumbered"),
    ],
)
def test_the_comparison_sees_what_is_wrong(ledger: list[dict[str, str]], fault: str) -> None:
    export: list[dict[str, object]] = [{"delivery": "a", "number": "1", "done": True}]
    assert compared(ledger, export)[fault] == 1
    assert compared(ledger, [*export, *export])["doubled"] == 2
    assert compared(ledger, [{**export[0], "done": False}])["unfinished"] == 1
    stray: list[dict[str, object]] = [{"delivery": None, "number": "3", "done": True}]
    assert compared(ledger, [*export, *stray])["untold"] == 1


def _kill_in_the_middle(hurt: Hurt, words: list[str]) -> None:
    argv = [sys.executable, "-m", "hotline", *words]
    with subprocess.Popen(
        argv,
        env=bare_environment(hurt.up.home),
        cwd=CLONE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as first:
        wait_until(lambda: _stored(hurt) > 0)
        first.kill()
    assert 0 < _stored(hurt) < ROWS, "the first run was not killed in its middle"


def _stored(hurt: Hurt) -> int:
    time.sleep(0.02)
    return int(hurt.ask("SELECT count(*) AS n FROM service_request")[0]["n"])


def _table(path: Path) -> Path:
    """Made-up messages, each a matter of its own; large enough to be killed in the middle."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "time", "title", "body"])
        for n in range(ROWS):
            body = f"都匀市第{n}号院子旁边的砖厂（虚构）夜里气味刺鼻，编号{n * 7919}，请查。" * 3
            writer.writerow([n, f"2024-03-{n % 28 + 1:02} 08:30:00", f"夜间气味 {n}", body])
    return path
