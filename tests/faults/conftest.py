"""A whole service under the real supervisor, to be hurt."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from hotline.commands.launch.home import temporary_home
from tests.support.running_up import RunningUp, hotline, running_up, wait_until

DRAINED = 240.0  # seconds: the machine may be busy

# every report with the id it came under; done: decided, with what the decision needs
EXPORT = """
SELECT d.delivery_id AS delivery, r.number, coalesce(CASE r.stage
  WHEN 'accepted' THEN (SELECT count(*) = 1 FROM membership m
    WHERE m.request_id = r.id AND m.to_at IS NULL)
  WHEN 'refused' THEN r.refuse_reason <> ''
  WHEN 'triage' THEN r.triage_cause <> '' AND r.failure IS NULL END, FALSE)
  AND (SELECT count(*) = 2 FROM event e WHERE e.aggregate = 'request' AND e.aggregate_id = r.id)
  AS done
FROM service_request r LEFT JOIN delivery d ON d.request_id = r.id AND d.tenant_id = r.tenant_id
"""


class Hurt:
    """A running service with what its tests ask of it."""

    def __init__(self, up: RunningUp) -> None:
        self.up = up

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """Rows, as the owner of the database sees them."""
        return asyncio.run(_ask(self.up.services()["owner_url"], sql))

    def undecided(self) -> int:
        found = self.ask("SELECT count(*) AS n FROM service_request WHERE stage = 'received'")
        return int(found[0]["n"])

    def drained(self) -> None:
        """Wait until everything is decided."""
        wait_until(lambda: self.undecided() == 0, DRAINED)
        assert self.undecided() == 0, self.up.log("worker-intake")[-2000:]

    def export(self, path: Path) -> Path:
        lines = [json.dumps(line) for line in self.ask(EXPORT)]
        path.write_text("\n".join(lines), "utf-8")
        return path

    def command(self, *words: str) -> str:
        done = hotline(self.up.home, *words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def hurt() -> Iterator[Hurt]:
    """In a home of its own, so that one test's wounds are not another's."""
    with temporary_home() as home, running_up(home) as up:
        yield Hurt(up)


async def _ask(url: str, sql: str) -> list[dict[str, Any]]:
    owner = await asyncpg.connect(url)
    try:
        return [dict(row) for row in await owner.fetch(sql)]
    finally:
        await owner.close()
