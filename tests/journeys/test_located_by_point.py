"""A report with a position: found by the outline it lies in, or brought to a person.

The squares are made up（虚构）; no real border runs there.
"""

from datetime import UTC, datetime
from typing import Any

from hotline.database import row, rows
from hotline.records import ServiceRequest
from hotline.rules.coordinates import System
from hotline.rules.geojson import read
from hotline.rules.report import Story
from hotline.steps.import_boundaries import FromFile, Taken, import_boundaries
from hotline.steps.understand import read_story
from tests.support.outlines import MIDDLE, NEXT_DOOR, two_cities
from tests.support.sender import REPORT, Sender
from workers.intake import drain_all

NO_PLACE = "每晚十点后有人排放刺鼻的黑烟，开窗就呛人，请来查一查。"


async def imported() -> Taken:
    outlined, _ = read(two_cities(), System.CGCS2000)
    about = FromFile(version="made up", source="虚构", review_number="")
    return await import_boundaries("520000", outlined, about, datetime.now(UTC))


async def decided(partner: Sender, point: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {**REPORT, "text": NO_PLACE, "landmark": "", "county": None, "point": point, **more}
    number = (await partner.post(body)).json()["number"]
    await drain_all()
    found = await row("SELECT * FROM service_request WHERE number = $1", number)
    assert found is not None
    return found


async def test_without_words_the_outline_tells_the_county(partner: Sender) -> None:
    await imported()
    request = await decided(partner, MIDDLE)
    assert (request["stage"], request["county"]) == ("accepted", "522701")
    order = await row("SELECT county FROM work_order")
    assert order == {"county": "522701"}


async def test_a_new_import_is_seen_at_the_next_report(partner: Sender) -> None:
    assert (await decided(partner, MIDDLE))["stage"] == "triage"
    assert (await imported()).codes == ("522701", "522702")
    assert (await decided(partner, MIDDLE))["county"] == "522701"
    assert (await imported()).unknown == ()
    assert await row("SELECT count(*) AS n FROM boundary") == {"n": 2}


async def test_words_and_point_that_disagree_go_to_a_person(partner: Sender) -> None:
    await imported()
    by_words = await decided(partner, NEXT_DOOR, text=f"都匀市{NO_PLACE}")
    by_choice = await decided(partner, NEXT_DOOR, text=f"{NO_PLACE}急", county="522701")
    for request in (by_words, by_choice):
        assert (request["stage"], request["triage_cause"]) == ("triage", "place.conflict")
        assert request["county"] is None
    assert await rows("SELECT id FROM work_order") == []


async def test_the_house_lies_sealed_and_the_desk_sees_a_square(partner: Sender) -> None:
    await imported()
    exact = {**MIDDLE, "longitude": 107.2518642, "latitude": 26.2584471}
    request = await decided(partner, exact)
    assert (request["longitude"], request["latitude"]) == (107.252, 26.258)
    assert request["accuracy_m"] >= 80
    for table in ("service_request", "work_order", "message", "event", "event_detail"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "2518642" not in line["line"]
    story = await read_story(await ServiceRequest.get(tenant_id="520000", id=request["id"]))
    assert isinstance(story, Story)
    assert (story.longitude, story.system, story.accuracy_m) == (107.2518642, "cgcs2000", 30)


async def test_a_shifted_pair_is_kept_as_told_and_read_where_it_means(partner: Sender) -> None:
    request = await decided(partner, {"longitude": 107.5, "latitude": 26.25, "system": "gcj02"})
    assert 107.493 <= request["longitude"] <= 107.498  # some five hundred metres to the west
    assert request["accuracy_m"] is None
