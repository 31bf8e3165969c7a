"""依赖检查: what is known against a package fails the tests; that nobody answers is said."""

from pathlib import Path
from typing import Any

import pytest

from hotline.commands.launch.audit import UNANSWERED, main, told

CLEAN = {"name": "good", "version": "1.0", "vulns": []}
HOLED = {"name": "bad", "version": "2.0", "vulns": [{"id": "PYSEC-0000-0（虚构）"}]}
UNKNOWN = {"name": "ours", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ([CLEAN, UNKNOWN], 0, "1/2"),
        ([CLEAN, HOLED], 1, "bad 2.0: PYSEC-0000-0"),
        ([UNKNOWN], UNANSWERED, "not audited"),
        ([], UNANSWERED, "not audited"),
    ],
)
def test_what_is_known_fails_and_what_nobody_knows_is_said(
    found: list[dict[str, Any]], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(found) == code
    assert said in capsys.readouterr().out


def test_a_tool_that_cannot_ask_is_no_clean_bill(tmp_path: Path) -> None:
    assert main(tmp_path, ("-c", "raise SystemExit('no route to host')")) == UNANSWERED
