"""A paper's days count from the day on which it arrived; nothing else moves."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.rules.receiving import received
from hotline.rules.report import (
    Contact,
    Report,
    Representative,
    Story,
    contact_fields,
    contact_of,
    faults,
)
from hotline.rules.terms import Channel, Wish

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAYS = timedelta(days=3)


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.VISIT])
def test_a_paper_counts_from_its_arrival(channel: Channel) -> None:
    assert received(channel, NOW, NOW - DAYS) == NOW - DAYS
    assert received(channel, NOW, NOW + DAYS) == NOW
    assert received(channel, NOW, None) == NOW


def test_what_a_partner_says_of_its_own_receipt_moves_nothing() -> None:
    assert received(Channel.LINE_12345, NOW, NOW - DAYS) == NOW


def joint(people: int, signed: int | None) -> Report:
    """A letter in the names of several, made up（虚构）."""
    spoke = tuple(Representative(f"代表{n}（虚构）") for n in range(people))
    return Report(
        tenant_id="520000",
        jurisdiction="522700",
        channel=Channel.LETTER,
        wish=Wish.COMPLAIN,
        story=Story("小区旁的砖厂夜里冒黑烟（虚构）。", signatories=signed),
        contact=Contact(name="张某（虚构）", representatives=spoke),
    )


def test_at_most_five_speak_for_the_others() -> None:
    assert faults(joint(5, 120)) == {}
    assert faults(joint(6, 120)) == {"representatives": "contact.too_many_representatives"}
    assert faults(joint(0, 0)) == {"signatories": "story.signatories"}


def test_who_speaks_is_sealed_with_the_contact_and_read_back() -> None:
    contact = joint(2, None).contact
    assert contact_of(contact_fields(contact)) == contact
    assert not Contact(representatives=(Representative("代表（虚构）"),)).is_empty()
