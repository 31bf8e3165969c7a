"""The supervisor keeps real processes up, backs off, and stops them in order."""

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from hotline.commands.launch import children, supervisor
from hotline.commands.launch.children import Command
from hotline.commands.launch.memory import Memory
from hotline.commands.launch.supervisor import Line, StopAsked, Supervisor, pause_after
from hotline.lookups.ended import ended_lately
from tests.support.running_up import parents

SLEEP = "import time; time.sleep(60)"
LAST_WORD = """
import signal, sys, time
def end(*_):
    open(sys.argv[1], "a").write(sys.argv[2]); sys.exit()
signal.signal(signal.SIGTERM, end)
open(sys.argv[1] + ".up", "a").write("up")
time.sleep(60)
"""


def a_line(code: str, *words: str, rank: int = 0, name: str = "one") -> Line:
    return Line(name, Command([sys.executable, "-c", code, *words]), rank=rank)


def test_each_early_end_doubles_the_pause_up_to_half_a_minute() -> None:
    assert [pause_after(failures) for failures in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_whatever_came_up_and_stayed_forgets_earlier_failures() -> None:
    line = Line("one", Command(["true"]), failures=5, began=100.0)

    assert line.ended(1, now=100.0 + supervisor.STEADY) == 0.5
    line.began = 200.0
    assert line.ended(1, now=201.0) == 1.0
    line.began = 202.0
    assert [line.ended(-signal.SIGKILL, now=203.0) for _ in range(3)] == [0.5] * 3
    assert line.ended(1, now=203.0) == 2.0


def test_what_is_killed_for_want_of_memory_comes_back_ever_later_and_is_told(
    tmp_path: Path,
) -> None:
    counted, now = tmp_path / "vmstat", datetime.now(UTC)
    memory = Memory(counted)

    def killed(many: int, at: float) -> bool:
        counted.write_text(f"pgfault 7\noom_kill {many}\n")
        return memory.is_short(at)

    assert [killed(3, 0.0), killed(4, 1.0), killed(4, 5.9), killed(4, 6.1)] == [0, 1, 1, 0]
    line = Line("web", Command(["true"], log=tmp_path / "web.log"), began=100.0)
    for pause in (0.5, 1, 2, 4):  # each came up and stayed for a while
        assert line.ended(supervisor.KILLED, now=130.0, short=True) == pause
    assert line.ended(supervisor.KILLED, now=130.0) == 0.5
    assert line.ended(supervisor.KILLED, now=100.0 + supervisor.FITTING, short=True) == 0.5
    (told,) = ended_lately(tmp_path, now)
    assert (told.name, told.times, told.for_memory) == ("web", 6, 5)
    assert ended_lately(tmp_path, now + timedelta(days=2)) == []


def test_a_killed_process_is_started_again_and_stopped_in_the_end() -> None:
    watched = Supervisor()
    line = watched.add(a_line(SLEEP))
    assert line.process
    first = line.process.pid

    _watch(watched, kill=first, until=lambda: bool(line.process and line.process.pid != first))
    assert line.process
    second = line.process.pid
    watched.stop()

    assert first != second
    assert not {first, second} & set(parents())


def test_the_database_stops_after_those_who_use_it(tmp_path: Path) -> None:
    order = tmp_path / "order"
    watched = Supervisor()
    for rank, word in [(2, "database "), (0, "web "), (1, "queue ")]:
        watched.add(a_line(LAST_WORD, str(order), word, rank=rank))
    while _text(order.with_suffix(".up")) != "up" * 3:
        time.sleep(0.02)

    watched.stop()

    assert order.read_text() == "web queue database "


def test_a_process_that_ends_at_once_is_tried_again_with_growing_pauses(tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    watched = Supervisor()
    line = watched.add(a_line("import sys; open(sys.argv[1], 'a').write('x')", str(tally)))

    _watch(watched, until=lambda: line.failures >= 3)
    watched.stop()

    assert _text(tally) == "xxx"


def test_the_first_ctrl_c_interrupts_the_start_and_more_are_only_remembered() -> None:
    with StopAsked().heard() as asked:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGHUP)
        time.sleep(0.05)

    assert asked.already


def _watch(watched: Supervisor, *, until, kill: int = 0) -> None:  # type: ignore[no-untyped-def]
    """Watch as `up` does, until it holds."""
    began = time.monotonic()
    with StopAsked().heard() as asked:
        asked.starting = False
        if kill:
            threading.Timer(0.2, os.kill, (kill, signal.SIGKILL)).start()

        def tick() -> bool:
            asked.already = until() or time.monotonic() - began > 30
            return False

        watched.watch(asked, tick)


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_what_a_killed_server_left_in_its_folder_is_ended_before_the_next(tmp_path: Path) -> None:
    """As a database's writers do, which their server's death does not reach in the middle."""
    children.adopt_orphans()
    left = tmp_path / "left"
    code = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60'], cwd=sys.argv[1]);"
    code += "open(sys.argv[2], 'w').write(str(p.pid)); time.sleep(60)"
    line = a_line(code, str(tmp_path), str(left))
    line.before = partial(children.end_those_in, tmp_path)
    watched = Supervisor()
    watched.add(line)
    while not _text(left):
        time.sleep(0.02)
    first = int(_text(left))
    assert line.process

    _watch(watched, kill=line.process.pid, until=lambda: _text(left) not in {"", str(first)})
    watched.stop()
    os.kill(int(_text(left)), signal.SIGKILL)

    assert first not in parents()
