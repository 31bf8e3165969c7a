"""A session nobody uses ends, though a page left open goes on asking."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hotline.database import row, rows
from hotline.lookups.staff import IDLE
from hotline.rules.terms import Role
from tests.support.sitting import DESK, seat
from tests.support.visitor import Visitor


async def left_for(pause: timedelta) -> Any:
    """The desk was left so long ago; when it was last used."""
    await rows("UPDATE staff_session SET seen_at = $1", datetime.now(UTC) - pause)
    return await seen()


async def seen() -> Any:
    found = await row("SELECT seen_at FROM staff_session")
    assert found is not None
    return found["seen_at"]


@pytest.mark.parametrize(("path", "counts"), [("/desk/rows", False), ("/desk", True)])
async def test_asking_for_rows_is_no_use_of_the_desk(
    visitor: Visitor, path: str, counts: bool
) -> None:
    await seat(visitor, Role.HANDLER, department=DESK)
    before = await left_for(timedelta(minutes=90))

    assert (await visitor.go(path)).status_code == 200

    assert (await seen() > before) is counts


async def test_a_desk_left_open_is_signed_out_when_its_time_is_over(visitor: Visitor) -> None:
    await seat(visitor, Role.HANDLER, department=DESK)
    await left_for(IDLE - timedelta(seconds=30))
    assert (await visitor.client.get("/desk/rows")).status_code == 200
    await left_for(IDLE + timedelta(seconds=1))

    await visitor.go("/desk/rows")

    assert visitor.path == "/sign-in"
