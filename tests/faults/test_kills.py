"""kill -9 in the middle: whatever was acknowledged is there once and fully processed."""

import contextlib
import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.commands.launch.home import CLONE
from tests.faults.compare import compared, read
from tests.faults.conftest import Hurt
from tests.support.running_up import bare_environment, wait_until

HERE = Path(__file__).parent
POSTS, ROWS = 500, 900
VICTIMS = ("web", "worker-intake", "valkey", "clock", "web", "worker-intake", "valkey")
PATIENCE = 180


def test_five_hundred_posts_under_kills_are_each_there_once(hurt: Hurt, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    with _posting(hurt, ledger) as client:
        for place, victim in enumerate(VICTIMS, start=1):
            share = POSTS * place // (len(VICTIMS) + 2)
            wait_until(lambda share=share: _noted(ledger) >= share)
            hurt.up.kill(victim)
        assert client.wait(PATIENCE) == 0
    hurt.drained()

    export = hurt.export(tmp_path / "export.jsonl")
    words = [sys.executable, str(HERE / "compare.py"), str(ledger), str(export)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert done.returncode == 0, found
    assert (found["acknowledged"], found["there"]) == (POSTS, POSTS)
    hurt.command("verify-history")


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


@contextlib.contextmanager
def _posting(hurt: Hurt, ledger: Path) -> Iterator["subprocess.Popen[str]"]:
    secret = hurt.command("channel", "add", "faults", "--jurisdiction", "522700").split()[-1]
    order = {"address": hurt.up.address, "secret": secret, "count": POSTS}
    words = [sys.executable, str(HERE / "client.py"), str(ledger)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, text=True, cwd=CLONE) as client:
        assert client.stdin
        client.stdin.write(json.dumps(order) + "\n")
        client.stdin.flush()
        try:
            yield client
        finally:
            client.kill()


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


def _noted(ledger: Path) -> int:
    return ledger.read_bytes().count(b"\n") if ledger.exists() else 0


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
