"""The count at the end is pytest's own, and a run that dies without a report is a failure."""

import os
from pathlib import Path

from hotline.commands.launch.suites import Counts, Suite, counted

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


def _run(folder: Path, source: str) -> Counts:
    (folder / "test_it.py").write_text(source)
    suite = Suite("it", ["-c", os.devnull, f"--rootdir={folder}", str(folder)])
    return suite.run(os.environ, folder)
