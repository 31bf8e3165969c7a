"""登记: once and sealed, however often it comes."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from asyncpg import UniqueViolationError

from hotline.batching import Batcher
from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import BadReport, DeliveryConflict
from hotline.records import Delivery, Event, HeldDelivery, ServiceRequest, Vault, constraints
from hotline.records.sealing import UnreadableError, code_hash, open_envelope
from hotline.rules.numbering import is_public_number
from hotline.rules.terms import Secrecy
from hotline.steps.intake_rows import Intake, intake, write
from hotline.steps.register import register
from tests.steps.builders import NOW, REPORTER, a_delivery, a_report, caller, registered

SECRET = "13900001234"


async def test_a_report_gets_a_number_and_the_database_stamps_its_time(db: Services) -> None:
    receipt = await registered()
    assert is_public_number(receipt.number)
    assert receipt.number.startswith("QN")
    stored = await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)
    assert stored.registered_at == receipt.registered_at
    assert stored.stage == "received"


async def test_what_was_said_and_who_said_it_is_nowhere_in_plain(db: Services) -> None:
    await registered("小围寨街道有人偷排废水，我住对面三楼", contact=caller(SECRET))
    for table in set(constraints.TABLES) - {"policy_version"}:
        for row in await rows(f"SELECT t::text AS line FROM {table} t"):
            for word in ("偷排", SECRET, "陈某某"):
                assert word not in row["line"]
                assert word.encode().hex() not in row["line"]


async def test_the_seal_opens_for_its_own_row_only(db: Services) -> None:
    one, two = await registered(contact=caller(SECRET)), await registered()
    vault = await Vault.get(tenant_id="520000", id=one.request_id)
    own = open_envelope("520000", one.request_id, vault.kek_id, vault.wrapped_key)
    contact = json.loads(own.unseal("contact", vault.contact or b""))
    assert contact["phone"] == SECRET
    with pytest.raises(UnreadableError):
        own.unseal("report", vault.contact or b"")
    with pytest.raises(UnreadableError):
        open_envelope("520000", two.request_id, vault.kek_id, vault.wrapped_key)


async def test_the_same_delivery_at_once_from_many_callers_is_one_report(db: Services) -> None:
    delivery = a_delivery()
    receipts = await asyncio.gather(
        *(register(a_report(), delivery, by=REPORTER, now=NOW) for _ in range(20))
    )
    assert len({receipt.number for receipt in receipts}) == 1
    assert len({receipt.registered_at for receipt in receipts}) == 1
    assert sum(not receipt.again for receipt in receipts) == 1
    assert await ServiceRequest.all().count() == 1
    assert await Event.all().count() == 1


async def test_the_same_delivery_a_week_later_gets_the_same_answer(db: Services) -> None:
    delivery = a_delivery()
    first = await register(a_report(), delivery, by=REPORTER, now=NOW)
    later = await register(a_report(), delivery, by=REPORTER, now=NOW + timedelta(days=7))
    assert (later.number, later.registered_at) == (first.number, first.registered_at)
    assert later.again


async def test_another_body_under_a_known_id_is_kept_for_a_person(db: Services) -> None:
    await register(a_report(), a_delivery(b"one", delivery_id="d1"), by=REPORTER, now=NOW)
    with pytest.raises(DeliveryConflict):
        await register(a_report(), a_delivery(b"two", delivery_id="d1"), by=REPORTER, now=NOW)
    held = await HeldDelivery.all()
    assert [one.reason for one in held] == ["delivery.other_body"]
    assert b"two" not in held[0].body
    assert await Delivery.all().count() == 1


async def test_a_full_batch_of_different_reports_is_stored_whole(db: Services) -> None:
    receipts = await asyncio.gather(*(registered(f"第{n}次反映臭气问题") for n in range(300)))
    assert len({receipt.number for receipt in receipts}) == 300
    assert await ServiceRequest.all().count() == await Vault.all().count() == 300


async def test_one_bad_row_in_a_batch_harms_no_other(db: Services) -> None:
    bad = a_report(notice_version="x" * 99)  # longer than its column
    reports = [a_report() for _ in range(5)]
    outcomes = await asyncio.gather(
        *(register(one, a_delivery(), by=REPORTER, now=NOW) for one in [*reports, bad]),
        return_exceptions=True,
    )
    assert [isinstance(outcome, BaseException) for outcome in outcomes] == [False] * 5 + [True]
    assert await ServiceRequest.all().count() == 5


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "text.empty"), ("  \n", "text.empty"), ("臭", "text.too_short")],
)
async def test_a_text_that_says_nothing_is_refused(db: Services, text: str, key: str) -> None:
    with pytest.raises(BadReport) as refused:
        await registered(text)
    assert refused.value.errors == {"text": key}


async def test_a_text_of_twenty_thousand_characters_is_refused_and_nothing_stored(
    db: Services,
) -> None:
    with pytest.raises(BadReport) as refused:
        await registered("臭" * 20_000)
    assert refused.value.errors == {"text": "text.too_long"}
    assert await ServiceRequest.all().count() == 0


async def test_a_real_name_needs_a_name_and_a_way_to_be_reached(db: Services) -> None:
    with pytest.raises(BadReport) as refused:
        await registered(secrecy=Secrecy.REAL_NAME)
    assert "contact" in refused.value.errors


async def test_the_query_code_is_stored_as_a_keyed_hash(db: Services) -> None:
    receipt = await registered(code="1234567812345678")
    stored = await ServiceRequest.get(tenant_id="520000", id=receipt.request_id)
    assert stored.code_hash == code_hash("520000", receipt.number, "1234567812345678")


async def test_a_number_drawn_twice_is_drawn_again_for_its_own_row_alone(db: Services) -> None:
    stands = await registered()
    fresh = [
        intake(a_report(), a_delivery(), number, by=REPORTER, now=NOW)
        for number in ("QN1", "QN2", stands.number, "QN3")
    ]
    written: list[int] = []

    async def counted(batch: Sequence[Intake]) -> Sequence[datetime | None]:
        written.append(len(batch))
        return await write(batch)

    batcher = Batcher(counted)
    found = await asyncio.gather(*map(batcher.put, fresh), return_exceptions=True)

    assert [isinstance(one, UniqueViolationError) for one in found] == [False, False, True, False]
    assert written == [4, 3]
    assert await ServiceRequest.all().count() == 1 + 3
