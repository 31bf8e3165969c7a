"""A real `python3 -m hotline up` in a home of its own, to be started, hurt and stopped."""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.servers import free_port
from hotline.settings import OURS

PATIENCE = 90.0  # the machine may be busy with other tests
READY = "/ ready ("
WORDS = {
    "web": "hotline web",
    "worker-intake": "hotline worker intake",
    "worker-delivery": "hotline worker delivery",
    "clock": "hotline clock",
    "postgres": "bin/postgres",
    "valkey": "valkey-server",
}


class RunningUp:
    """One `up`: its address, its processes, and how to hurt it."""

    def __init__(self, home: Home, *arguments: str, **more: str) -> None:
        self.home, self.port = home, free_port()
        self.output = home.root / "up.out"
        argv = [sys.executable, "-m", "hotline", "up", "--port", str(self.port), *arguments]
        self.began = self.output.stat().st_size if self.output.exists() else 0
        environment = {**bare_environment(home), **more}
        self.process = children.start(
            Command(argv, log=self.output, environment=environment, folder=CLONE)
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """What this `up` printed so far."""
        return self.output.read_bytes()[self.began :].decode("utf-8", "replace")

    def ready(self) -> "RunningUp":
        """Wait until it says so."""
        wait_until(lambda: READY in self.said() or self.process.poll() is not None)
        assert READY in self.said(), self.said() + self.log("web")
        return self

    def services(self) -> dict[str, Any]:
        """Addresses with passwords, as commands beside it find them."""
        content = json.loads(self.home.run_file.read_text(encoding="utf-8"))
        return dict(content["services"])

    def pid(self, name: str) -> int | None:
        """The process of a line, or None while it is being started again."""
        return next(iter(self.pids(name)), None)

    def pids(self, name: str) -> list[int]:
        """The processes of a kind, of which there may be several."""
        own = [pid for pid, parent in parents().items() if parent == self.process.pid]
        return [pid for pid in own if WORDS[name] in command_line(pid)]

    def kill(self, name: str) -> int:
        """kill -9 one process; gives the pid of the one that took its place.

        What lost its server a moment ago has ended by itself, and is killed once it is back.
        """
        wait_until(lambda: self.pid(name) is not None)
        before = self.pid(name)
        assert before, f"{name} is not there to be killed"
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: self.pid(name) not in {None, before})
        after = self.pid(name)
        assert after
        return after

    def get(self, path: str) -> int:
        """The status a page answers with; 0 while nobody listens."""
        request = Request(self.address + path)  # noqa: S310 - our own
        with contextlib.suppress(OSError):
            return int(build_opener(ProxyHandler({})).open(request, timeout=5).status)
        return 0

    def descendants(self) -> set[int]:
        """Every process below it now."""
        tree, found = parents(), {self.process.pid}
        while more := {pid for pid, parent in tree.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def log(self, name: str) -> str:
        path = self.home.log / f"{name}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@contextlib.contextmanager
def running_up(home: Home, *arguments: str, **more: str) -> Iterator[RunningUp]:
    """A ready `up` for the duration; `more` is its environment."""
    up = RunningUp(home, *arguments, **more)
    try:
        yield up.ready()
    finally:
        if up.process.poll() is None:
            children.stop(up.process, signal.SIGINT, patience=PATIENCE)


def bare_environment(home: Home) -> dict[str, str]:
    """As a newcomer has it: nothing of this installation, least of all a way out to people."""
    kept = {name: word for name, word in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "HOTLINE_HOME": str(home.root), "PYTHONPATH": str(CLONE)}


def parents() -> dict[int, int]:
    """Every process and its parent, without those that only wait to be reaped."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(status.parent.name)] = int(parent)
    return found


def command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def wait_until(holds: Any, seconds: float = PATIENCE) -> None:
    """Until it holds; the assertion that follows says what did not."""
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
