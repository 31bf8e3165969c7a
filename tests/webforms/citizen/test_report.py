"""A report, page by page: nothing asked twice, nothing lost, sent once."""

import asyncio
import json
from typing import Any

import pytest

from hotline.database import row, rows
from hotline.records.sealing import open_envelope
from hotline.rules.numbering import is_public_number
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import (
    COUNTY,
    NAMED,
    STORY,
    TOLD,
    TOWNSHIP,
    WHAT,
    WHERE,
    receipt_of,
    sent,
    tell_all,
    tell_where,
)


async def test_a_report_is_told_checked_and_sent_without_a_script(visitor: Visitor) -> None:
    number, code = await sent(visitor)

    assert is_public_number(number)
    assert len(code) == 16
    stored = await row("SELECT * FROM service_request")
    assert stored is not None
    assert stored["number"] == number
    assert stored["chosen_county"] == COUNTY
    assert stored["chosen_township"] == TOWNSHIP
    assert stored["chosen_kinds"] == ["air", "noise"]
    assert stored["wish"] == "report"
    assert stored["secrecy"] == "confidential"
    assert stored["jurisdiction"] == "522700"
    assert stored["wants_reply"] is True
    assert stored["notice_version"]


async def test_what_was_told_lies_sealed_and_nowhere_else(visitor: Visitor) -> None:
    await sent(visitor)

    stored = await row("SELECT * FROM service_request")
    vault = await row("SELECT * FROM vault")
    assert stored is not None
    assert vault is not None
    assert stored["text"] == ""
    envelope = open_envelope("520000", vault["id"], vault["kek_id"], vault["wrapped_key"])
    story = json.loads(envelope.unseal("report", vault["report"]))
    assert story["text"] == STORY
    assert "2026-01-05" in story["occurred"]
    contact = json.loads(envelope.unseal("contact", vault["contact"]))
    assert contact == {"phone": "13800000000"}
    everything = await rows("SELECT row_to_json(d)::text AS said FROM draft d")
    assert STORY not in everything[0]["said"]


async def test_the_first_missing_page_is_asked_before_the_answers_are_checked(
    visitor: Visitor,
) -> None:
    await tell_where(visitor)
    assert visitor.path == "/report/what"

    await visitor.go("/report/check")

    assert visitor.path == "/report/what"


async def test_a_changed_answer_goes_straight_back_to_the_check_page(visitor: Visitor) -> None:
    await tell_all(visitor)

    await visitor.go("/report/story")
    await visitor.send("/report/story", **{**TOLD, "text": "改过的内容：河水发黑"})

    assert visitor.path == "/report/check"
    assert visitor.page is not None
    assert "改过的内容：河水发黑" in visitor.page.text


async def test_an_unknown_place_is_taken_when_the_spot_is_described(visitor: Visitor) -> None:
    await visitor.go("/report/where")
    await visitor.send("/report/where", county="-", landmark="")
    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert list(visitor.problems) == ["landmark"]

    await visitor.send("/report/where", county="-", landmark="高速出口旁的采石场")

    assert visitor.path == "/report/what"


async def test_a_township_of_another_county_is_refused(visitor: Visitor) -> None:
    await visitor.go("/report/where")
    await visitor.send("/report/where", **WHERE)
    assert visitor.path == "/report/where"

    await visitor.send("/report/where", **WHERE, township="522702001")

    assert list(visitor.problems) == ["township"]


async def test_the_anonymous_leave_nothing_even_if_something_was_typed(visitor: Visitor) -> None:
    await sent(visitor, secrecy="anonymous", name="张某某（虚构）", phone="13800000000")

    vault = await row("SELECT contact FROM vault")
    stored = await row("SELECT sender_index FROM service_request")
    assert vault == {"contact": None}
    assert stored == {"sender_index": None}


async def test_a_real_name_needs_name_and_phone(visitor: Visitor) -> None:
    await tell_where(visitor)
    await visitor.go("/report/you")

    await visitor.send("/report/you", secrecy="real_name")

    assert list(visitor.problems) == ["name", "phone"]


async def test_a_double_click_gives_one_report_and_one_receipt(visitor: Visitor) -> None:
    await tell_all(visitor)

    answers = await asyncio.gather(*(visitor.post("/report/submission") for _ in range(4)))
    await visitor.go("/report/receipt")

    assert {answer.headers["location"] for answer in answers} == {"/report/receipt"}
    stored = await rows("SELECT number FROM service_request")
    assert [one["number"] for one in stored] == [receipt_of(visitor)[0]]


async def test_a_draft_left_open_by_whoever_registered_it_is_closed_by_the_next_click(
    visitor: Visitor,
) -> None:
    await tell_all(visitor)
    open_one = await row("SELECT sealed FROM draft")
    await visitor.post("/report/submission")
    [told] = await rows("SELECT updated_at, registered_at FROM draft d, service_request")
    assert told["updated_at"] == told["registered_at"]  # one commit
    assert open_one is not None
    await rows("UPDATE draft SET request_id = NULL, sealed = $1", open_one["sealed"])

    await visitor.post("/report/submission")
    await visitor.go("/report/receipt")

    assert [receipt_of(visitor)[0]] == [
        one["number"] for one in await rows("SELECT number FROM service_request")
    ]


async def test_going_back_after_sending_shows_the_receipt(visitor: Visitor) -> None:
    receipt = await sent(visitor)

    for path in ("/report/where", "/report/what", "/report/story", "/report/check"):
        await visitor.go(path)
        assert visitor.path in {"/report/receipt", "/report"}
    await visitor.go("/report/receipt")

    assert receipt_of(visitor) == receipt


async def test_sending_an_old_page_after_the_report_went_in_shows_the_receipt(
    visitor: Visitor,
) -> None:
    await tell_where(visitor)
    old = visitor.page
    await visitor.send("/report/what", **WHAT)
    await visitor.send("/report/story", **TOLD)
    await visitor.send("/report/photos", act="next")
    await visitor.send("/report/you", **NAMED)
    await visitor.send("/report/submission")
    visitor.page = old

    await visitor.send("/report/what", **WHAT)

    assert visitor.path == "/report/receipt"


async def test_another_report_gets_a_draft_and_a_code_of_its_own(visitor: Visitor) -> None:
    first = await sent(visitor)
    await visitor.go("/report")
    await visitor.send("/report")

    second = await sent(visitor)

    assert set(first).isdisjoint(second)


async def test_the_receipt_promises_what_the_pack_promises(visitor: Visitor) -> None:
    await sent(visitor)

    assert visitor.page is not None
    assert "告知是否受理" in visitor.page.text


@pytest.mark.parametrize(
    "text", ["化工厂（虚构）液氨泄漏，有人晕倒", "Ammonia is leaking at the (made-up) works"]
)
async def test_words_of_an_emergency_show_the_phone_first(visitor: Visitor, text: str) -> None:
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)

    await visitor.send("/report/story", **{**TOLD, "text": text})

    assert visitor.path == "/report/emergency"
    assert visitor.page is not None
    assert 'href="tel:119"' in visitor.page.text
    assert "/report/photos" in visitor.page.text


async def test_a_draft_is_offered_again_and_can_be_thrown_away(visitor: Visitor) -> None:
    await tell_where(visitor)
    await visitor.go("/report")
    assert visitor.path == "/report"

    await visitor.send("/report")

    assert visitor.path == "/report/where"
    assert await rows("SELECT id FROM draft WHERE wrapped_key IS NOT NULL") == []


async def test_an_answer_whose_draft_has_gone_begins_a_draft(visitor: Visitor) -> None:
    await tell_where(visitor)
    visitor.client.cookies.delete("draft")

    await visitor.send("/report/what", **WHAT)
    await visitor.go("/report/check")

    assert visitor.path == "/report/where"
    assert len(await rows("SELECT id FROM draft")) == 2


async def test_a_receipt_cleared_on_this_device_is_gone_from_the_server_too(
    visitor: Visitor,
) -> None:
    await sent(visitor)
    token = visitor.client.cookies["draft"]

    await visitor.send("/report/receipt/removal")
    visitor.client.cookies.set("draft", token)
    await visitor.go("/report/receipt")

    assert visitor.path == "/progress"


async def test_what_is_being_written_is_saved_before_it_is_finished(visitor: Visitor) -> None:
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)
    form = visitor.form("/report/story")

    answer = await visitor.client.post("/report/story/autosave", data={**form, "text": "河水"})
    page = await visitor.go("/report/story")

    assert answer.status_code == 204
    assert "河水</textarea>" in page.text


HERE = {"longitude": "107.516912", "latitude": "26.702934", "accuracy_m": "24.3"}


async def test_the_browsers_position_is_kept_as_told_with_its_system(visitor: Visitor) -> None:
    page = await visitor.go("/report")
    assert "geolocation=(self)" in page.headers["permissions-policy"]
    assert "geolocation=()" in (await visitor.go("/")).headers["permissions-policy"]
    await tell_all(visitor)
    await visitor.go("/report/where")
    await visitor.send("/report/where", **{**WHERE, "township": TOWNSHIP, **HERE})
    assert visitor.page is not None
    assert "误差约 25 米" in visitor.page.text
    await visitor.send("/report/submission")
    story = await told_story()
    assert (story["longitude"], story["latitude"]) == (107.516912, 26.702934)
    assert (story["accuracy_m"], story["system"]) == (24.3, "wgs84")


async def test_a_position_is_taken_back_or_refused_where_it_is_none(visitor: Visitor) -> None:
    await tell_where(visitor, **HERE)
    await visitor.go("/report/where")
    await visitor.send("/report/where", **WHERE, longitude="912", latitude="nan")
    assert list(visitor.problems) == ["here"]
    await visitor.go("/report/where")
    await visitor.send("/report/where", **WHERE, no_point="yes")
    await visitor.go("/report/where")
    assert visitor.form("/report/where")["longitude"] == ""


async def told_story() -> dict[str, Any]:
    """What lies sealed of the one report."""
    vault = await row("SELECT * FROM vault")
    assert vault is not None
    envelope = open_envelope("520000", vault["id"], vault["kek_id"], vault["wrapped_key"])
    told: dict[str, Any] = json.loads(envelope.unseal("report", vault["report"]))
    return told
