"""`test` counts, and leaves neither process nor folder behind, however it ends."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home, temporary_home
from hotline.commands.launch.suites import AT_ONCE
from tests.support.running_up import bare_environment, parents, wait_until

ORPHAN = """
import os, subprocess, sys
def test_that_forgets_what_it_started():
    subprocess.Popen(["sleep", "300"], start_new_session=True)
def test_that_sees_its_own_database():
    assert "127.0.0.1" in os.environ["DATABASE_OWNER_URL"]
"""
LONG = """
import pathlib, time
def test_long():
    pathlib.Path(__file__).with_name("began").touch()
    time.sleep(300)
"""


class RunningTest:
    """One `test` of one file, run as the main suite is, in a home and a folder of its own."""

    def __init__(self, home: Home, source: str) -> None:
        self.scratch, self.output = home.root / "scratch", home.root / "out"
        self.scratch.mkdir(mode=0o711)
        self.file = home.files / "test_it.py"
        self.file.write_text(source, encoding="utf-8")
        argv = [sys.executable, "-m", "hotline", "test", "--", *AT_ONCE, str(self.file)]
        environment = {**bare_environment(home), "TMPDIR": str(self.scratch)}
        self.process = children.start(
            Command(argv, log=self.output, environment=environment, folder=CLONE)
        )

    def ended(self) -> int:
        return self.process.wait(120)

    def lines(self) -> list[str]:
        return self.output.read_text(encoding="utf-8").splitlines()

    def left(self) -> list[Path]:
        return list(self.scratch.iterdir())


@pytest.fixture
def home() -> Iterator[Home]:
    with temporary_home() as own:
        yield own


def test_a_process_left_behind_is_ended_and_counts_as_a_failure(home: Home) -> None:
    testing = RunningTest(home, ORPHAN)

    assert testing.ended() == 1
    assert testing.lines()[-1] == "2 passed, 1 failed, 0 skipped"
    assert any("sleep 300" in line for line in testing.lines())
    assert testing.left() == []


def test_ctrl_c_in_the_middle_leaves_nothing(home: Home) -> None:
    testing = RunningTest(home, LONG)
    wait_until(testing.file.with_name("began").exists)
    family = _descendants(testing.process.pid)

    testing.process.send_signal(signal.SIGINT)

    assert testing.ended() == 130
    assert not family & set(parents())
    assert testing.left() == []


def _descendants(pid: int) -> set[int]:
    tree, found = parents(), {pid}
    while more := {one for one, parent in tree.items() if parent in found} - found:
        found |= more
    assert len(found) > 3
    return found - {pid}
