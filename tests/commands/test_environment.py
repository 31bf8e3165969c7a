"""The environment is made from the lock file once, stamped last, and never half-used."""

from pathlib import Path

import pytest

from hotline.commands.launch import machine
from hotline.commands.launch.environment import ensured, pins, stands
from hotline.commands.launch.home import CLONE, temporary_home

LOCKS = [CLONE / "requirements.lock", CLONE / "requirements-dev.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_interpreter_of_the_tests_stands_for_both_lock_files(lock: Path) -> None:
    assert stands(lock)


def test_the_development_lock_only_adds_to_the_other() -> None:
    runtime, development = (dict(pins(lock)) for lock in LOCKS)

    assert runtime.items() <= development.items()


def test_a_lock_file_that_asks_for_more_does_not_stand(tmp_path: Path) -> None:
    more = tmp_path / "requirements.lock"
    more.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")

    assert not stands(more)


def test_half_an_environment_is_made_again_and_a_whole_one_is_kept(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("")
    with temporary_home() as home:
        half = home.root / "venv" / "bin" / "python"
        half.parent.mkdir(parents=True)
        half.write_text("interrupted")
        python = ensured(home, lock)
        made = python.lstat().st_ctime_ns

        assert python == half
        assert python.is_symlink()
        assert ensured(home, lock) == python
        assert python.lstat().st_ctime_ns == made


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "磁盘已满"),
        ("WARNING: Retrying: NewConnectionError('secret.example')", "无法从软件包源取得依赖"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "校验值"),
        ("first\nlast words", "last words"),
    ],
)
def test_a_failed_set_up_is_one_line_without_the_settings(words: str, says: str) -> None:
    line = str(machine.explained("pip install", words))

    assert says in line
    assert "\n" not in line
    assert "secret.example" not in line
