"""核验履历: whatever somebody with all rights changes behind our back is found.

Everything here is made up（虚构）.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from hotline.commands.launch.services import Services, in_environment
from hotline.commands.verify_history import _told
from hotline.database import rows
from hotline.lookups.history_check import Verdict, check_history
from hotline.records import ServiceRequest
from hotline.settings import settings
from hotline.steps.anchor import anchor
from tests.steps.builders import decided

NOW = datetime.now(UTC)
TOMORROW = NOW + timedelta(hours=25)  # covers what is appended from now on


@pytest.fixture
def home(db: Services, tmp_path: Path) -> Iterator[Path]:
    """A folder of this test's own for exported anchors."""
    with in_environment({"HOTLINE_HOME": str(tmp_path)}):
        yield tmp_path


async def as_owner(db: Services, statement: str, *values: object) -> None:
    """What the application's role may not do and the owner of the database may."""
    owner = await asyncpg.connect(db.owner_url)
    try:
        await owner.execute(statement, *values)
    finally:
        await owner.close()


async def first_break() -> tuple[str, int, str]:
    verdict = await check_history()
    found = verdict.told()["first_break"]
    assert found is not None
    return found["aggregate"], found["seq"], found["what"]


async def order_of(request: ServiceRequest) -> UUID:
    (found,) = await rows("SELECT order_id FROM membership WHERE request_id = $1", request.id)
    order_id: UUID = found["order_id"]
    return order_id


async def test_an_untouched_history_is_whole(db: Services, home: Path) -> None:
    await decided()
    await anchor(TOMORROW)
    verdict = await check_history()
    assert verdict.breaks == []
    assert (verdict.chains, verdict.anchors) == (2, 1)
    assert verdict.events == verdict.details >= 4


@pytest.mark.parametrize(
    "change",
    [
        "step = 'refuse'",
        "stage = 'closed'",
        "actor_kind = 'staff'",
        "actor_id = 'somebody'",
        "department = 'another'",
        "at = at + interval '1 microsecond'",
        "commitment = sha256('x')",
        "digest = sha256('x')",
        "aggregate_id = gen_random_uuid()",
        "aggregate = 'publication'",
    ],
)
async def test_a_changed_field_of_an_event_is_found(db: Services, home: Path, change: str) -> None:
    request = await decided()
    await as_owner(db, f"UPDATE event SET {change} WHERE aggregate_id = $1 AND seq = 2", request.id)
    assert not (await check_history()).is_whole


@pytest.mark.parametrize(
    "change", ["detail = detail || '{\"new\": false}'", "detail = '{}'", "salt = sha256('x')"]
)
async def test_a_changed_detail_is_found(db: Services, home: Path, change: str) -> None:
    request = await decided()
    await as_owner(
        db,
        f"UPDATE event_detail SET {change} WHERE id ="
        " (SELECT id FROM event WHERE aggregate_id = $1 AND seq = 2)",
        request.id,
    )
    assert await first_break() == ("request", 2, "detail.changed")


async def test_a_detail_that_is_missing_without_an_erasure_is_found(
    db: Services, home: Path
) -> None:
    request = await decided()
    await as_owner(
        db,
        "DELETE FROM event_detail WHERE id = (SELECT id FROM event WHERE aggregate_id = $1"
        " AND seq = 1)",
        request.id,
    )
    assert await first_break() == ("request", 1, "detail.missing")


async def test_two_events_that_change_places_are_found(db: Services, home: Path) -> None:
    request = await decided()
    order_id = await order_of(request)
    for old, new in ((1, -1), (2, 1), (-1, 2)):
        await as_owner(
            db, "UPDATE event SET seq = $2 WHERE aggregate_id = $1 AND seq = $3", order_id, new, old
        )
    assert await first_break() == ("order", 1, "event.changed")


async def test_an_event_taken_out_of_the_middle_is_found(db: Services, home: Path) -> None:
    request = await decided()
    await as_owner(db, "DELETE FROM event WHERE aggregate_id = $1 AND seq = 1", request.id)
    assert await first_break() == ("request", 2, "seq.gap")


async def test_a_tail_cut_off_is_found_by_the_version_that_outlives_it(
    db: Services, home: Path
) -> None:
    request = await decided()
    await as_owner(db, "DELETE FROM event WHERE aggregate_id = $1 AND seq = 2", request.id)
    assert await first_break() == ("request", 1, "tail.cut")


async def test_a_matter_without_any_history_is_found(db: Services, home: Path) -> None:
    request = await decided()
    await as_owner(db, "DELETE FROM event WHERE aggregate_id = $1", request.id)
    assert await first_break() == ("request", 0, "tail.cut")


async def test_a_tail_cut_off_after_an_anchor_is_found_even_with_a_forged_row(
    db: Services, home: Path
) -> None:
    request = await decided()
    await anchor(TOMORROW)
    await as_owner(db, "DELETE FROM event WHERE aggregate_id = $1 AND seq = 2", request.id)
    await as_owner(
        db, "UPDATE service_request SET version = 1, stage = 'received' WHERE id = $1", request.id
    )
    aggregate, _, what = await first_break()
    assert (aggregate, what) == ("anchor", "anchor.changed")


async def test_a_whole_matter_removed_after_an_anchor_is_found(db: Services, home: Path) -> None:
    await decided()
    await anchor(TOMORROW)
    await as_owner(db, "TRUNCATE event, event_detail, service_request, work_order CASCADE")
    assert (await first_break())[2] == "anchor.changed"


async def test_an_anchor_removed_with_the_tail_it_covers_is_missed_by_its_exported_line(
    db: Services, home: Path
) -> None:
    await anchor(NOW)
    await decided()
    await anchor(TOMORROW)
    await as_owner(db, "DELETE FROM anchor WHERE day = (SELECT max(day) FROM anchor)")
    assert (await first_break())[2] == "anchor.missing"


async def test_anchors_follow_one_another_and_come_once_a_day(db: Services, home: Path) -> None:
    assert len(await anchor(NOW)) == 1
    assert await anchor(NOW) == []
    await decided()
    await anchor(TOMORROW + timedelta(days=3))  # days without a clock are covered by the next
    verdict = await check_history()
    assert (verdict.breaks, verdict.anchors) == ([], 2)
    await as_owner(db, "UPDATE anchor SET heads = 7 WHERE day = (SELECT min(day) FROM anchor)")
    assert (await first_break())[2] == "anchor.changed"


async def test_each_anchor_is_exported_once_also_after_a_crash(db: Services, home: Path) -> None:
    await decided()
    await anchor(TOMORROW)
    (file,) = (settings().home / "anchors").iterdir()
    whole = file.read_text("utf-8")
    file.write_text(whole[: len(whole) // 2], encoding="utf-8")  # torn by a crash
    await anchor(TOMORROW)
    await anchor(TOMORROW)
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert json.loads(lines[1]) == json.loads(whole)
    assert (await check_history()).is_whole


async def test_history_made_before_midnight_with_any_date_belongs_to_its_real_day(
    db: Services, home: Path
) -> None:
    await anchor(NOW)
    await decided()  # its events state a fixed day in the past or future
    assert (await check_history()).breaks == []


def told(**changed: Any) -> dict[str, Any]:
    return {**Verdict().told(), **changed}


async def test_the_answer_for_a_machine_counts_and_names_the_first_break(
    db: Services, home: Path
) -> None:
    assert (await check_history()).told() == told(whole=True, first_break=None)
    request = await decided()
    await as_owner(db, "UPDATE event SET stage = 'x' WHERE aggregate_id = $1", request.id)
    verdict = await check_history()
    assert verdict.told()["first_break"]["aggregate_id"] == str(request.id)
    assert "event.changed" in _told(verdict)
