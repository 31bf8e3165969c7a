"""An unbroken history, and every way it can be broken."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from hotline.rules.history import GENESIS, SIZE, Link, commitment, digest, first_break

KEY = b"k" * 32
SALT = b"s" * 16


def a_chain(length: int) -> list[Link]:
    links: list[Link] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        header = {"tenant": "t", "aggregate": "order", "seq": seq, "step": "sign"}
        bound = commitment(SALT, {"note": f"made up {seq}"})
        previous = digest(KEY, previous, bound, header)
        links.append(Link(header, bound, previous))
    return links


def test_a_chain_verifies_as_it_was_written() -> None:
    assert first_break(KEY, a_chain(5)) is None


def test_a_chain_verifies_from_the_middle_when_the_digest_before_is_given() -> None:
    links = a_chain(5)
    assert first_break(KEY, links[2:], previous=links[1].digest) is None


def without(links: Sequence[Link], place: int) -> list[Link]:
    return [link for at, link in enumerate(links) if at != place]


def test_a_removed_event_shows_where_it_was() -> None:
    assert first_break(KEY, without(a_chain(5), 2)) == 2


def test_events_that_changed_places_show() -> None:
    first, second, third = a_chain(3)
    assert first_break(KEY, [first, third, second]) == 1


def test_a_changed_header_shows() -> None:
    links = a_chain(3)
    links[1] = replace(links[1], header={**links[1].header, "step": "close"})
    assert first_break(KEY, links) == 1


def test_a_changed_commitment_shows() -> None:
    links = a_chain(3)
    links[2] = replace(links[2], commitment=commitment(SALT, {"note": "another"}))
    assert first_break(KEY, links) == 2


def test_a_chain_written_with_another_key_shows_at_once() -> None:
    assert first_break(b"x" * 32, a_chain(2)) == 0


def test_a_commitment_depends_on_salt_and_detail() -> None:
    base = commitment(SALT, {"a": 1})
    assert len(base) == SIZE
    assert base == commitment(SALT, {"a": 1})
    assert base != commitment(b"t" * 16, {"a": 1})
    assert base != commitment(SALT, {"a": 2})


def test_a_salt_cannot_borrow_from_the_detail() -> None:
    detail = {"a": 1}
    assert commitment(SALT + b"{", detail) != commitment(SALT, {"{": detail})


def test_a_short_salt_an_empty_key_and_a_cut_digest_are_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        commitment(b"short", {})
    with pytest.raises(ValueError, match="key"):
        digest(b"", GENESIS, GENESIS, {})
    with pytest.raises(ValueError, match="bytes"):
        digest(KEY, b"", GENESIS, {})
