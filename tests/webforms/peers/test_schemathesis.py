"""schemathesis calls every operation of our own OpenAPI document: no 5xx, no undeclared status."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.support.machine import counted

LONG = bool(os.environ.get("HOTLINE_TEST_LONG"))
SECONDS, EXAMPLES = (600, 200) if LONG else (24, 12)
# codes of places and kinds, and what goes with what, are more than the document can tell
LEFT_OUT = "positive_data_acceptance"


def called(address: str, key: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    arguments = [
        f"{address}/api/openapi.json",
        *("--header", f"Authorization: Bearer {key}"),
        *("--checks", "all", "--exclude-checks", LEFT_OUT),
        *("--phases", "examples,coverage,fuzzing,stateful"),
        *("--max-examples", str(EXAMPLES), "--max-time", str(SECONDS)),
        *("--seed", "311", "--no-color", "--continue-on-failure"),
    ]
    program = Path(sys.executable).with_name("schemathesis")
    return subprocess.run(
        [program, "run", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS + 120,
        check=False,
    )


async def test_every_operation_answers_as_the_document_says(
    address: str, key: str, tmp_path: Path
) -> None:
    result = await asyncio.to_thread(called, address, key, tmp_path)

    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
    assert await counted("service_request") > 0
