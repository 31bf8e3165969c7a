"""Whatever a machine sends is a report or named faults, never a crash: any form, any JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotline.errors import BadReport
from hotline.lookups.api_key import KeyHolder
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics
from hotline.rules.documents import NotAnObject, json_object
from hotline.rules.terms import Channel, Scope
from tests.support.machine import FORM
from webforms.api.problems import language_of, worded
from webforms.hooks.phone import told_of
from webforms.hooks.reading import read
from webforms.open311.answers import Said, _xml, split_format
from webforms.open311.reading import Posted, report_of
from webforms.texts import LANGUAGES

NOW = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
HOLDER = KeyHolder(
    "520000", "any", "522700", Channel.PARTNER, frozenset(Scope), per_minute=1, good_until=None
)
NAMES = st.sampled_from(
    [*FORM, "attribute[county]", "attribute[township]", "email", "media_url", "x"]
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "都匀市", "522701", "air.odour", "nan", "1e999", "-0", "90.0001", "真" * 4001]
    ),
)
FORMS = st.dictionaries(
    st.one_of(NAMES, st.text(max_size=20)), st.lists(WORDS, max_size=2), max_size=12
)
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
    ),
    max_leaves=8,
)
TOLD = st.sampled_from(["event", "call", "at", "extension", "caller", "called", "recording"])
FIELDS = st.sampled_from(
    ["text", "title", "wish", "county", "township", "kinds", "contact", "occurred_at", "paper_date",
     "received_at", "foreign_number", "wants_reply", "secrecy", "own"]
)  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return from_topics("522700", topics_of(packs_on_disk(), "522700"))


def is_taken_or_worded(reading: Callable[[], Any]) -> bool:
    """Every fault has its words in both languages."""
    try:
        return reading() is not None
    except BadReport as refusal:
        faults = refusal.errors
    except NotAnObject as refusal:
        faults = {"": refusal.key}
    return bool(faults) and all(
        worded(code, language) for code in faults.values() for language in LANGUAGES
    )


@given(form=FORMS)
@example(form={**{name: [value] for name, value in FORM.items()}, "lat": ["inf"]})
@example(form={**{name: [value] for name, value in FORM.items()}, "last_name": ["\ud800"]})
@settings(max_examples=60, deadline=None)
def test_any_form_is_a_report_or_its_faults_are_named(
    pack: Pack, form: dict[str, list[str]]
) -> None:
    posted = Posted.of({**{name: [value] for name, value in FORM.items()}, **form})
    assert posted.canonical().isascii()
    assert is_taken_or_worded(lambda: report_of(posted, HOLDER, pack, NOW))


@given(form=st.dictionaries(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12)))
@settings(max_examples=100, deadline=None)
def test_the_same_content_is_the_same_whatever_its_order_and_wrapping(form: dict[str, str]) -> None:
    shuffled = dict(sorted(form.items(), reverse=True))
    told = Posted.of({name: [value] for name, value in form.items()})
    again = Posted.of({name: [value] for name, value in shuffled.items()}, {"api_key": ["hk_x"]})
    assert told.canonical() == again.canonical()
    keep = {name: value for name, value in form.items() if value.strip()}
    try:
        sent = parse_qsl(urlencode(keep), keep_blank_values=True, strict_parsing=bool(keep))
    except UnicodeEncodeError:
        return
    assert Posted.of({name: [value] for name, value in sent}).canonical() == told.canonical()


@given(body=st.dictionaries(st.one_of(FIELDS, st.text(max_size=10)), JSONS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_object_is_a_report_or_its_faults_are_named(pack: Pack, body: dict[str, Any]) -> None:
    content = json.dumps({"text": "某厂夜里冒黑烟（虚构）。", **body}).encode()
    assert is_taken_or_worded(lambda: read(json_object(content), HOLDER, pack, NOW))


@given(
    body=st.dictionaries(st.one_of(TOLD, st.text(max_size=10)), JSONS, max_size=8),
    recording=st.one_of(JSONS, st.dictionaries(st.sampled_from(["content", "reference"]), JSONS)),
)
@example(body={"event": "recording", "call": "c", "at": "2026-03-05T14:00:00+08:00"}, recording={})
@settings(max_examples=60, deadline=None)
def test_any_event_of_a_phone_system_is_told_or_its_faults_are_named(
    body: dict[str, Any], recording: Any
) -> None:
    content = json.dumps({"recording": recording, **body}).encode()
    assert is_taken_or_worded(lambda: told_of(content, NOW))


@given(body=st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_object_or_said_to_be_none(body: bytes) -> None:
    assert is_taken_or_worded(lambda: json_object(body))


@given(words=st.text(max_size=60))
@example(words="\x0b\x00\ufffe]]>&<")
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_is_well_formed_xml(words: str) -> None:
    told = _xml(
        Said("errors", [{"code": "400", "description": words.encode("utf-8", "replace").decode()}])
    )
    (error,) = ET.fromstring(told)
    assert error.findtext("code") == "400"


@given(accepted=st.text(max_size=40))
@example(accepted="en;q=nan,zh;q=1e999")
@settings(max_examples=100, deadline=None)
def test_any_wish_for_a_language_is_one_we_speak(accepted: str) -> None:
    assert language_of(accepted) in ("zh", "en")


@given(name=st.text(max_size=30))
def test_a_name_is_split_at_its_last_dot_or_not_at_all(name: str) -> None:
    stem, form = split_format(name)
    assert (f"{stem}.{form}" if form else stem) == name
