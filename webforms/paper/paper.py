"""A letter or a visit as typed, and the report that is made of it."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from hotline.policy.pack import Pack
from hotline.rules.clocks import SHANGHAI
from hotline.rules.normalise import phone_digits
from hotline.rules.report import (
    MOST_REPRESENTATIVES,
    MOST_SIGNATORIES,
    Contact,
    Delivery,
    Report,
    Representative,
)
from hotline.rules.terms import Channel, Secrecy, Wish
from webforms.staff.entered import LINE, Said, check_contact, read_head, read_story, report_of
from webforms.submissions import Form, whole
from webforms.telling import told

CHANNELS: Final = (Channel.LETTER, Channel.VISIT)
SPEAKERS: Final = tuple(range(1, MOST_REPRESENTATIVES + 1))
EARLIEST: Final = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as typed; kept as they are, right or wrong."""

    channel: str = Channel.LETTER.value
    foreign_number: str = ""
    paper_date: str = ""
    received_on: str = ""
    signatories: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    secrecy: str = Secrecy.CONFIDENTIAL.value
    speaker1: str = ""
    speaker2: str = ""
    speaker3: str = ""
    speaker4: str = ""
    speaker5: str = ""
    wish: str = Wish.REPORT.value
    kind: str = ""
    kind2: str = ""
    county: str = ""
    township: str = ""
    landmark: str = ""
    source_name: str = ""
    text: str = ""
    occurred: str = ""
    wants_reply: str = ""
    wants_reward: str = ""


async def read_paper(form: Form, pack: Pack, code: str, now: datetime) -> Report | None:
    """The report, or None with the problems noted in the form."""
    head = read_head(form, pack, CHANNELS)
    written, arrived = _days(form, now)
    story = read_story(form, told(form, need="paper.need_text"), _signatories(form))
    contact = _contact(form, head.secrecy)
    if form.problems or arrived is None:
        return None
    report = await report_of(form, pack, head, Said(story, contact), code)
    return replace(report, paper_date=written, partner_received_at=_moment(arrived, now))


def delivery_of(typed: Typed, draft_id: UUID, staff_id: str) -> Delivery:
    """The same draft is the same paper, however often it is sent."""
    body = json.dumps(asdict(typed), sort_keys=True).encode()
    return Delivery(channel_of(staff_id), str(draft_id), body, strict=False)


def channel_of(staff_id: str) -> str:
    """Under which the papers that one person enters are delivered."""
    return f"paper:{staff_id}"


def _days(form: Form, now: datetime) -> tuple[date | None, date | None]:
    """落款日期, if there is one, and 收到日期: neither to come, the paper not after its arrival."""
    today = now.astimezone(SHANGHAI).date()
    arrived = _day(form, "received_on", today)
    if arrived is None and "received_on" not in form.problems:
        form.problem("received_on", "paper.need_received")
    written = _day(form, "paper_date", today)
    if written and arrived and written > arrived:
        form.problem("paper_date", "paper.written_later")
    return written, arrived


def _day(form: Form, name: str, today: date) -> date | None:
    typed = form.text(name, most=20)
    if not typed:
        return None
    try:
        found = date.fromisoformat(typed.replace("/", "-"))
    except ValueError:
        form.problem(name, "paper.bad_day")
        return None
    if not EARLIEST <= found <= today:
        form.problem(name, "paper.out_of_time")
    return found


def _moment(arrived: date, now: datetime) -> datetime:
    """The end of that day at the latest: the day itself is not counted in any case."""
    return min(datetime.combine(arrived, time(23, 59, 59), SHANGHAI), now)


def _signatories(form: Form) -> int | None:
    typed = form.text("signatories", most=10)
    if not typed:
        return None
    count = whole(typed)
    if count is not None and 1 <= count <= MOST_SIGNATORIES:
        return count
    form.problem("signatories", "paper.bad_signatories")
    return None


def _contact(form: Form, secrecy: str) -> Contact:
    """Of somebody unnamed nothing is kept, whatever stands in the fields."""
    contact = Contact(
        name=form.text("name", most=40),
        phone=form.text("phone", most=40),
        address=form.text("address", most=LINE),
        representatives=tuple(filter(None, (_speaker(form, place) for place in SPEAKERS))),
    )
    if secrecy == Secrecy.ANONYMOUS:
        return Contact()
    check_contact(form, contact, secrecy)
    if form.ticked("wants_reply") and not (contact.phone or contact.address):
        form.problem("phone", "paper.reply_needs")
    return contact


def _speaker(form: Form, place: int) -> Representative | None:
    """张某 13800000000: a name, and the number behind it if one was given."""
    said = form.text(f"speaker{place}", most=80)
    name, _, phone = (
        said.rpartition(" ") if phone_digits(said.rpartition(" ")[2]) else (said, "", "")
    )
    return Representative(name.strip(), phone) if name.strip() else None
