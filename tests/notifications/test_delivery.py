"""E-mail over a real socket: what the server answers decides what becomes of a message."""

import io
import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from hotline.rules.message import Failed, Outcome, Outgoing, Sent, Unreachable
from hotline.settings import Settings, read_settings
from notifications.deliver import deliver
from tests.notifications.test_compose import VALUES

ADDRESS = "reporter@example.org"
NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
LETTER = Outgoing("cafe01", "request.accepted", "reporter", VALUES, email=ADDRESS)


@dataclass
class Post:
    """A mail server that answers as it is told and keeps what it took."""

    at_rcpt: str = "250 OK"
    at_data: str = "250 OK"
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(envelope.content)
        return self.at_data

    def mail(self) -> EmailMessage:
        (raw,) = self.taken
        found = message_from_bytes(raw, policy=default)
        assert isinstance(found, EmailMessage)
        return found


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def settings(post: Post) -> Iterator[Settings]:
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    url = f"smtp://127.0.0.1:{port}"
    yield read_settings({"SMTP_URL": url, "SMTP_FROM": "hotline@city.example"})
    controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


async def test_a_mail_arrives_in_utf8_with_a_reference_that_tells_a_repeat(
    post: Post, settings: Settings
) -> None:
    assert await deliver(LETTER, settings, NOON) == Sent("smtp", 1)
    mail = post.mail()
    assert post.recipients == [ADDRESS]
    assert mail["Subject"] == "来件 QN20260302123456 已受理"
    assert "某市生态环境局（虚构）" in mail.get_content()
    assert mail["Message-ID"] == "<cafe01@city.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"] == "hotline@city.example"


@pytest.mark.parametrize(
    ("stage", "answer", "outcome"),
    [
        ("at_rcpt", "550 no such user", Failed("smtp.550", permanent=True)),
        ("at_rcpt", "451 try again later", Failed("smtp.451", permanent=False)),
        ("at_data", "554 refused", Failed("smtp.554", permanent=True)),
        ("at_data", "452 disk full", Failed("smtp.452", permanent=False)),
    ],
)
async def test_refused_for_good_and_refused_for_now_are_told_apart(
    post: Post, settings: Settings, stage: str, answer: str, outcome: Outcome
) -> None:
    setattr(post, stage, answer)
    assert await deliver(LETTER, settings, NOON) == outcome


async def test_a_server_that_is_away_is_tried_again(settings: Settings) -> None:
    away = replace(settings, smtp_url="smtp://127.0.0.1:1")
    assert await deliver(LETTER, away, NOON) == Failed("ConnectionRefusedError", permanent=False)


async def test_a_server_without_starttls_gets_no_mail_in_the_clear(
    post: Post, settings: Settings
) -> None:
    secured = replace(settings, smtp_url=f"{settings.smtp_url}?starttls=1")
    outcome = await deliver(LETTER, secured, NOON)
    assert isinstance(outcome, Failed)
    assert not outcome.permanent
    assert post.taken == []


async def test_a_wrong_password_is_ours_to_mend_and_loses_no_message(post: Post) -> None:
    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=right, handled=False)

    port = free_port()
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        wrong, right = [
            read_settings({"SMTP_URL": f"smtp://me:{word}@127.0.0.1:{port}"})
            for word in ("wrong", "right")
        ]
        assert await deliver(LETTER, wrong, NOON) == Failed("smtp.535", permanent=False)
        assert isinstance(await deliver(LETTER, right, NOON), Sent)
    finally:
        controller.stop()


@pytest.mark.parametrize(
    "address",
    [
        "reporter@example.org\r\nBcc: other@example.org",
        "reporter@example.org, other@example.org",
        "a <reporter@example.org>",
        "no address",
        "reporter@example.org\n",
        "@example.org",
    ],
)
async def test_an_address_that_could_carry_a_header_or_a_second_reader_is_refused(
    post: Post, settings: Settings, address: str
) -> None:
    outcome = await deliver(replace(LETTER, email=address), settings, NOON)
    assert outcome == Failed("address.form", permanent=True)
    assert post.taken == []


async def test_a_value_with_line_breaks_makes_no_header(post: Post, settings: Settings) -> None:
    values = {**VALUES, "number": "QN1\r\nBcc: other@example.org"}
    await deliver(replace(LETTER, values=values), settings, NOON)
    assert post.mail()["Bcc"] is None
    assert post.recipients == [ADDRESS]


async def test_a_phone_without_a_channel_and_nothing_at_all_are_unreachable(
    settings: Settings,
) -> None:
    phone = replace(LETTER, email="", phone="13800000000")
    assert await deliver(phone, settings, NOON) == Unreachable("no.channel")
    assert await deliver(replace(phone, phone=""), settings, NOON) == Unreachable("no.contact")


async def test_without_a_server_a_masked_line_is_shown(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        outcome = await deliver(LETTER, read_settings({}), NOON)
    written = io.StringIO()
    written.write(caplog.text)
    written.writelines(capfd.readouterr())
    assert outcome == Sent("console", 1)
    assert "request.accepted" in written.getvalue()
    for secret in (ADDRESS, VALUES["number"], VALUES["code"], VALUES["authority"]):
        assert secret not in written.getvalue()
