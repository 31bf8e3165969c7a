"""Who reports: made-up people; some call again and again, some never say who they are."""

from dataclasses import dataclass, field
from typing import Final

from hotline.commands.demonstration.book import Lots, page, weighted
from hotline.rules.report import Contact
from hotline.rules.terms import Channel, Secrecy, Wish

CALLS_AGAIN: Final = 0.3
REGULARS: Final = 12  # people who call more often
NUMBER: Final = "1300000{:04d}"


@dataclass(frozen=True, slots=True)
class Person:
    """Who reports, how they want to be known, and what they want."""

    channel: Channel
    wish: Wish
    secrecy: Secrecy
    contact: Contact = field(repr=False)
    wants_reply: bool = False
    wants_reward: bool = False
    may_publish: bool = False


def draw_person(lots: Lots, door: str, wish: str = "") -> Person:
    """Somebody at this door."""
    shares = page("fates")
    secrecy = Secrecy(weighted(lots, shares["secrecy"][door]))
    contact = _contact(lots, door, secrecy)
    return Person(
        channel=Channel(door),
        wish=Wish(wish or weighted(lots, shares["wishes"])),
        secrecy=secrecy,
        contact=contact,
        wants_reply=not contact.is_empty() and lots.random() < 0.75,
        wants_reward=secrecy is Secrecy.REAL_NAME and lots.random() < 0.3,
        may_publish=lots.random() < 0.4,
    )


def _contact(lots: Lots, door: str, secrecy: Secrecy) -> Contact:
    if secrecy is Secrecy.ANONYMOUS:
        return Contact()
    names: list[str] = page("people")["reporters"]["names"]
    regular = lots.random() < CALLS_AGAIN
    number = lots.randrange(REGULARS if regular else len(names))
    name = names[number]
    if door == "wechat":
        phone = NUMBER.format(number) if lots.random() < 0.3 else ""
        return Contact(name=name, phone=phone, openid=f"demo-{number:04d}")
    return Contact(name=name, phone=NUMBER.format(number))
