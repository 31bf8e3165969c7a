"""Keeps every process of the service running: restart with back-off, and one order of stopping."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from types import FrameType

from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.memory import Memory
from hotline.commands.launch.words import say
from hotline.lookups.ended import MEMORY, note

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SELDOM, OFTEN = 0.5, 0.05  # seconds between two looks
TAIL = 200
KILLED = -signal.SIGKILL  # by somebody else: no failure of its own, so it is back at once
STEADY = 5.0  # seconds up after which earlier failures are forgotten: it does start
FITTING = 60.0  # the same for whoever was killed for want of memory, which takes longer to fill
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Line:
    """One process to keep up. `rank` orders the stop: low first, so the database goes last."""

    name: str
    command: Command
    rank: int = 0
    stops: tuple[signal.Signals, ...] = (signal.SIGTERM, signal.SIGTERM)
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)
    before: Callable[[], None] = lambda: None  # what must be out of the way at each start
    held: bool = False  # loads what it needs, then waits; one that is started again does not

    def start(self) -> None:
        self.before()
        self.began = time.monotonic()
        self.process = children.start(self.command, held=self.held)

    def let_go(self) -> None:
        """What it waited for is there."""
        self.held = False
        if self.process and self.process.stdin:
            self.process.stdin.close()

    def ended(self, code: int, now: float, *, short: bool = False) -> float:
        """Note the end and give the pause before the next start; `short`: memory is.

        Started at once again and again, what is too large for the machine would keep it busy.
        """
        self.process = None
        short = short and code == KILLED
        if now - self.began >= (FITTING if short else STEADY):
            self.failures = 0
        by_itself = short or code != KILLED
        pause = pause_after(self.failures) if by_itself else FIRST_PAUSE
        self.failures += by_itself
        self.due = now + pause
        how = "内存不足，被系统结束 / out of memory" if short else _how(code)
        say(f"[{self.name}] {how}, {pause:g} 秒后重启 / restarts; {self._why(code)}")
        if self.command.log:
            note(self.command.log.parent, self.name, datetime.now(UTC), MEMORY if short else how)
        return pause

    def _why(self, code: int) -> str:
        """Where its log is; and the last words in it, if it ended by itself."""
        log = self.command.log
        if log is None or code <= 0 or not log.exists():
            return str(log or "")
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - TAIL))
            lines = file.read().decode("utf-8", "replace").strip().splitlines()
        return f"{log}: {lines[-1][:TAIL] if lines else ''}"


def pause_after(failures: int) -> float:
    """Seconds to wait before the next start, doubling with every early end."""
    return min(FIRST_PAUSE * 2.0 ** min(failures, 16), LONGEST_PAUSE)


class Supervisor:
    """Starts lines, starts them again when they end, and stops them all in order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.memory = Memory()

    def add(self, line: Line) -> Line:
        """Start a line now and keep it from here on."""
        self.lines.append(line)
        line.start()
        return line

    def watch(self, asked: "StopAsked", tick: Callable[[], bool]) -> None:
        """Until somebody asks to stop: reap, restart, and call `tick`: often until it has done."""
        while not asked.already:
            self._reap()
            self._restart()
            asked.wait(SELDOM if tick() else OFTEN)

    def stop(self) -> None:
        """Web, workers and clock first, then Valkey, then PostgreSQL."""
        ranked = sorted(self.lines, key=lambda line: line.rank)
        for _, lines in groupby(ranked, key=lambda line: line.rank):
            _stop_together([line for line in lines if line.process])

    def drop(self, line: Line) -> None:
        """Stop one line and keep it no longer."""
        self.lines.remove(line)
        _stop_together([line])

    def _reap(self) -> None:
        running = {line.process.pid: line for line in self.lines if line.process}
        short = self.memory.is_short(time.monotonic())
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                if line := running.get(pid):
                    code = os.waitstatus_to_exitcode(status)
                    if line.process:
                        line.process.returncode = code
                    line.ended(code, time.monotonic(), short=short)

    def _restart(self) -> None:
        for line in self.lines:
            if line.process is None and line.due <= time.monotonic():
                line.start()


class StopAsked:
    """Ctrl-C, TERM or a closed terminal: interrupts the start once, then is only remembered."""

    def __init__(self) -> None:
        self.already = False
        self.starting = True
        self._read, self._write = socket.socketpair()

    @contextlib.contextmanager
    def heard(self) -> Iterator["StopAsked"]:
        """Listen for the duration."""
        self._write.setblocking(False)
        before = {number: signal.signal(number, self._remember) for number in STOPPING}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        waker = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        try:
            yield self
        finally:
            signal.set_wakeup_fd(waker)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._read.close()
            self._write.close()

    def wait(self, seconds: float) -> None:
        """Sleep, but wake when a child ends or somebody asks to stop."""
        if select.select([self._read], [], [], seconds)[0]:
            self._read.recv(4096)

    def _remember(self, number: int, frame: FrameType | None) -> None:
        first, self.already = not self.already, True
        if first and self.starting:
            raise KeyboardInterrupt


def _stop_together(lines: list[Line]) -> None:
    """Ask all at once; who has not ended is asked again (RQ's cold stop), then killed."""
    for attempt in range(max((len(line.stops) for line in lines), default=0)):
        for line in lines:
            _signal(line, line.stops[min(attempt, len(line.stops) - 1)])
        if children.wait_all([line.process for line in lines if line.process], 10.0):
            break
    for line in lines:
        if line.process and line.process.poll() is None:
            line.process.kill()
            line.process.wait()
        line.process = None


def _signal(line: Line, number: signal.Signals) -> None:
    if line.process and line.process.poll() is None:
        line.process.send_signal(number)


def _how(code: int) -> str:
    if code < 0:
        return f"被信号终止 / killed by {signal.Signals(-code).name}"
    return f"已退出 / exited ({code})"
