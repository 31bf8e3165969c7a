"""The environment is made from the lock file once, stamped last, and never half-used."""

from pathlib import Path

import pytest

from hotline.commands.launch import machine
from hotline.commands.launch.environment import ensured, pins, stands
from hotline.commands.launch.home import CLONE, temporary_home
from hotline.commands.launch.preparing import refuse_unknown_site
from hotline.commands.launch.services import Services, in_environment
from hotline.commands.launch.variables import refuse_wrong
from hotline.commands.launch.words import Trouble

# what is sound, and what was seen to end a service, or to leave something off without a word
WRITTEN = {
    "PORT": ("8000", "abc"),
    "WEB_CONCURRENCY": ("2", "zwei"),
    "HOTLINE_IN_FLIGHT": ("96", "-1"),
    "HOTLINE_INTAKE_WORKERS": ("1", "0"),
    "PUBLIC_URL": ("https://tousu.example.gov.cn", "tousu.example.gov.cn"),
    "QUIET_HOURS": ("", "at night"),
    "SECOND_FACTOR": ("admin, supervisor", "admins"),
    "WORDING_FOUR_EYES": ("1", "yes"),
    "SMS_GATEWAYS": (__file__, "/no/such/file.toml"),
}

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


def test_a_variable_that_is_written_wrong_is_named_before_anything_starts() -> None:
    refuse_wrong({name: sound for name, (sound, _) in WRITTEN.items()})
    with pytest.raises(Trouble) as refused:
        refuse_wrong({name: wrong for name, (_, wrong) in WRITTEN.items()})
    assert [name for name in WRITTEN if name not in str(refused.value)] == []
    assert "tousu" not in str(refused.value)


async def test_a_site_that_no_pack_describes_is_refused_at_the_start(db: Services) -> None:
    with in_environment({"SITE_JURISDICTION": "522700"}):
        await refuse_unknown_site()
    with (
        in_environment({"SITE_JURISDICTION": "999999"}),
        pytest.raises(Trouble, match="SITE_JURISDICTION"),
    ):
        await refuse_unknown_site()
