"""发送: what is queued goes out once, in order, and what fails stays where a person sees it.

Reporters, addresses and numbers are made up（虚构）.
"""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import pytest
from aiosmtpd.controller import Controller

from hotline.commands.launch.services import Services, in_environment
from hotline.database import rows
from hotline.records import Message, ServiceRequest
from hotline.rules.message import Failed, Later, Outgoing, Sent, Unreachable
from hotline.rules.report import Contact
from hotline.steps.outbox import tell_reporter
from hotline.steps.send import LEASE, MOST_ATTEMPTS, Leased, lease, pause_after, prepare, settle
from tests.notifications.test_delivery import Post, free_port
from tests.steps.builders import NOW, decided
from workers.beside import sending_beside
from workers.delivery import drain_all

MAIL = Contact(name="陈某某（虚构）", email="reporter@example.org")
PHONE = Contact(name="陈某某（虚构）", phone="13800000000")
CODE = "1234567812345678"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mail_server(post: Post) -> Iterator[None]:
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    address = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "SMTP_FROM": "hotline@city.example"}
    with in_environment(address):
        yield
    controller.stop()


async def a_reporter(contact: Contact = MAIL) -> ServiceRequest:
    """An accepted report whose first message waits."""
    return await decided(contact=contact, wants_reply=True)


async def to_reporter(request: ServiceRequest) -> list[Message]:
    found = Message.filter(tenant_id=request.tenant_id, request_id=request.id)
    return await found.order_by("seq")


async def of_thread(thread: str) -> list[Leased]:
    """What may go now, of one thread."""
    leased = await lease(100, NOW)
    ids = {one.id for one in await Message.filter(thread=thread)}
    return [one for one in leased if one.id in ids]


async def test_a_reporter_gets_the_mail_and_the_row_says_so(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter()
    assert await drain_all() >= 1
    (row,) = await to_reporter(request)
    assert (row.state, row.route, row.error, row.template_version) == ("sent", "smtp", None, 1)
    assert request.number in post.mail().get_content()
    assert post.recipients == ["reporter@example.org"]


async def test_a_drain_that_runs_twice_sends_once(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    await a_reporter()
    await asyncio.gather(drain_all(), drain_all(), drain_all())
    assert await drain_all() == 0
    assert len(post.taken) == 1


async def test_a_code_goes_out_once_and_its_seal_is_wiped(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter()
    await tell_reporter(request, "request.redo", NOW, secret=CODE)
    sealed = (await to_reporter(request))[-1]
    assert sealed.sealed_fill is not None
    assert CODE not in str(await rows("SELECT m::text FROM message m"))
    first, second = await to_reporter(request)
    await settle(Leased(first.tenant_id, first.id, 1), Sent("smtp", 1), NOW)
    ready = await prepare(Leased(second.tenant_id, second.id, 1))
    assert isinstance(ready, Outgoing)
    assert ready.values["code"] == CODE
    await drain_all()
    assert [(one.state, one.sealed_fill) for one in await to_reporter(request)] == [
        ("sent", None),
        ("sent", None),
    ]


async def test_only_the_head_of_a_thread_is_leased_and_nobody_leases_it_twice(
    db: Services, queues: object
) -> None:
    request = await a_reporter()
    await tell_reporter(request, "request.redo", NOW)
    first, second = await to_reporter(request)
    assert [one.id for one in await of_thread(first.thread)] == [first.id]
    assert await of_thread(first.thread) == []
    await settle(Leased(first.tenant_id, first.id, 1), Sent("smtp", 1), NOW)
    assert [one.id for one in await of_thread(first.thread)] == [second.id]


async def test_a_worker_that_died_gives_its_message_back_under_the_same_reference(
    db: Services, queues: object
) -> None:
    request = await a_reporter()
    (row,) = await to_reporter(request)
    (before,) = await of_thread(row.thread)
    first = await prepare(before)
    again = [one for one in await lease(100, NOW + LEASE * 1.01) if one.id == row.id]
    assert [one.attempts for one in again] == [2]
    second = await prepare(again[0])
    assert isinstance(first, Outgoing)
    assert isinstance(second, Outgoing)
    assert first.reference == second.reference
    assert str(row.id) not in first.reference


async def test_a_mailbox_that_does_not_exist_is_dead_at_once_and_blocks_nobody(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter()
    await tell_reporter(request, "request.redo", NOW)
    post.at_rcpt = "550 no such user"
    await drain_all()
    assert [(one.state, one.error, one.attempts) for one in await to_reporter(request)] == [
        ("dead", "smtp.550", 1),
        ("dead", "smtp.550", 1),
    ]


async def test_a_busy_server_is_tried_again_later_and_keeps_the_order(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter()
    await tell_reporter(request, "request.redo", NOW)
    post.at_rcpt = "451 try again later"
    await drain_all()
    first, second = await to_reporter(request)
    assert (first.state, first.error, first.leased_until) == ("queued", "smtp.451", None)
    assert (second.state, second.attempts) == ("queued", 0)
    post.at_rcpt = "250 OK"
    assert await drain_all() == 0  # not before the pause is over
    await Message.filter(id=first.id).update(available_at=NOW)
    await drain_all()
    assert [one.state for one in await to_reporter(request)] == ["sent", "sent"]


async def test_after_many_tries_a_message_lies_with_the_dead(db: Services, queues: object) -> None:
    request = await a_reporter()
    (row,) = await to_reporter(request)
    away = Failed("TimeoutError", permanent=False)
    await settle(Leased(row.tenant_id, row.id, MOST_ATTEMPTS - 1), away, NOW)
    assert (await to_reporter(request))[0].state == "queued"
    await settle(Leased(row.tenant_id, row.id, MOST_ATTEMPTS), away, NOW)
    assert (await to_reporter(request))[0].state == "dead"


async def test_a_message_held_back_for_the_night_has_used_up_no_try(
    db: Services, queues: object
) -> None:
    request = await a_reporter(PHONE)
    (leased,) = await of_thread((await to_reporter(request))[0].thread)
    morning = NOW + timedelta(hours=5)
    await settle(leased, Later(morning), NOW)
    (row,) = await to_reporter(request)
    assert (row.state, row.attempts, row.available_at) == ("queued", 0, morning)
    assert row.leased_until is None


async def test_a_phone_alone_is_unreachable_by_now_and_says_why(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter(PHONE)
    await drain_all()
    (row,) = await to_reporter(request)
    assert (row.state, row.error) == ("unreachable", "no.channel")
    assert post.taken == []


async def test_a_message_to_an_erased_reporter_ends(db: Services, queues: object) -> None:
    request = await a_reporter()
    (row,) = await to_reporter(request)
    await rows("UPDATE vault SET wrapped_key = NULL, contact = NULL WHERE id = $1", request.id)
    leased = Leased(row.tenant_id, row.id, 1)
    outcome = await prepare(leased)
    assert outcome == Unreachable("erased")
    await settle(leased, outcome, NOW)
    assert (await to_reporter(request))[0].state == "unreachable"


async def test_a_department_is_told_number_and_term_and_nothing_of_the_reporter(
    db: Services, queues: object
) -> None:
    await a_reporter()
    told = await Message.filter(recipient="department").first()
    assert told is not None
    ready = await prepare(Leased(told.tenant_id, told.id, 1))
    assert isinstance(ready, Outgoing)
    assert set(ready.values) == {"number", "authority", "department", "due_on", "desk_url"}
    assert ready.email == ""


async def test_a_message_that_cannot_be_worded_is_kept_and_harms_no_other(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    broken, whole = (
        await a_reporter(),
        await decided(
            "独山县某采石场白天放炮，粉尘飘到村里，庄稼都是灰。", contact=MAIL, wants_reply=True
        ),
    )
    await Message.filter(request_id=broken.id).update(template="request.unheard_of")
    await drain_all()
    assert [one.state for one in await to_reporter(broken)] == ["queued"]
    assert (await to_reporter(broken))[0].error == "KeyError"
    assert [one.state for one in await to_reporter(whole)] == ["sent"]


def test_pauses_grow_to_four_hours() -> None:
    pauses = [pause_after(n) for n in (1, 2, 3, 8, 9, 10, 500)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pauses[3:] == [timedelta(minutes=64), timedelta(minutes=128), *[timedelta(hours=4)] * 2]


async def test_a_lease_is_quick_and_no_larger_than_asked_for_on_wrong_counts(db: Services) -> None:
    await rows(
        "INSERT INTO message (id, tenant_id, thread, seq, template, template_version, recipient,"
        " fill, state, attempts, available_at, created_at)"
        " SELECT gen_random_uuid(), '520000', 'order:' || n / 2, n % 2, 'order.dispatched', 1,"
        " 'department', '{}', 'queued', 0, $1, $1 FROM generate_series(1, 900) n",
        NOW,
    )
    await _miscount(db)
    async with asyncio.timeout(10):
        assert len(await lease(20, NOW)) == 20


async def _miscount(services: Services) -> None:
    """What the planner knows of a table that was empty when it was counted."""
    owner = await asyncpg.connect(services.owner_url)
    try:
        await owner.execute("SET allow_system_table_mods = on")
        await owner.execute("DELETE FROM pg_statistic WHERE starelid = 'message'::regclass")
        await owner.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 40 WHERE oid = 'message'::regclass"
        )
    finally:
        await owner.close()


async def test_a_long_table_holds_up_no_message(
    db: Services, queues: object, mail_server: None, post: Post
) -> None:
    request = await a_reporter()

    async with sending_beside():  # a table is being written: nobody else drains
        for _ in range(600):
            if all(one.state == "sent" for one in await to_reporter(request)):
                break
            await asyncio.sleep(0.05)

    assert [one.state for one in await to_reporter(request)] == ["sent"]
    assert request.number in post.mail().get_content()
