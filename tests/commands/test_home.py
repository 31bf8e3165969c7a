"""Where things lie, and what is said when they cannot lie there."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.commands.launch.home import (
    CLONE,
    Home,
    chosen_home,
    held,
    open_to_others,
    orphaned_homes,
    plain_refusals,
    temporary_home,
)
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble
from tests.support.running_up import hotline


def test_a_named_home_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))

    assert chosen_home().root == tmp_path


def test_root_keeps_nothing_in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOTLINE_HOME", raising=False)
    home = chosen_home().root

    assert home.parts[:4] == ("/", "var", "lib", "hotline") if os.geteuid() == 0 else True
    assert home.is_absolute()


def test_code_is_compiled_into_the_home_where_nothing_may_be_written_beside_it(
    tmp_path: Path,
) -> None:
    due = [
        "clock",
        "due",
        "--jurisdiction",
        "522700",
        "--start",
        "2026-03-09",
        "--count",
        "1",
        "--unit",
        "working",
    ]
    subprocess.run(
        [sys.executable, "-m", "hotline", *due],
        env={
            "HOTLINE_HOME": str(tmp_path),
            "PYTHONPATH": str(CLONE),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=CLONE,
        capture_output=True,
        check=True,
    )

    assert [*(tmp_path / "compiled").rglob("hotline/policy/load.*.pyc")]


def test_others_may_pass_the_home_but_read_neither_keys_nor_files() -> None:
    with temporary_home() as home:
        assert open_to_others(home.root)
        assert home.root.stat().st_mode & 0o777 == 0o711
        for private in (home.files, home.keys.parent, home.log):
            assert private.stat().st_mode & 0o077 == 0


def test_a_second_lock_is_refused_while_the_first_is_held(tmp_path: Path) -> None:
    with (
        held(tmp_path / "lock", wait=False) as first,
        held(tmp_path / "lock", wait=False) as second,
    ):
        assert first
        assert not second
    with held(tmp_path / "lock", wait=False) as again:
        assert again


def test_data_of_a_clone_that_is_gone_is_found(tmp_path: Path) -> None:
    for name, clone in [("gone", tmp_path / "nowhere"), ("there", tmp_path)]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "clone").write_text(f"{clone}\n")

    (tmp_path / "somebody elses" / "clone").mkdir(parents=True)
    (tmp_path / "bytes").mkdir()
    (tmp_path / "bytes" / "clone").write_bytes(b"\xff\x00" * 4000)

    assert orphaned_homes(Home(tmp_path / "mine")) == [tmp_path / "gone"]


@pytest.mark.parametrize("refusal", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_disk_or_a_closed_folder_is_one_line(refusal: int, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble, plain_refusals(tmp_path):
        raise OSError(refusal, "no")

    assert "\n" not in str(trouble.value)
    assert str(tmp_path) in str(trouble.value)


@pytest.mark.parametrize("database", ["", "postgres://nobody@127.0.0.1:1/none"])
def test_no_command_makes_an_installation_of_its_own(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever forgot HOTLINE_HOME would back up an empty house and be content."""
    there = tmp_path / "another"
    for name, value in (("HOTLINE_HOME", str(there)), ("DATABASE_URL", database)):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("HOTLINE_KEYS", raising=False)
    with pytest.raises(Trouble, match="没有安装过"), running_services():
        pass
    assert not there.exists()


@pytest.mark.parametrize("place", ["/proc/hotline", "/dev/null/hotline"])
def test_up_in_a_folder_that_cannot_be_written_says_so_in_one_line(place: str) -> None:
    refused = hotline(Home(Path(place)), "up")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "不可写" in refused.stderr
