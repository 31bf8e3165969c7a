"""Days that a field takes and no calendar can count from: read as none, never a fault of ours."""

import pytest

from hotline.rules.terms import Role
from tests.support.sitting import Sitting, seat
from tests.support.visitor import Visitor

FIRST, LAST = "0001-01-02", "9999-12-30"


@pytest.fixture
async def desk(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.SUPERVISOR, Role.ADMIN)


@pytest.mark.parametrize("day", [FIRST, LAST, "1969-12-31"])
async def test_no_page_falls_over_a_day(desk: Sitting, day: str) -> None:
    for page in (f"/line?until={day}", f"/line?since={day}", f"/line?day={day}"):
        assert (await desk.client.get(page)).status_code == 200, page
    for page, address, fields in (
        ("/audit", "/audit", {"since": day, "until": day}),
        ("/assessment", "/assessment/cases", {"since": day, "until": day, "as": "csv"}),
        ("/campaigns", "/campaigns", {"name": "某行动（虚构）", "from_on": day, "to_on": day}),
        (
            "/inspections",
            "/inspections",
            {"name": "甲", "level": "central", "received_on": day},
        ),
    ):
        await desk.go(page)
        assert (await desk.press(address, **fields)).status_code < 500, address
