"""A call as typed on the one screen, and the report that is made of it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.normalise import phone_digits
from hotline.rules.report import Contact, Delivery, Report, Story
from hotline.rules.terms import Channel, Secrecy, Wish
from hotline.rules.wording import letter
from webforms.staff.choices import read_kinds, read_place
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
LINE: Final = 200
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
    county, township = read_place(form, pack)
    kinds = read_kinds(form, pack)
    channel = form.choice("channel", set(CHANNELS), need="agent.need_channel")
    wish = form.choice("wish", set(Wish), need="agent.need_wish")
    secrecy = form.choice("secrecy", set(Secrecy), need="agent.need_secrecy")
    story, contact = _story(form), _contact(form, secrecy)
    at_once = act_of(form) in ("answer", "join")
    if form.raw("act") == "answer":
        _check_answer(form)
    foreign = form.text("foreign_number", most=64)
    if channel == Channel.LINE_12345 and not foreign:
        form.problem("foreign_number", "agent.need_foreign")
    if form.problems:
        return None
    serving = (await packs()).serving_county(pack.tenant, county) if county else pack
    return Report(
        tenant_id=pack.tenant,
        jurisdiction=serving.jurisdiction,
        channel=Channel(channel),
        wish=Wish(wish),
        story=story,
        contact=contact,
        secrecy=Secrecy(secrecy),
        county=county or None,
        township=township or None,
        kinds=tuple(kinds),
        wants_reply=form.ticked("wants_reply"),
        wants_reward=form.ticked("wants_reward"),
        notice_version=serving.privacy_notice_version,
        foreign_number=foreign or None,
        code=code,
        hold_until=now + ANSWERING if at_once else None,
    )


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


def _story(form: Form) -> Story:
    return Story(
        text=told(form, need="agent.need_text"),
        landmark=form.text("landmark", most=LINE),
        source_name=form.text("source_name", most=LINE),
        occurred=form.text("occurred", most=LINE),
    )


def _contact(form: Form, secrecy: str) -> Contact:
    """An anonymous caller's number and name are not kept at all."""
    name, phone = form.text("name", most=40), form.text("phone", most=40)
    if secrecy == Secrecy.ANONYMOUS:
        return Contact()
    if phone and phone_digits(phone) is None:
        form.problem("phone", "agent.bad_phone")
    if secrecy == Secrecy.REAL_NAME and not (name and phone):
        form.problem("name" if phone else "phone", "agent.real_name_needs")
    if form.ticked("wants_reply") and not phone:
        form.problem("phone", "agent.reply_needs_phone")
    return Contact(name=name, phone=phone)
