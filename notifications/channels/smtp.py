"""E-mail over SMTP: refused for good (5xx) and for now (4xx) are told apart.

SMTP_URL: smtp://user:password@host:587?starttls=1, smtps://…:465, or smtp://host:25 within a house.
"""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from hotline.policy.compose import Letter
from hotline.rules.masking import EMAIL
from hotline.rules.message import Failed, Outcome, Outgoing, Sent
from hotline.settings import Settings

ROUTE: Final = "smtp"
TIMEOUT: Final = 10.0  # seconds for each answer of the server
_PERMANENT: Final = range(500, 600)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    sender: str
    security: str = ""  # "" | starttls | tls
    user: str = ""
    password: str = field(default="", repr=False)


def server(settings: Settings) -> Server:
    """The server of SMTP_URL."""
    parts = urlsplit(settings.smtp_url)
    starttls = parse_qs(parts.query).get("starttls", ["0"])[0] == "1"
    security = "tls" if parts.scheme == "smtps" else "starttls" if starttls else ""
    host = parts.hostname or "localhost"
    return Server(
        host=host,
        port=parts.port or {"tls": 465, "starttls": 587}.get(security, 25),
        sender=settings.smtp_from or f"hotline@{host}",
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


async def send(outgoing: Outgoing, letter: Letter, to: Server) -> Outcome:
    """Hand one mail over, in a thread. The error names a code, never an address."""
    if not EMAIL.fullmatch(outgoing.email):
        return Failed("address.form", permanent=True)
    try:
        await asyncio.to_thread(_hand_over, _mail(outgoing, letter, to), to)
    except smtplib.SMTPException as error:
        return _failure(error)
    except (OSError, ValueError) as error:  # unreachable, cut off, timed out, not to be encoded
        return Failed(type(error).__name__, permanent=isinstance(error, ValueError))
    return Sent(ROUTE, letter.version)


def _mail(outgoing: Outgoing, letter: Letter, to: Server) -> EmailMessage:
    """Headers refuse line breaks by themselves (policy SMTP); the body is UTF-8."""
    name, _, domain = outgoing.email.rpartition("@")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = to.sender
    mail["To"] = Address(username=name, domain=domain.encode("idna").decode())
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(localtime())
    mail["Message-ID"] = f"<{outgoing.reference}@{to.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body, charset="utf-8", cte="base64")
    return mail


def _hand_over(mail: EmailMessage, to: Server) -> None:
    with _connection(to) as connection:
        if to.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if to.user:
            connection.login(to.user, to.password)
        connection.send_message(mail)


def _connection(to: Server) -> smtplib.SMTP:
    if to.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)


def _failure(error: smtplib.SMTPException) -> Failed:
    """What the server says of the recipient or the letter lasts; of ourselves, it may be mended."""
    code = _code(error)
    about_us = isinstance(
        error,
        smtplib.SMTPAuthenticationError
        | smtplib.SMTPSenderRefused
        | smtplib.SMTPConnectError
        | smtplib.SMTPHeloError,
    )
    return Failed(f"smtp.{code or type(error).__name__}", code in _PERMANENT and not about_us)


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
