"""What the launcher says to the operator: Chinese first, English beside it, one line each."""

import contextlib
import errno
import io
import sys
from typing import TextIO


class Trouble(Exception):
    """Something only the operator can mend; ends the command with one line and exit code 1."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} / {english}")


def address_refused(host: str, port: int, refusal: OSError) -> Trouble:
    """The web address cannot be had, most often because something else listens there."""
    reason = "端口已被占用" if refusal.errno == errno.EADDRINUSE else "地址不可用"
    return Trouble(f"{reason}：{host}:{port}，可用 --port 另选", refusal.strerror or "refused")


def say(line: str, *, to: TextIO | None = None) -> None:
    """Print a line at once. A terminal that was closed must not keep us from stopping in order."""
    with contextlib.suppress(OSError, ValueError):
        print(line, file=to or sys.stdout, flush=True)


def speak_utf8() -> None:
    """Chinese on any terminal, whatever locale or PYTHONIOENCODING says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
