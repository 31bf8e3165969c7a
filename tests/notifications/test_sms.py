"""Short messages through real gateways: signed as each asks, failing over, silent at night."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.policy.compose import brief
from hotline.policy.wordings import LANGUAGES, catalogue
from hotline.rules.message import Failed, Later, Outgoing, Sent, Unreachable
from hotline.rules.signing import signature
from hotline.rules.wordings import ONE_TIME
from hotline.settings import Settings, read_settings
from notifications.channels import sms
from notifications.deliver import deliver
from notifications.gateways import ProfileError, gateways
from tests.notifications.gateway import Provider, provider
from tests.notifications.test_compose import VALUES

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
NIGHT = datetime(2026, 3, 9, 19, tzinfo=UTC)  # three in the morning in China
NOTE = Outgoing("cafe01", "request.accepted", "reporter", VALUES, phone="13800000000")
ONE_MESSAGE = 70  # characters; a longer one is cut in two and paid twice

PROFILE = """
[[gateway]]
name = "{name}"
url = "{url}"
within = true
account = "acc"
secret = "key"
{more}
[gateway.fields]
app = "{{account}}"
mobile = "{{phone}}"
content = "{{text}}"
ref = "{{reference}}"
ts = "{{timestamp}}"
sig = "{{signature}}"
[gateway.answers]
code = "result.code"
taken = ["0"]
never = ["1003"]
"""


@pytest.fixture
def first() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture
def second() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture(autouse=True)
def nothing_failed_before() -> None:
    sms.health.known.clear()


def profile(folder: Path, *given: Provider, more: str = "") -> Settings:
    """A file of gateways, one for each provider."""
    path = folder / "gateways.toml"
    rows = [PROFILE.format(name=f"g{at}", url=one.url, more=more) for at, one in enumerate(given)]
    path.write_text("".join(rows), encoding="utf-8")
    gateways.cache_clear()
    return read_settings({"SMS_GATEWAYS": str(path)})


async def test_a_gateway_takes_the_words_the_number_and_a_reference_that_tells_a_repeat(
    first: Provider, tmp_path: Path
) -> None:
    assert await deliver(NOTE, profile(tmp_path, first), NOON) == Sent("sms:g0", 1)
    (taken,) = first.taken
    assert taken["mobile"] == "13800000000"
    assert taken["ref"] == "cafe01"
    assert "QN20260302123456" in taken["content"]


async def test_the_words_are_signed_as_the_profile_says(first: Provider, tmp_path: Path) -> None:
    more = 'sign = "hmac-sha256"\nsign_over = "{sorted}"'
    await deliver(NOTE, profile(tmp_path, first, more=more), NOON)
    taken = dict(first.taken[0])
    signed = taken.pop("sig")
    said = "&".join(f"{name}={taken[name]}" for name in sorted(taken))
    assert signed == hmac.new(b"key", said.encode(), hashlib.sha256).hexdigest()


def test_the_digest_of_the_national_standard_is_its_published_one() -> None:
    published = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert signature("sm3", "abc", "") == published


@pytest.mark.parametrize("body", ["json", "form", "query"])
async def test_fields_go_where_the_profile_puts_them(
    first: Provider, tmp_path: Path, body: str
) -> None:
    outcome = await deliver(NOTE, profile(tmp_path, first, more=f'body = "{body}"'), NOON)
    assert isinstance(outcome, Sent)
    assert first.taken[0]["app"] == "acc"


async def test_the_second_gateway_takes_what_the_first_does_not_and_is_asked_first_for_a_while(
    first: Provider, second: Provider, tmp_path: Path
) -> None:
    first.answer = {"result": {"code": "busy"}}
    settings = profile(tmp_path, first, second)
    assert await deliver(NOTE, settings, NOON) == Sent("sms:g1", 1)
    assert await deliver(NOTE, settings, NOON) == Sent("sms:g1", 1)
    assert (len(first.taken), len(second.taken)) == (1, 2)


async def test_a_number_that_does_not_exist_is_not_tried_elsewhere(
    first: Provider, second: Provider, tmp_path: Path
) -> None:
    first.answer = {"result": {"code": 1003}}
    outcome = await deliver(NOTE, profile(tmp_path, first, second), NOON)
    assert outcome == Failed("g0.1003", permanent=True)
    assert second.taken == []


@pytest.mark.parametrize("answer", ["<html>down</html>", {"other": 1}, []])
async def test_an_answer_that_is_not_understood_is_not_taken_for_yes(
    first: Provider, tmp_path: Path, answer: object
) -> None:
    first.answer = answer
    outcome = await deliver(NOTE, profile(tmp_path, first), NOON)
    assert outcome == Failed("g0.200", permanent=False)


async def test_a_slow_and_an_absent_gateway_are_tried_again_later(
    first: Provider, tmp_path: Path
) -> None:
    first.pause = 0.4
    slow = await deliver(NOTE, profile(tmp_path, first, more="timeout = 0.1"), NOON)
    # a busy machine may not even get as far as reading before the whole time is over
    whys = ("ReadTimeout", "ConnectTimeout", "TimeoutError")
    assert slow in [Failed(f"g0.{why}", permanent=False) for why in whys]
    gone = replace(first, url="http://127.0.0.1:1/send")
    away = await deliver(NOTE, profile(tmp_path, gone), NOON)
    assert away == Failed("g0.ConnectError", permanent=False)


async def test_nobody_is_woken_at_night(first: Provider, tmp_path: Path) -> None:
    outcome = await deliver(NOTE, profile(tmp_path, first), NIGHT)
    assert outcome == Later(datetime(2026, 3, 10, 0, tzinfo=UTC))
    assert first.taken == []


async def test_a_landline_takes_no_short_message(first: Provider, tmp_path: Path) -> None:
    landline = replace(NOTE, phone="08548220000")
    outcome = await deliver(landline, profile(tmp_path, first), NOON)
    assert outcome == Unreachable("no.channel")


async def test_only_wordings_the_operator_approved_are_sent_when_there_are_any(
    first: Provider, tmp_path: Path
) -> None:
    approved = '[gateway.templates]\n"request.accepted" = { id = "T1", params = ["number"] }\n'
    settings = profile(tmp_path, first)
    path = Path(settings.sms_gateways)
    content = path.read_text("utf-8").replace('ref = "{reference}"', 'tpl = "{template}{params}"')
    path.write_text(content + approved, encoding="utf-8")
    gateways.cache_clear()
    assert isinstance(await deliver(NOTE, settings, NOON), Sent)
    assert first.taken[0]["tpl"] == 'T1{"number":"QN20260302123456"}'
    other = await deliver(replace(NOTE, template="request.closed"), settings, NOON)
    assert other == Failed("g0.no_template", permanent=False)


async def test_an_address_inside_the_house_must_be_said_to_be_one(
    first: Provider, tmp_path: Path
) -> None:
    settings = profile(tmp_path, first)
    path = Path(settings.sms_gateways)
    outside = path.read_text("utf-8").replace("within = true", "").replace("http:", "https:")
    path.write_text(outside, encoding="utf-8")
    gateways.cache_clear()
    outcome = await deliver(NOTE, settings, NOON)
    assert outcome == Failed("g0.RefusedAddressError", permanent=False)
    assert first.taken == []


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("url = 1", "fields"),
        ("[gateway.fields]\nx = '{name}'", "nobody gives"),
        ("sign = 'rot13'\n[gateway.fields]", "sign is one of"),
        ("body = 'xml'\n[gateway.fields]", "body is one of"),
        ("colour = 'red'\n[gateway.fields]", "colour"),
    ],
)
def test_a_profile_that_cannot_work_says_why_and_not_its_secret(
    tmp_path: Path, written: str, why: str
) -> None:
    path = tmp_path / "gateways.toml"
    url = "" if written.startswith("url") else "url = 'https://sms.example/send'\n"
    path.write_text(f"[[gateway]]\nname = 'g'\nsecret = 'hush'\n{url}{written}", encoding="utf-8")
    gateways.cache_clear()
    with pytest.raises(ProfileError, match=why) as refused:
        gateways(path)
    assert "hush" not in str(refused.value)


async def test_a_profile_that_cannot_be_read_loses_no_message(tmp_path: Path) -> None:
    gateways.cache_clear()
    settings = read_settings({"SMS_GATEWAYS": str(tmp_path / "none.toml")})
    assert await deliver(NOTE, settings, NOON) == Failed("sms.profile", permanent=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_wording_is_one_message_and_tells_nothing_of_the_matter(language: str) -> None:
    for key, wording in catalogue(language).items():
        if key.startswith("request."):
            note = brief(Outgoing("r", key, "reporter", VALUES, language=language))
            assert len(note.text) <= ONE_MESSAGE, key
            assert wording.holes() >= {"number"}
            exposed = {"authority", "reason", "refer_to", "code", "progress_url"}
            for told in exposed - ({"code"} if key in ONE_TIME else set()):
                assert f"{{{told}}}" not in wording.short, key


def test_neither_number_nor_secret_shows_in_a_trace(first: Provider, tmp_path: Path) -> None:
    (gateway,) = gateways(Path(profile(tmp_path, first).sms_gateways))
    assert "key" not in repr(gateway)
    assert "13800000000" not in repr(NOTE)
