"""Child processes that never outlive us: own session, told when we die, swept up at the end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from hotline.commands.launch.home import Account

LONGEST_LOG = 10 * 2**20
SET_PDEATHSIG, SET_CHILD_SUBREAPER = 1, 36
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Command:
    """What to start: as whom, where its words go, and in what surroundings."""

    argv: Sequence[str | os.PathLike[str]]
    log: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: Account | None = None
    folder: Path = Path("/")


def start(
    command: Command, *, output: int | IO[bytes] | None = None, held: bool = False
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, so that Ctrl-C reaches only us.

    Without `output` its words go to its log, and nobody has to read them for it to go on. One that
    is held has an input that ends when it may go on; all others have none.
    """
    account = command.account
    with contextlib.ExitStack() as stack:
        if output is None and command.log:
            _keep_short(command.log)
            output = stack.enter_context(command.log.open("ab"))
        return subprocess.Popen(
            command.argv,
            stdin=subprocess.PIPE if held else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output is not None else None,
            env=dict(command.environment),
            cwd=command.folder,
            start_new_session=True,
            preexec_fn=partial(_die_with, os.getpid()),  # noqa: PLW1509 (takes no lock)
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def _keep_short(log: Path) -> None:
    """Two files of a size, so that a process that fails for weeks fills no disk."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def adopt_orphans() -> None:
    """What our children leave behind becomes ours, not init's, so that it can be ended (Linux)."""
    if _LIBC:
        _LIBC.prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(grace: float = 0.0) -> list[str]:
    """Kill every child we still have after the grace, and say which they were."""
    until = time.monotonic() + grace
    while _reap_ended() and time.monotonic() < until:
        time.sleep(0.1)
    ended = []
    while left := _children():
        for pid in left:
            ended.append(_name(pid))
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
    return ended


def end_those_in(folder: Path) -> None:
    """What a killed server of ours left at work in its folder: it may be writing for seconds yet,
    and until it has ended no other one can start there.
    """
    for pid in _children():
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/cwd").readlink() == folder:
                os.kill(pid, signal.SIGKILL)


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 10) -> None:
    """Ask with each signal in turn, waiting `patience` seconds after each; then kill."""
    for ask in signals:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return
    process.kill()
    process.wait()


def wait_all(processes: Iterable[subprocess.Popen[bytes]], seconds: float) -> bool:
    """Whether all of them ended within the time."""
    until = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
    return True


def _die_with(parent: int) -> None:
    """Runs after the change of user, which would clear it. With SIGINT a worker would stay.

    Who was killed between the fork and this line is no parent any more, and nobody would tell us.
    """
    if _LIBC:
        _LIBC.prctl(SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def _reap_ended() -> bool:
    """Take note of those that ended; whether any is left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _children() -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(status.parent.name))
    return found


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return b" ".join(words[:4]).decode("utf-8", "replace").strip() or str(pid)
    return str(pid)
