"""退信: a mail that was taken and came back turns to the next way, once, whoever pipes it in."""

from datetime import timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import Message, MessageAttempt
from hotline.rules.bounces import Bounce, bounce
from hotline.rules.message import Failed, Outgoing, Sent
from hotline.rules.report import Contact
from hotline.steps.bounce import take_bounce
from hotline.steps.replay import replay_stuck
from hotline.steps.send import Leased, prepare, settle
from tests.steps.builders import NOW, decided

MAIL = Contact(name="陈某某（虚构）", email="reporter@example.org")
REPORT = """\
From: mailer-daemon@mx.example
To: hotline@city.example
Message-ID: <deadbeefdeadbeef@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reporter@example.org
Action: {action}
Status: {status}
--b
Content-Type: {kind}

From: hotline@city.example
Message-ID: <{reference}@city.example>
Subject: x

--b--
"""


def returned(
    reference: str, action: str = "failed", status: str = "5.1.1", kind: str = "message/rfc822"
) -> bytes:
    said = REPORT.format(reference=reference, action=action, status=status, kind=kind)
    return said.replace("\n", "\r\n").encode()


REFERENCE = "ab" * 32


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_tells_the_mail_by_our_reference(kind: str) -> None:
    assert bounce(returned(REFERENCE, kind=kind)) == Bounce(REFERENCE, "5.1.1", permanent=True)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff\x00", b"Subject: hello\r\n\r\nFinal-Recipient: x; Status: 5.1.1",
        returned("no reference"), returned(REFERENCE, status="none"),
        returned(REFERENCE).replace(b"multipart/report", b"multipart/mixed"),
    ],
)  # fmt: skip
def test_what_is_no_notification_of_ours_is_nothing(raw: bytes) -> None:
    assert bounce(raw) is None


def test_a_delay_is_no_failure() -> None:
    late = bounce(returned(REFERENCE, action="delayed", status="4.4.1"))
    assert late == Bounce(REFERENCE, "4.4.1", permanent=False)


async def test_a_mail_that_came_back_is_queued_once_without_its_way(
    db: Services, queues: object
) -> None:
    request = await decided(contact=MAIL, wants_reply=True)
    (row,) = await Message.filter(request_id=request.id)
    leased = Leased(row.tenant_id, row.id, 1)
    ready = await prepare(leased)
    assert isinstance(ready, Outgoing)
    await settle(leased, Sent("smtp", 1), NOW)
    found = bounce(returned(ready.reference))
    assert found

    assert await take_bounce(found, NOW)
    assert not await take_bounce(found, NOW)

    (row,) = await Message.filter(request_id=request.id)
    assert (row.state, row.tried, row.error) == ("queued", ["mail"], "smtp.5.1.1")
    assert await MessageAttempt.filter(message_id=row.id).count() == 1


async def test_an_outage_is_replayed_once_its_way_works_again_and_a_refusal_is_not(
    db: Services, queues: object
) -> None:
    request = await decided(contact=MAIL, wants_reply=True)
    (row,) = await Message.filter(request_id=request.id)
    leased = Leased(row.tenant_id, row.id, 9)
    await settle(leased, Failed("TimeoutError", permanent=False), NOW, "mail")
    later = NOW + timedelta(hours=1)
    assert await replay_stuck(later) == 0  # nothing has gone by mail since
    elsewhere = "独山县某采石场（虚构）白天放炮，粉尘飘到村里。"
    other = await decided(elsewhere, contact=MAIL, wants_reply=True)
    (good,) = await Message.filter(request_id=other.id)
    await settle(Leased(good.tenant_id, good.id, 1), Sent("smtp", 1), later)
    await rows("UPDATE message SET created_at = $1", NOW)

    assert await replay_stuck(later) == 1
    assert await replay_stuck(later) == 0
    await settle(leased, Failed("smtp.550", permanent=True), NOW + timedelta(minutes=30), "mail")
    assert await replay_stuck(later) == 0
