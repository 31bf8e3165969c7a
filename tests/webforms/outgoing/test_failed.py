"""投递失败: seen, corrected, sent again, called off; of a reporter a masked address at most."""

import re
from collections.abc import Iterator

import httpx
import pytest
from aiosmtpd.controller import Controller

from hotline.commands.launch.services import in_environment
from hotline.database import row, rows
from hotline.rules.report import Contact
from hotline.rules.terms import Role
from tests.notifications.test_delivery import Post, free_port
from tests.support.sitting import Sitting, another, arrived, seat
from tests.support.visitor import Visitor
from workers.delivery import drain_all

WRONG = "wrong.person@example.org"
RIGHT = "right.person@example.org"
GIVEN = Contact(name="陈某某（虚构）", email=WRONG)


@pytest.fixture
def post() -> Post:
    return Post(at_rcpt="550 no such user")


@pytest.fixture
def mail(post: Post) -> Iterator[None]:
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    with in_environment({"SMTP_URL": f"smtp://127.0.0.1:{port}"}):
        yield
    controller.stop()


async def failed(visitor: Visitor, *roles: Role) -> tuple[Sitting, str, str]:
    """Somebody at the desk; the report whose message bounced; its page."""
    number = await arrived(contact=GIVEN, wants_reply=True)
    await drain_all()
    at = await seat(visitor, *(roles or (Role.SUPERVISOR,)))
    await at.go("/messages")
    (path,) = re.findall(r'href="(/messages/[0-9a-f]{32})"', at.text)
    await at.go(path)
    return at, number, path


async def state_of(number: str) -> tuple[str, str]:
    found = await row(
        "SELECT m.state, m.route FROM message m JOIN service_request r"
        " ON r.tenant_id = m.tenant_id AND r.id = m.request_id WHERE r.number = $1",
        number,
    )
    assert found
    return found["state"], found["route"] or ""


async def test_a_bounce_is_seen_with_its_cause_its_words_and_a_masked_address(
    visitor: Visitor, mail: None
) -> None:
    at, number, _ = await failed(visitor)
    assert number in at.text
    assert "w***@example.org" in at.text
    assert WRONG not in at.text
    assert "邮箱不存在 (smtp.550)" in at.text
    assert f"来件 {number} 已受理" in at.text
    await at.go("/messages?way=mail&error=smtp.550")
    assert number in at.text
    await at.go("/messages?way=short")
    assert number not in at.text


async def test_an_address_put_right_is_sealed_and_the_message_arrives(
    visitor: Visitor, mail: None, post: Post
) -> None:
    at, number, path = await failed(visitor)
    why = "反映人来电说邮箱写错"
    await at.press(f"{path}/address", way="mail", address="no address", reason=why)
    assert at.visitor.page is not None
    assert at.visitor.page.status_code == 422
    await at.press(f"{path}/address", way="mail", address=RIGHT, reason=why)
    post.at_rcpt = "250 OK"
    await drain_all()

    assert post.recipients == [RIGHT]
    assert await state_of(number) == ("sent", "smtp")
    kept = str(await rows("SELECT v::text, d.detail::text FROM vault v, event_detail d"))
    assert RIGHT not in kept
    step = await row(
        "SELECT d.detail FROM event e JOIN event_detail d ON d.id = e.id WHERE e.step = 'readdress'"
    )
    assert step
    assert '"email"' in str(step["detail"]).replace("'", '"')


async def test_what_one_outage_left_is_sent_again_at_once_and_only_once(
    visitor: Visitor, mail: None, post: Post
) -> None:
    at, number, path = await failed(visitor, Role.ADMIN)
    await at.go("/messages")
    post.at_rcpt = "250 OK"
    await at.press("/messages/resends")
    assert "重发 1 条，未能重发 0 条" in at.text
    await drain_all()
    assert await state_of(number) == ("sent", "smtp")
    token = at.visitor.form("/sign-out")
    again = await at.client.post(f"{path}/resend", data=token)
    assert again.status_code == 422
    assert len(post.taken) == 1


async def test_what_is_called_off_is_not_sent_and_says_why(visitor: Visitor, mail: None) -> None:
    at, number, path = await failed(visitor)
    await at.press(f"{path}/withdrawal", reason="已当面告知反映人")
    assert await state_of(number) == ("withdrawn", "")
    assert number not in at.text


async def test_an_administrator_may_send_again_but_not_change_an_address(
    visitor: Visitor, mail: None, client: httpx.AsyncClient
) -> None:
    at, number, path = await failed(visitor, Role.ADMIN)
    assert f"{path}/address" not in at.text
    token = at.visitor.form("/sign-out")
    data = {**token, "way": "mail", "address": RIGHT, "reason": "反映人来电更正"}
    assert (await at.client.post(f"{path}/address", data=data)).status_code == 403
    await rows("UPDATE service_request SET jurisdiction = '520000'")
    elsewhere = await seat(another(client), Role.SUPERVISOR)
    await elsewhere.go("/messages")
    assert number not in elsewhere.text
    assert (await elsewhere.go(path)).status_code == 404
