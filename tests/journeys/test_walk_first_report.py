"""A report comes in signed, is understood, accepted, opened as an order and handed to its desk."""

from hotline.database import row, rows
from hotline.policy.store import packs
from tests.support.sender import REPORT, Sender
from workers.intake import drain_all


async def test_a_clear_report_opens_an_order_at_the_desk_that_answers_for_it(
    partner: Sender,
) -> None:
    number = (await partner.post(REPORT)).json()["number"]

    assert await drain_all() == 1

    request = await row("SELECT * FROM service_request WHERE number = $1", number)
    order = await row("SELECT * FROM work_order")
    assert request is not None
    assert order is not None
    assert (request["stage"], request["county"]) == ("accepted", "522701")
    assert "air.odour" in request["kinds"]
    assert order["first_request_id"] == request["id"]
    assert order["stage"] == "dispatched"
    lead = (await packs()).pack("522700").department(order["lead"])
    assert lead.county in {"", "522701"}
    held = await rows("SELECT department, duty FROM held WHERE to_at IS NULL AND duty = 'lead'")
    assert [one["department"] for one in held] == [order["lead"]]


async def test_every_term_runs_from_the_day_it_should(partner: Sender) -> None:
    await partner.post(REPORT)
    await drain_all()

    clocks = await rows("SELECT holder, scheme, due_at FROM clock WHERE NOT is_right")
    assert {clock["holder"] for clock in clocks} >= {"order"}
    order = await row("SELECT next_due_at FROM work_order")
    assert order is not None
    running = [clock["due_at"] for clock in clocks if clock["holder"] == "order"]
    assert order["next_due_at"] == min(running)


async def test_the_reporter_and_the_desk_are_told(partner: Sender) -> None:
    await partner.post(REPORT)
    await drain_all()

    told = await rows("SELECT template, recipient, state FROM message ORDER BY template")
    assert {(one["template"], one["recipient"]) for one in told} >= {
        ("request.accepted", "reporter"),
        ("order.dispatched", "department"),
    }


async def test_tables_hold_masked_words_only(partner: Sender) -> None:
    text = f"{REPORT['text']}我叫张某某（虚构），电话13800000000，身份证522701199001010019。"
    await partner.post({**REPORT, "text": text})
    await drain_all()

    for table in ("service_request", "work_order", "message", "event", "event_detail"):
        for line in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert "13800000000" not in line["line"]
            assert "522701199001010019" not in line["line"]


async def test_a_second_drain_finds_nothing_to_do(partner: Sender) -> None:
    await partner.post(REPORT)

    assert await drain_all() == 1
    assert await drain_all() == 0
    steps = await rows("SELECT aggregate, step FROM event ORDER BY aggregate, seq")
    assert [one["step"] for one in steps if one["aggregate"] == "request"] == ["register", "accept"]
    assert [one["step"] for one in steps if one["aggregate"] == "order"] == ["open", "dispatch"]
