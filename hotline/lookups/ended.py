"""进程意外结束: which processes of this installation ended unasked within a day; whether for want
of memory. Written by whoever keeps them up, which knows no database; read at 运行状况.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

NAME: Final = "ended.jsonl"
DAY: Final = timedelta(days=1)
LONGEST: Final = 64 * 2**10  # bytes, some thousand ends; then the older half is let go
MEMORY: Final = "memory"


@dataclass(frozen=True, slots=True)
class Ended:
    """One process and how often it ended within the day."""

    name: str
    times: int
    last: datetime
    for_memory: int  # how often of these the machine took it, having no memory left


def note(log: Path, name: str, at: datetime, why: str) -> None:
    """One end more. On a full disk it is told on the terminal alone."""
    path = log / NAME
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > LONGEST:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text("".join(lines[len(lines) // 2 :]), encoding="utf-8")
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, "at": at.isoformat(), "why": why}) + "\n")


def ended_lately(log: Path, now: datetime) -> list[Ended]:
    """By process, the one that ended most often first."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for name, at, why in _lines(log / NAME):
        if now - at < DAY:
            found.setdefault(name, []).append((at, why))
    lately = [
        Ended(name, len(ends), max(at for at, _ in ends), sum(why == MEMORY for _, why in ends))
        for name, ends in found.items()
    ]
    return sorted(lately, key=lambda one: (-one.times, one.name))


def _lines(path: Path) -> Iterator[tuple[str, datetime, str]]:
    with contextlib.suppress(OSError):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, LookupError, TypeError):  # cut by a full disk
                told = json.loads(line)
                yield str(told["name"]), datetime.fromisoformat(told["at"]), str(told["why"])
