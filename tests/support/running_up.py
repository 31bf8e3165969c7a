"""A real `python3 -m hotline up` in a home of its own, and single commands beside it."""

import subprocess
import sys

from hotline.commands.drilling.running import (
    PATIENCE,
    RunningUp,
    bare_environment,
    command_line,
    parents,
    running_up,
    wait_until,
)
from hotline.commands.launch.home import CLONE, Home

__all__ = [
    "PATIENCE",
    "RunningUp",
    "bare_environment",
    "command_line",
    "hotline",
    "parents",
    "running_up",
    "wait_until",
]


def hotline(
    home: Home, *words: str, seconds: float = 120, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end in a home."""
    environment = {**bare_environment(home), **more}
    argv = [sys.executable, "-m", "hotline", *words]
    return subprocess.run(
        argv,
        env=environment,
        cwd=CLONE,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
