"""Files meet the scanner after they came: clean, infected, without verdict, waiting for it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from hotline import settings as configuration
from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.rules.terms import Role
from hotline.steps.attach import Holder, attach
from hotline.steps.scan import LEASE, MOST_ATTEMPTS, lease_unscanned
from tests.support import samples
from tests.support.clamd import EICAR, Clamd, clamd
from tests.support.sitting import DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import receipt_of, tell_all
from workers import delivery, intake, scanning
from workers.clamd import virus_in
from workers.job import utc_now

TENANT = "520000"
FOUND = "<b>查出病毒的文件：</b> film.mp4"


@pytest.fixture
async def scanner(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clamd]:
    """The installation's scanner."""
    async with clamd() as found:
        named = replace(configuration.settings(), clamd_url=found.url)
        monkeypatch.setattr(scanning, "settings", lambda: named)
        yield found


async def a_file(content: bytes) -> Holder:
    await arrived()
    stored = await row("SELECT id FROM service_request ORDER BY registered_at DESC LIMIT 1")
    assert stored
    holder = Holder(TENANT, request_id=stored["id"])
    await attach(holder, content, "made up", utc_now())
    return holder


async def due_again() -> None:
    await rows("UPDATE attachment SET scan_due = NULL")


async def state() -> str:
    return str((await rows("SELECT scan FROM attachment"))[0]["scan"])


async def test_an_infected_file_is_in_quarantine_and_a_clean_one_says_so(
    client: httpx.AsyncClient, visitor: Visitor, scanner: Clamd
) -> None:
    holder = await a_file(samples.mp4() + samples.box(b"skip", EICAR))
    report = await row("SELECT number FROM service_request")
    assert report
    number = await order_number(report["number"])
    await attach(holder, samples.photograph(), "made up", utc_now())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    before = (await handler.client.get(f"/desk/orders/{number}")).text
    handles = [part.partition('"')[0] for part in before.split(f"/{number}/pictures/")[1:]]
    assert before.count("未查毒") == 2

    assert await scanning.scan_all() == 1 + 1

    assert "附件发现病毒" in (await handler.client.get("/notices")).text
    told = await rows("SELECT department FROM message WHERE template = 'order.infected'")
    assert told == [{"department": DESK}]
    page = (await handler.client.get(f"/desk/orders/{number}")).text
    assert "发现病毒，已隔离" in page
    assert "已查毒，未发现问题" in page
    fetched = [await handler.client.get(f"/desk/orders/{number}/pictures/{one}") for one in handles]
    assert fetched[0].status_code == 404
    assert fetched[-1].is_success


async def test_who_decides_is_told_of_a_virus_while_the_report_has_no_order(
    client: httpx.AsyncClient, visitor: Visitor, scanner: Clamd
) -> None:
    number = await arrived(text="有一股很难闻的味道，不知道在哪里（虚构）")
    holder = Holder(TENANT, request_id=(await rows("SELECT id FROM service_request"))[0]["id"])
    await attach(holder, samples.mp4() + samples.box(b"skip", EICAR), "made up", utc_now())
    await seat(visitor, Role.TRIAGE)

    assert await scanning.scan_all() == 1

    page = (await visitor.go("/notices")).text
    assert f"{number} 的附件发现病毒" in page
    notice = page.partition('name="notice" value="')[2].partition('"')[0]
    await visitor.send("/notices/reading", report=number, notice=notice)
    assert visitor.path == f"/triage/reports/{number}"
    assert visitor.page
    assert "发现病毒，已隔离" in visitor.page.text
    await delivery.drain_all()
    told = await rows("SELECT state, route FROM message WHERE template = 'duty.infected'")
    assert told == [{"state": "sent", "route": "notice"}]


@pytest.mark.parametrize("scanned_when", ["written", "sent", "decided"])
async def test_a_reporter_reads_of_a_virus_in_a_file_of_the_form_and_the_report_goes_on(
    client: httpx.AsyncClient, visitor: Visitor, scanner: Clamd, scanned_when: str
) -> None:
    await tell_all(visitor)
    await visitor.go("/report/photos")
    infected = samples.mp4() + samples.box(b"skip", EICAR)
    await visitor.upload("/report/photos", [("photos", ("film.mp4", infected, "video/mp4"))])
    if scanned_when == "written":
        assert await scanning.scan_all() == 1
        for path in ("/report/photos", "/report/check"):
            assert FOUND in (await visitor.go(path)).text
    await visitor.go("/report/check")
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt", visitor.problems
    number, code = receipt_of(visitor)
    if scanned_when == "sent":
        assert await scanning.scan_all() == 1
    if scanned_when != "decided":
        assert FOUND in (await visitor.go("/report/receipt")).text
    assert await rows("SELECT id FROM message WHERE template = 'request.infected'") == []

    assert await intake.drain_all() == 1
    if scanned_when == "decided":
        assert await scanning.scan_all() == 1

    told = await rows("SELECT recipient FROM message WHERE template = 'request.infected'")
    assert told == [{"recipient": "reporter"}]
    await visitor.go("/progress")
    assert FOUND in (await visitor.send("/progress", number=number, code=code)).text
    desk = await seat(another(client), Role.HANDLER, department=DESK)
    order = await order_number(number)
    page = (await desk.client.get(f"/desk/orders/{order}")).text
    assert "发现病毒，已隔离" in page
    assert f"/{order}/pictures/" not in page
    warned = await rows("SELECT id FROM message WHERE template = 'order.infected'")
    assert bool(warned) is (scanned_when == "decided")  # no desk could open it before


async def test_while_the_scanner_is_away_no_try_counts_and_it_is_asked_again(
    db: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_file(samples.amr())
    nobody = replace(configuration.settings(), clamd_url="tcp://127.0.0.1:9")
    monkeypatch.setattr(scanning, "settings", lambda: nobody)
    for _ in range(MOST_ATTEMPTS + 1):
        assert await scanning.scan_all() == 0
        await due_again()
    kept = await row("SELECT scan, scan_attempts FROM attachment")
    assert kept == {"scan": "unscanned", "scan_attempts": 0}

    async with clamd() as back:
        there = replace(nobody, clamd_url=back.url)
        monkeypatch.setattr(scanning, "settings", lambda: there)
        assert await scanning.scan_all() == 1
    assert await state() == "clean"


async def test_a_file_it_gives_no_verdict_on_is_left_after_some_tries(
    db: Services, scanner: Clamd
) -> None:
    await a_file(samples.wav(2))
    scanner.faults, scanner.limit = ["reset", "garbage"], 1000

    for _ in range(MOST_ATTEMPTS):
        assert await state() == "unscanned"
        assert await scanning.scan_all() == 0
        await due_again()

    assert await state() == "unscannable"
    assert await scanning.scan_all() == 0


async def test_a_file_is_held_by_one_worker_and_again_when_that_one_died(db: Services) -> None:
    await a_file(samples.amr())
    now = utc_now()

    held = [await lease_unscanned(10, at) for at in (now, now, now + LEASE + timedelta(seconds=1))]

    assert [len(one) for one in held] == [1, 0, 1]


async def test_it_is_asked_through_a_socket_in_the_file_system_too(tmp_path: Path) -> None:
    async with clamd(f"{tmp_path}/clamd") as scanner:
        assert await virus_in(scanner.url, bytes(600_000)) == ""
        assert await virus_in(scanner.url, EICAR) == "Eicar-Test-Signature"
        assert scanner.seen == [600_000, len(EICAR)]
