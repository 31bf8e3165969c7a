"""Style, types and layers, side by side: each counts as one test."""

import sys
import time
from pathlib import Path
from subprocess import Popen

from hotline.commands.launch import children
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.suites import Counts
from hotline.commands.launch.words import say


def run_checks(home: Home) -> Counts:
    """All at once, then the words of those that failed."""
    began = time.monotonic()
    running = {name: _started(name, words, home) for name, words in _programs(home).items()}
    counts = Counts()
    for name, process in running.items():
        failed = process.wait() != 0
        counts.add(Counts(passed=int(not failed), failed=int(failed)))
        verdict = "失败 / failed" if failed else "通过 / passed"
        say(f"== {name}: {verdict} ({time.monotonic() - began:.0f} s)")
        if failed:
            say(_log(home, name).read_text(encoding="utf-8", errors="replace").rstrip())
    return counts


def _started(name: str, words: list[str], home: Home) -> Popen[bytes]:
    log = _log(home, name)
    log.unlink(missing_ok=True)
    return children.start(Command([sys.executable, *words], log=log, folder=CLONE))


def _programs(home: Home) -> dict[str, list[str]]:
    """Their caches lie in the home, so that a clone we may not write to can be tested too."""
    cache = home.root / "cache"
    layers = "from importlinter.cli import lint_imports_command as check; check()"
    return {
        "ruff": ["-m", "ruff", "check", "--cache-dir", f"{cache / 'ruff'}", "."],
        "import-linter": ["-c", layers, "--no-logo", "--cache-dir", f"{cache / 'imports'}"],
        "mypy": ["-m", "mypy", "--cache-dir", f"{cache / 'mypy'}"],
    }


def _log(home: Home, name: str) -> Path:
    return home.log / f"test-{name}.log"
