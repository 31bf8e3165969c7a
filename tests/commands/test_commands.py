"""Commands are found by their file names, and the Procfile names what exists."""

from pathlib import Path

import pytest

from hotline import commands
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.procfile import lines, long_running
from hotline.commands.launch.words import Trouble
from hotline.commands.web import bound
from workers.queues import QUEUES

PROCFILE = (CLONE / "Procfile").read_text(encoding="utf-8")


def test_every_module_that_defines_run_is_a_command() -> None:
    assert {"up", "test", "web", "worker", "clock", "migrate"} <= set(commands.names())
    assert "launch" not in commands.names()


def test_every_command_has_one_line_in_the_list() -> None:
    for line in commands.usage().splitlines()[2:]:
        name, _, summary = line.strip().partition(" ")
        assert summary.strip(), name


def test_release_is_for_platforms_and_not_kept_up() -> None:
    assert set(long_running(PROCFILE)) == {"web", "worker-intake", "worker-delivery", "clock"}


def test_every_line_of_the_procfile_is_a_command() -> None:
    for line in PROCFILE.splitlines():
        assert line.split()[4] in commands.names()


def test_every_queue_has_a_worker_of_its_own() -> None:
    queues = [words[4:] for words in long_running(PROCFILE).values() if words[3] == "worker"]

    assert sorted(queues) == sorted([queue] for queue in QUEUES)


@pytest.mark.parametrize("queue", ["intake", "delivery"])
@pytest.mark.parametrize(("asked", "many"), [("", 1), ("1", 1), ("0", 1), ("3", 3), ("x", 1)])
def test_as_many_processes_work_as_are_asked_for(
    queue: str, asked: str, many: int, tmp_path: Path
) -> None:
    kept_up = lines(Home(tmp_path), {f"HOTLINE_{queue.upper()}_WORKERS": asked})

    working = [line for line in kept_up if line.command.argv[-1] == queue]
    assert len({line.name for line in working}) == len(working) == many
    assert len(kept_up) == 3 + many


def test_of_two_web_processes_one_serves_while_the_other_is_down(tmp_path: Path) -> None:
    kept_up = lines(Home(tmp_path), {"WEB_CONCURRENCY": "2"})

    web = [line for line in kept_up if "web" in line.command.argv]
    assert [line.name for line in web] == ["web", "web-2"]
    assert all(list(line.command.argv[-3:]) == ["--processes", "1", "--beside"] for line in web)
    with bound("127.0.0.1", 0, beside=True) as first:
        first.listen()
        bound("127.0.0.1", first.getsockname()[1], beside=True).close()
        with pytest.raises(Trouble):
            bound("127.0.0.1", first.getsockname()[1])
