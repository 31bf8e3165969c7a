"""Files at every door, and what each reader may have of them. Names are made up（虚构）."""

import asyncio
import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile

import httpx
import pytest
from starlette.datastructures import UploadFile

from hotline.database import row, rows
from hotline.lookups.draft import draft
from hotline.rules.terms import Role
from hotline.steps.attach import Holder, SentFile, attach
from tests.support import samples
from tests.support.machine import REPORTS, Machine
from tests.support.sitting import DESK, Sitting, another, arrived, order_number, seat
from tests.support.visitor import File, Visitor
from tests.webforms.citizen.telling import NAMED, TOLD, WHAT, tell_where
from webforms import uploads
from workers.job import utc_now

AUTHOR = samples.AUTHOR.encode()


def chosen(field: str, name: str, content: bytes) -> File:
    return field, (name, content, "application/octet-stream")


async def handles(sitting: Sitting, number: str) -> list[str]:
    page = (await sitting.client.get(f"/desk/orders/{number}")).text
    found = [part.partition('"')[0] for part in page.split(f"/{number}/pictures/")[1:]]
    return list(dict.fromkeys(found))


async def in_work(client: httpx.AsyncClient, visitor: Visitor) -> tuple[Sitting, str, Holder]:
    """A handler with a signed order, and the report in it."""
    number = await order_number(await arrived())
    stored = await row("SELECT id FROM service_request")
    assert stored
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    await handler.go(f"/desk/orders/{number}")
    await handler.press(f"/desk/orders/{number}/signature")
    return handler, number, Holder("520000", request_id=stored["id"])


async def test_a_handler_saves_a_document_without_its_author_and_in_a_sandbox(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    handler, number, holder = await in_work(client, visitor)
    await attach(holder, samples.a_sheet(), "我的名字.xlsx", utc_now())

    (handle,) = await handles(handler, number)
    answer = await handler.client.get(f"/desk/orders/{number}/pictures/{handle}")

    assert answer.headers["content-disposition"] == 'attachment; filename="document.xlsx"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert all(AUTHOR not in archive.read(name) for name in archive.namelist())


async def test_what_still_names_its_author_goes_to_the_hotline_alone(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    handler, number, holder = await in_work(client, visitor)
    await attach(holder, samples.an_old_letter(), "a.doc", utc_now())
    hotline = await seat(another(client), Role.TRIAGE)

    (handle,) = await handles(hotline, number)
    path = f"/desk/orders/{number}/pictures/{handle}"

    assert await handles(handler, number) == []
    assert "只有热线工作人员可以查看" in (await handler.client.get(f"/desk/orders/{number}")).text
    assert (await handler.client.get(path)).status_code == 404
    assert (await hotline.client.get(path)).content == samples.an_old_letter()


async def test_a_handler_puts_evidence_beside_the_order_and_it_is_history(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    handler, number, _ = await in_work(client, visitor)
    path = f"/desk/orders/{number}/evidence"
    await handler.go(f"/desk/orders/{number}")
    files = [
        chosen("evidence", "现场.jpg", samples.photograph()),
        chosen("evidence", "程序.exe", b"MZ" + bytes(100)),
        chosen("evidence", "报告.pdf", samples.a_pdf()),
    ]

    page = await handler.visitor.upload(path, files)

    assert page.status_code == 422
    assert "“程序.exe”不是可以接收的文件" in page.text
    assert len(await handles(handler, number)) == 2
    events = await rows("SELECT step FROM event WHERE step = 'evidence'")
    assert len(events) == 2
    colleague = await seat(another(client), Role.HANDLER, department="522701.water")
    refused = await colleague.client.post(path, data=handler.visitor.form(path), files=files)
    assert refused.status_code in (403, 404)
    assert len(await rows("SELECT id FROM attachment")) == 2


async def test_an_agent_adds_files_to_a_call_and_they_are_the_reports(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/agent")
    await agent.press("/agent/calls")
    base = visitor.path
    await agent.go(f"{base}/files")

    await visitor.upload(f"{base}/pictures", [chosen("pictures", "电话.mp3", samples.mp3())])

    assert visitor.path == f"{base}/files"
    assert "电话.mp3" in agent.text
    handle = agent.text.partition(f"{base}/pictures/")[2].partition('"')[0]
    assert samples.DEVICE not in (await agent.client.get(f"{base}/pictures/{handle}")).content
    stranger = await seat(another(client), Role.AGENT)
    assert (await stranger.client.get(f"{base}/pictures/{handle}")).status_code == 404


HINTED = {
    "time": ("began", "2026-03-05"),
    "place": ("longitude", 107.52),
}


@pytest.mark.parametrize("use", HINTED)
async def test_what_a_photo_tells_is_used_only_when_its_sender_says_so(
    visitor: Visitor, use: str
) -> None:
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)
    await visitor.send("/report/story", **TOLD)
    await visitor.upload("/report/photos", [chosen("photos", "a.jpg", samples.photograph())])
    assert visitor.page is not None
    assert "拍摄于 2026年3月5日（星期四） 21:14" in visitor.page.text
    action = visitor.page.text.partition('action="/report/photos/')[2].partition('"')[0]
    handle = action.partition("/")[0]
    answer, value = HINTED[use]
    assert (await answers(visitor)).get(answer) != value

    await visitor.send(f"/report/photos/{handle}/hint", use=use)

    assert (await answers(visitor))[answer] == value
    await visitor.send("/report/photos", act="next")
    await visitor.send("/report/you", **NAMED)
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt"


async def answers(visitor: Visitor) -> Mapping[str, object]:
    tenant, _, token = visitor.client.cookies["draft"].partition(".")
    found = await draft(tenant, "citizen", token, utc_now())
    assert found is not None
    return found.answers


async def test_the_desk_that_places_a_report_sees_about_where_and_the_handler_nothing(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await arrived("有人偷排废水，河水发黑发臭，请尽快处理。")
    stored = await row("SELECT id FROM service_request")
    assert stored
    holder = Holder("520000", request_id=stored["id"])
    await attach(holder, samples.photograph(), "a", utc_now())
    triage = await seat(visitor, Role.TRIAGE)

    page = (await triage.client.get(f"/triage/reports/{number}")).text

    assert "北纬 26.26°、东经 107.52°（约 1 公里范围）" in page
    handler, order, holder = await in_work(client, another(client))
    await attach(holder, samples.photograph(3), "b", utc_now())
    assert "北纬" not in (await handler.client.get(f"/desk/orders/{order}")).text


async def test_a_partner_adds_a_document_and_a_program_is_refused_in_both_languages(
    machine: Machine,
) -> None:
    path = f"{REPORTS}/{await machine.register()}/attachments"
    good = await machine.client.post(
        path, headers=machine.headers, files=[chosen("file", "a.pdf", samples.a_pdf())]
    )
    bad = await machine.client.post(
        path, headers=machine.headers, files=[chosen("file", "a.exe", b"MZ" + bytes(99))]
    )

    assert good.status_code == 201
    assert bad.status_code == 422
    assert "a.exe" in bad.text


async def test_many_large_files_at_once_take_the_memory_of_a_few(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits in its temporary file until there is room."""
    del client
    size, at_once = 4 * 1024 * 1024, 2
    monkeypatch.setattr(uploads, "IN_MEMORY", asyncio.Semaphore(at_once))
    await arrived()
    stored = await row("SELECT id FROM service_request")
    assert stored
    holder = Holder("520000", request_id=stored["id"])

    async def keep(sent: SentFile) -> None:
        await attach(holder, sent.content, sent.name, utc_now())

    files = []
    for number in range(8):
        spooled = SpooledTemporaryFile(max_size=1024)  # noqa: SIM115 (closed by what is tested)
        spooled.write(samples.mp4() + samples.box(b"skip", bytes([number]) * size))
        spooled.seek(0)
        files.append(UploadFile(spooled, size=size))

    tracemalloc.start()
    await asyncio.gather(*(uploads.one(file, keep) for file in files))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(await rows("SELECT id FROM attachment")) == 8
    assert peak < (at_once * 4 + 1) * size
