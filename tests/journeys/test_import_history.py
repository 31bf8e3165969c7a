"""Two hundred made-up messages of another system's past: in once, decided, and nobody is told.

The samples stand beside this file; every row of them is made up and says so (虚构样本). Eight
numbers stand in both files, in two forms of time; half of the places are coded (A市), as exports
often are, and cannot be found on any map.
"""

from pathlib import Path

import redis

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from tests.support.cli import operator
from workers.intake import drain_all

HERE = Path(__file__).parent
TABLE, LINES = HERE / "sample_messages.csv", HERE / "sample_messages.jsonl"
UNDECIDED = """
SELECT number, stage FROM service_request r WHERE NOT coalesce(CASE stage
  WHEN 'accepted' THEN EXISTS (SELECT FROM membership WHERE request_id = r.id AND to_at IS NULL)
  WHEN 'refused' THEN refuse_reason <> '' AND refer_to <> ''
  WHEN 'triage' THEN triage_cause <> '' END, FALSE)
"""
LABEL = ("--source", "sample", "--history", "--jurisdiction", "520000")


async def test_every_number_becomes_one_report_however_often_it_comes(
    db: Services, queues: "redis.Redis"
) -> None:
    del queues
    said = [_imported(db, file) for file in (TABLE, LINES, TABLE, LINES)]

    assert "good 112, 已有 / known 0, 退回 / bad 0" in said[0]
    assert "good 80, 已有 / known 8, 退回 / bad 0" in said[1]
    assert "good 0, 已有 / known 112, 退回 / bad 0" in said[2]
    assert "good 0, 已有 / known 88, 退回 / bad 0" in said[3]
    count = await row("SELECT count(*) AS n, count(DISTINCT foreign_number) AS d,"
                      " min(registered_at) AS first, max(registered_at) AS last"
                      " FROM service_request WHERE historical")  # fmt: skip
    assert count is not None
    assert (count["n"], count["d"]) == (192, 192)
    assert (count["first"].year, count["last"].year) == (2023, 2024)


async def test_every_message_is_decided_and_nobody_is_told(
    db: Services, queues: "redis.Redis"
) -> None:
    del queues
    for file in (TABLE, LINES):
        _imported(db, file)

    decided = 0
    while one_drain := await drain_all():  # each ends after some seconds, the next goes on
        decided += one_drain
    assert decided == 192
    assert await rows(UNDECIDED) == []
    stages = {one["stage"] for one in await rows("SELECT DISTINCT stage FROM service_request")}
    assert stages == {"accepted", "refused", "triage"}
    assert await rows("SELECT id FROM clock") == []
    assert await rows("SELECT id FROM message") == []
    assert await rows("SELECT id FROM work_order") != []
    checked = operator(db, "verify-history")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _imported(services: Services, file: Path) -> str:
    done = operator(services, "import", str(file), *LABEL)
    assert done.returncode == 0, done.stderr
    return done.stdout
