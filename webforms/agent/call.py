"""A call as typed on the one screen, and the report that is made of it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.rules.report import Contact, Delivery, Report
from hotline.rules.terms import Channel, Secrecy, Wish
from hotline.rules.wording import letter
from webforms.staff.entered import Said, check_contact, read_head, read_story, report_of
from webforms.staff.typed import names_of
from webforms.submissions import Form
from webforms.telling import told

CHANNELS: Final = (
    Channel.PHONE,
    Channel.LINE_12345,
    Channel.WECHAT,
    Channel.LETTER,
    Channel.VISIT,
    Channel.PARTNER,
)
ANSWERING: Final = timedelta(minutes=2)  # meanwhile the service leaves the report to the desk


@dataclass(frozen=True, slots=True)
class Typed:
    """The screen's fields as typed; kept as they are, right or wrong."""

    channel: str = Channel.PHONE.value
    foreign_number: str = ""
    phone: str = ""
    name: str = ""
    secrecy: str = Secrecy.CONFIDENTIAL.value
    wish: str = Wish.COMPLAIN.value
    kind: str = ""
    kind2: str = ""
    county: str = ""
    township: str = ""
    landmark: str = ""
    source_name: str = ""
    text: str = ""
    occurred: str = ""
    card: str = ""  # 监督员证
    wants_reply: str = ""
    wants_reward: str = ""
    answer: str = ""
    order: str = ""  # the matter that the call belongs to; none: a new one


def act_of(form: Form) -> str:
    """登记 while a matter is chosen beside the typing is 并单."""
    act = form.raw("act")
    return "join" if act == "save" and form.raw("order") else act


async def read_call(form: Form, pack: Pack, code: str, now: datetime) -> Report | None:
    """The report, or None with the problems noted in the form."""
    head = read_head(form, pack, CHANNELS)
    story = read_story(form, told(form, need="agent.need_text"))
    contact = _contact(form, head.secrecy)
    if form.raw("act") == "answer":
        _check_answer(form)
    if head.channel == Channel.LINE_12345 and not head.foreign_number:
        form.problem("foreign_number", "agent.need_foreign")
    if form.problems:
        return None
    report = await report_of(form, pack, head, Said(story, contact), code)
    at_once = act_of(form) in ("answer", "join")
    return replace(report, hold_until=now + ANSWERING if at_once else None)


def delivery_of(form: Form, draft_id: UUID, staff_id: str) -> Delivery:
    """The same draft is the same call, however often it is sent."""
    body = json.dumps({name: form.raw(name) for name in names_of(Typed)}, sort_keys=True).encode()
    return Delivery(channel_of(staff_id), str(draft_id), body, strict=False)


def channel_of(staff_id: str) -> str:
    """Under which the calls of one person are delivered."""
    return f"agent:{staff_id}"


def _check_answer(form: Form) -> None:
    said = form.text("answer", most=2000, need="agent.need_answer")
    try:
        if said:
            letter(said)
    except StepRefused as refused:
        form.problem("answer", f"refused.{refused.key}", **refused.values)


def _contact(form: Form, secrecy: str) -> Contact:
    """An anonymous caller's number and name are not kept at all."""
    contact = Contact(name=form.text("name", most=40), phone=form.text("phone", most=40))
    if secrecy == Secrecy.ANONYMOUS:
        return Contact()
    check_contact(form, contact, secrecy)
    if form.ticked("wants_reply") and not contact.phone:
        form.problem("phone", "agent.reply_needs_phone")
    return contact
