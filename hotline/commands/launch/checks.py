"""Style, types, layers and known holes, beside the first suite: each counts as one test."""

import sys
from pathlib import Path
from subprocess import Popen

from hotline.commands.launch import children
from hotline.commands.launch.audit import UNANSWERED
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import CLONE, Home
from hotline.commands.launch.suites import Counts
from hotline.commands.launch.words import say


class Checks:
    """All begun at once; asked for their verdicts later."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.running = {
            name: _started(name, words, home) for name, words in _programs(home).items()
        }

    def ended(self) -> Counts:
        """Wait for each; the words of those that failed."""
        counts = Counts()
        for name, process in self.running.items():
            counts.add(verdict := _verdict(process.wait()))
            say(f"== {name}: {_word(verdict)}")
            if not verdict.passed:
                say(_log(self.home, name).read_text(encoding="utf-8", errors="replace").rstrip())
        return counts


def _verdict(code: int) -> Counts:
    return Counts(
        passed=int(code == 0),
        failed=int(code not in (0, UNANSWERED)),
        skipped=int(code == UNANSWERED),
    )


def _word(verdict: Counts) -> str:
    if verdict.skipped:
        return "未检查 / skipped"
    return "失败 / failed" if verdict.failed else "通过 / passed"


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
        "audit": ["-m", "hotline.commands.launch.audit"],
    }


def _log(home: Home, name: str) -> Path:
    return home.log / f"test-{name}.log"
