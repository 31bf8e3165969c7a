"""One byte form for one value."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from hotline.rules.canonical import canonical_json
from hotline.rules.terms import Channel, Role


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical_json({"b": 1, "a": [1, None, True]}) == b'{"a":[1,null,true],"b":1}'


def test_chinese_text_stays_as_it_is() -> None:
    assert canonical_json({"事项": "恶臭"}) == '{"事项":"恶臭"}'.encode()


def test_the_same_instant_has_one_form_in_every_zone() -> None:
    here = datetime(2026, 1, 4, 3, 0, tzinfo=timezone(timedelta(hours=8)))
    there = datetime(2026, 1, 3, 19, 0, tzinfo=UTC)
    assert canonical_json(here) == canonical_json(there) == b'"2026-01-03T19:00:00.000000+00:00"'


def test_a_datetime_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        canonical_json({"at": datetime(2026, 1, 4, 3, 0)})


def test_ids_enumerations_dates_money_and_bytes_have_their_form() -> None:
    value = (UUID(int=7), Channel.LINE_12345, date(2026, 2, 28), Decimal("10.50"), b"\x01\xff")
    assert json.loads(canonical_json(value)) == [
        "00000000-0000-0000-0000-000000000007",
        "12345",
        "2026-02-28",
        "10.50",
        "01ff",
    ]


def test_an_enumeration_and_its_value_are_the_same() -> None:
    assert canonical_json({Role.AGENT: Channel.WEB}) == canonical_json({"agent": "web"})


def test_a_set_has_no_order_and_a_tuple_keeps_its_own() -> None:
    assert canonical_json(frozenset({"b", "a"})) == canonical_json({"a", "b"}) == b'["a","b"]'
    assert canonical_json(("b", "a")) == b'["b","a"]'


def test_a_set_of_unlike_things_is_sorted_too() -> None:
    assert canonical_json({1, "1", None}) == canonical_json({None, "1", 1})


def test_numbers_survive_a_trip_through_the_database() -> None:
    assert canonical_json(1e22) == canonical_json(10**22)
    assert canonical_json(-0.0) == canonical_json(0)
    assert canonical_json(0.1) == b"0.1"


@pytest.mark.parametrize("value", [object(), {1: "a"}, {None: "a"}, 1j])
def test_what_has_no_agreed_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json([value])


def test_a_broken_character_does_not_stop_a_digest() -> None:
    assert canonical_json("a\ud800") != canonical_json("a")
