"""What a call, a letter and a visit are all asked for, and the report that is made of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.normalise import phone_digits
from hotline.rules.report import Contact, Report, Story
from hotline.rules.terms import Channel, Secrecy, Wish
from webforms.staff.choices import read_kinds, read_place
from webforms.submissions import Form

LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Head:
    """How it came, what is wished for, where and what it is about; "" what stays open."""

    channel: str
    wish: str
    secrecy: str
    foreign_number: str
    county: str
    township: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The two sealed parts of it."""

    story: Story
    contact: Contact


def read_head(form: Form, pack: Pack, channels: Collection[Channel]) -> Head:
    """Each field checked against the pack and against what the desk offers."""
    county, township = read_place(form, pack)
    return Head(
        kinds=tuple(read_kinds(form, pack)),
        channel=form.choice("channel", set(channels), need="agent.need_channel"),
        wish=form.choice("wish", set(Wish), need="agent.need_wish"),
        secrecy=form.choice("secrecy", set(Secrecy), need="agent.need_secrecy"),
        foreign_number=form.text("foreign_number", most=64),
        county=county,
        township=township,
    )


def read_story(form: Form, text: str, signatories: int | None = None) -> Story:
    """What was told, and the three lines that stand beside it."""
    return Story(
        text=text,
        landmark=form.text("landmark", most=LINE),
        source_name=form.text("source_name", most=LINE),
        occurred=form.text("occurred", most=LINE),
        signatories=signatories,
    )


def check_contact(form: Form, contact: Contact, secrecy: str) -> None:
    """A number that is one; and whoever gives a name gives a number with it."""
    if contact.phone and phone_digits(contact.phone) is None:
        form.problem("phone", "agent.bad_phone")
    if secrecy == Secrecy.REAL_NAME and not (contact.name and contact.phone):
        form.problem("name" if contact.phone else "phone", "agent.real_name_needs")


async def report_of(form: Form, pack: Pack, head: Head, said: Said, code: str) -> Report:
    """Under the rules of whoever serves the county; of a form in which nothing is wrong."""
    served = (await packs()).serving_county(pack.tenant, head.county) if head.county else pack
    return Report(
        tenant_id=pack.tenant,
        jurisdiction=served.jurisdiction,
        channel=Channel(head.channel),
        wish=Wish(head.wish),
        story=said.story,
        contact=said.contact,
        secrecy=Secrecy(head.secrecy),
        county=head.county or None,
        township=head.township or None,
        kinds=head.kinds,
        wants_reply=form.ticked("wants_reply"),
        wants_reward=form.ticked("wants_reward"),
        notice_version=served.privacy_notice_version,
        foreign_number=head.foreign_number or None,
        code=code,
    )
