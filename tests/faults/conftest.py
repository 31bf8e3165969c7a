"""A whole service under the real supervisor, to be hurt."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.commands.drilling import verdict
from hotline.commands.launch.home import temporary_home
from tests.support.running_up import RunningUp, hotline, running_up, wait_until

DRAINED = 240.0  # seconds: the machine may be busy


class Hurt:
    """A running service with what its tests ask of it."""

    def __init__(self, up: RunningUp) -> None:
        self.up = up

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """Rows, as the owner of the database sees them."""
        return verdict.ask(self.up.services()["owner_url"], sql)

    def undecided(self) -> int:
        return verdict.count(self.up.services()["owner_url"], verdict.UNDECIDED)

    def drained(self) -> None:
        """Wait until everything is decided."""
        wait_until(lambda: self.undecided() == 0, DRAINED)
        assert self.undecided() == 0, self.up.log("worker-intake")[-2000:]

    def export(self, path: Path) -> Path:
        return verdict.exported(self.up.services()["owner_url"], path)

    def command(self, *words: str) -> str:
        done = hotline(self.up.home, *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def hurt() -> Iterator[Hurt]:
    """In a home of its own, so that one test's wounds are not another's."""
    with temporary_home() as home, running_up(home) as up:
        yield Hurt(up)
