"""The count at the end is pytest's own, and a run that dies without a report is a failure."""

import os
from pathlib import Path

from hotline.commands.launch.suites import AT_ONCE, Counts, Suite, counted

BARE = ("-p", "xdist")  # the other plugins take longer to load than these tests to run
MIXED = """
import pytest
def test_good(): pass
def test_bad(): assert False
@pytest.mark.skip(reason="no")
def test_left_out(): pass
@pytest.fixture
def broken(): raise RuntimeError("no")
def test_error(broken): pass
"""


def test_passed_failed_skipped_and_errors_are_counted(tmp_path: Path) -> None:
    assert _run(tmp_path, MIXED) == Counts(passed=1, failed=2, skipped=1)


def test_of_several_processes_every_test_is_counted_once(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"test_{number}.py").write_text(MIXED)
    dying = "import os\ndef test_good(): pass\ndef test_end(): os._exit(0)"

    assert _run(tmp_path, dying, *AT_ONCE) == Counts(passed=4, failed=7, skipped=3)


def test_a_run_that_dies_is_a_failure(tmp_path: Path) -> None:
    assert _run(tmp_path, "import os\ndef test_end(): os._exit(0)").failed == 1
    assert _run(tmp_path, "import os\ndef test_end(): os._exit(9)").failed == 1


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    assert _run(tmp_path, "this is no Python").failed == 1


def test_a_folder_without_tests_counts_nothing(tmp_path: Path) -> None:
    assert _run(tmp_path, "") == Counts()


def test_only_failures_spoil_the_exit_code() -> None:
    assert Counts(passed=3, skipped=2).exit_code() == 0
    assert Counts(passed=3, failed=1).exit_code() == 1
    assert Counts(1, 2, 3).line() == "1 passed, 2 failed, 3 skipped"


def test_no_report_counts_nothing(tmp_path: Path) -> None:
    assert counted(tmp_path / "none.xml") == Counts()


def _run(folder: Path, source: str, *more: str) -> Counts:
    (folder / "test_it.py").write_text(source)
    suite = Suite("it", ["-c", os.devnull, f"--rootdir={folder}", *BARE, str(folder), *more])
    return suite.run({**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, folder)
