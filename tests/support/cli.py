"""The operator's command line, as a process of its own, on the services of the tests."""

import os
import subprocess
import sys

from hotline.commands.launch.home import CLONE
from hotline.commands.launch.services import Services


def operator(services: Services, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `python3 -m hotline …` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "hotline", *words],
        env={**os.environ, **services.environment(), "PYTHONPATH": str(CLONE)},
        cwd=CLONE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
