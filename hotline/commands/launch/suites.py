"""The test suites, each a pytest of its own, one after the other, and the count of them all."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGINT
from subprocess import Popen, TimeoutExpired
from xml.etree import ElementTree

from hotline.commands.launch import browser, children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE
from hotline.commands.launch.words import say

APART = ("faults", "bench", "browser")  # each needs the machine or its event loop to itself
TIMED = "bench"  # what measures time runs in one process, and nothing beside it
# the rest in two processes, each with a database, a queue and a home of its own (tests/conftest.py)
AT_ONCE = ("--numprocesses=2", "--dist=worksteal")
# a file's tests share a browser or a wound; the long files first, however few tests they hold
BY_FILE = ("--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")
NO_TESTS = 5  # pytest's exit code for a folder without tests


@dataclass
class Counts:
    """How many tests passed, failed (errors and failed checks too) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, more: "Counts") -> None:
        self.passed += more.passed
        self.failed += more.failed
        self.skipped += more.skipped

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def exit_code(self) -> int:
        return 1 if self.failed else 0


@dataclass(frozen=True)
class Suite:
    """One call of pytest."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, environment: Mapping[str, str], folder: Path) -> Counts:
        """Run it to its end; one that dies without a report counts as failed."""
        say(f"== {self.name}")
        report = folder / f"{self.name.replace('/', '-')}.xml"
        process = children.start(self._command({**environment, **self.environment}, report))
        try:
            code = process.wait()
        finally:
            _interrupt(process)
        counts = counted(report)
        if not report.exists() or (code not in {0, NO_TESTS} and not counts.failed):
            say(f"失败 / failed: {self.name}, pytest exit code {code}")
            counts.failed += 1
        return counts

    def _command(self, environment: Mapping[str, str], report: Path) -> Command:
        options = ["-q", "-p", "no:cacheprovider", f"--junit-xml={report}"]
        argv = [sys.executable, "-m", "pytest", *options, *self.arguments]
        surroundings = {**environment, "PYTHONPATH": str(CLONE)}
        return Command(argv, environment=surroundings, folder=CLONE)


def everything() -> list[Suite]:
    """All there is, in order; a folder without tests is no suite."""
    ignored = [f"--ignore=tests/{name}" for name in APART]
    apart = [_apart(name) for name in APART if _tests(name)]
    return [Suite("tests", ["tests", *ignored, *AT_ONCE]), *apart]


def asked(arguments: Sequence[str]) -> list[Suite]:
    """What the operator told pytest, and nothing else."""
    named = any((CLONE / argument.partition("::")[0]).exists() for argument in arguments)
    usual = [] if named else ["tests", *(f"--ignore=tests/{name}" for name in APART)]
    return [Suite("tests", [*usual, *arguments])]


def counted(report: Path) -> Counts:
    """The counts of a junit report; none when pytest did not live to write it."""
    if not report.exists():
        return Counts()
    counts = Counts()
    for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 (pytest wrote it)
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        counts.add(Counts(max(0, total - failed - skipped), failed, skipped))
    return counts


def _apart(name: str) -> Suite:
    """One that has the machine to itself; the browser's says why it cannot run, if it cannot."""
    reason = browser.ensure() if name == "browser" else ""
    switch = {browser.MISSING: reason} if reason else {}
    return Suite(f"tests/{name}", [f"tests/{name}", *(() if name == TIMED else BY_FILE)], switch)


def _interrupt(process: "Popen[bytes]") -> None:
    """As Ctrl-C at a terminal does: the processes it tests in hear it too, and tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, SIGINT)
        with contextlib.suppress(TimeoutExpired):
            process.wait(30)
    children.stop(process)


def _tests(name: str) -> bool:
    return any((CLONE / "tests" / name).rglob("test_*.py"))
