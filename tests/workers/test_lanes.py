"""通道分道: an outage delays nobody else; a kill in mid-send costs one repeat at most."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from hotline.commands.launch.services import Services, in_environment
from hotline.database import rows
from hotline.records import Message, MessageAttempt
from hotline.rules.report import Contact
from hotline.steps.outbox import tell_reporter
from notifications.channels import sms
from notifications.gateways import gateways
from tests.notifications.gateway import Provider, provider
from tests.notifications.test_delivery import Post, free_port
from tests.notifications.test_sms import PROFILE
from tests.steps.builders import NOW, decided
from workers.delivery import drain_all
from workers.lanes import AT_ONCE

MAIL = Contact(name="陈某某（虚构）", email="reporter@example.org")
PHONE = Contact(name="李某某（虚构）", phone="13800000000")
BOTH = Contact(name="王某某（虚构）", phone="13800000000", email="reporter@example.org")
ELSEWHERE = "独山县某采石场（虚构）白天放炮，粉尘飘到村里，庄稼都是灰。"
WAITED = 15.0  # seconds, on a busy machine; the provider hangs longer
COPIES = """
INSERT INTO message (id, tenant_id, thread, seq, template, template_version, recipient, request_id,
  fill, state, attempts, available_at, created_at)
SELECT gen_random_uuid(), tenant_id, thread || n, nextval('message_seq'), template, 1, recipient,
  request_id, fill, 'queued', 0, available_at, created_at
FROM message, generate_series(1, $2) n WHERE request_id = $1
"""


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def hanging(tmp_path: Path, post: Post) -> Iterator[Provider]:
    """A gateway that answers nobody till its gate opens; a mail server that works."""
    port, path = free_port(), tmp_path / "gateways.toml"
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    with provider() as one:
        one.gate.clear()
        path.write_text(PROFILE.format(name="g0", url=one.url, more="timeout = 18"), "utf-8")
        gateways.cache_clear()
        sms.health.known.clear()
        given = {
            "SMS_GATEWAYS": str(path),
            "SMTP_URL": f"smtp://127.0.0.1:{port}",
            "QUIET_HOURS": "",
        }
        with in_environment(given):
            yield one
    controller.stop()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAITED):
        while not true():  # noqa: ASYNC110 - what is awaited happens in another thread
            await asyncio.sleep(0.02)


async def while_draining(work: Callable[[], Awaitable[None]]) -> None:
    drain = asyncio.create_task(drain_all())
    try:
        await work()
    finally:
        await drain


async def test_a_provider_that_hangs_delays_nobody_else_however_many_wait_for_it(
    db: Services, queues: object, hanging: Provider, post: Post
) -> None:
    stuck = await decided(contact=PHONE, wants_reply=True)
    await rows(COPIES, stuck.id, 59)  # more than one worker holds
    await decided(ELSEWHERE, contact=MAIL, wants_reply=True)  # the last of all

    async def mail_arrives() -> None:
        try:
            await until(lambda: bool(post.taken))
            assert len(hanging.taken) == AT_ONCE
        finally:
            hanging.gate.set()

    await while_draining(mail_arrives)
    states = {one.state for one in await Message.filter(request_id=stuck.id)}
    assert states == {"sent", "queued"}
    assert await MessageAttempt.all().count() == 0  # to be put back is no failure


async def test_a_kill_in_mid_send_costs_one_repeat_told_by_the_same_reference(
    db: Services, queues: object, hanging: Provider
) -> None:
    request = await decided(contact=PHONE, wants_reply=True)
    await tell_reporter(request, "request.redo", NOW)
    worker = subprocess.Popen(  # noqa: ASYNC220 - it runs beside us
        [sys.executable, "-c", "from workers.delivery import drain; drain()"], env={**os.environ}
    )
    try:
        await until(lambda: len(hanging.taken) == 1)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    hanging.gate.set()
    assert await drain_all() == 0  # its lease stands, and holds the thread
    await rows("UPDATE message SET leased_until = $1", NOW)

    await drain_all()

    told = [one["ref"] for one in hanging.taken]
    assert (len(told), len(set(told)), told[0]) == (3, 2, told[1])
    assert [one.state for one in await Message.filter(request_id=request.id)] == ["sent"] * 2


async def test_a_hard_bounce_turns_to_the_next_address_and_is_kept(
    db: Services, queues: object, hanging: Provider, post: Post
) -> None:
    hanging.gate.set()
    post.at_rcpt = "550 no such user"
    request = await decided(contact=BOTH, wants_reply=True)

    await drain_all()

    (row,) = await Message.filter(request_id=request.id)
    assert (row.state, row.route, row.tried) == ("sent", "sms:g0", ["mail"])
    (tried,) = await MessageAttempt.filter(message_id=row.id)
    assert (tried.way, tried.error, tried.permanent) == ("mail", "smtp.550", True)
    assert len(hanging.taken) == 1


async def test_two_soft_bounces_then_taken(
    db: Services, queues: object, hanging: Provider, post: Post
) -> None:
    post.at_rcpt = "451 try again later"
    request = await decided(contact=MAIL, wants_reply=True)
    pauses = []
    for _ in range(2):
        await drain_all()
        (row,) = await Message.filter(request_id=request.id)
        (last,) = await MessageAttempt.filter(message_id=row.id).order_by("-at").limit(1)
        pauses.append((row.available_at - last.at).total_seconds())
        await Message.filter(id=row.id).update(available_at=NOW)
    post.at_rcpt = "250 OK"
    await drain_all()

    assert pauses == [30.0, 60.0]
    (row,) = await Message.filter(request_id=request.id)
    assert (row.state, row.attempts, len(post.taken)) == ("sent", 3, 1)
