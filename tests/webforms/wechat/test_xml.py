"""Whatever comes as XML or as ciphertext is read or refused, never more. wechatpy is the oracle."""

import base64
import string
import time

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException

from webforms.wechat.cipher import NotOpened, opened, sealed
from webforms.wechat.messages import name_of, said_of
from webforms.wechat.signature import signature
from webforms.wechat.xml import NotXml, document, fields_of

KEY, APP, TOKEN = "kWxPEV2UEDyxWpmPB8jfIqLfzT4iQmQtRHVFyCCUAQ0", "wx41d0bf5d1aef33a2", "spamtest"
NAMES = st.text(string.ascii_letters, min_size=1, max_size=12)
XML_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n\t\r")
)


@given(st.dictionaries(NAMES, XML_TEXT, max_size=12))
def test_what_is_written_is_read_again(fields: dict[str, str]) -> None:
    assert fields_of(document(fields)) == fields


@given(st.dictionaries(NAMES, st.text("<&]>\"'abc中", max_size=20), min_size=1, max_size=5))
def test_what_is_written_another_reader_reads_alike(fields: dict[str, str]) -> None:
    found = xmltodict.parse(document(fields), strip_whitespace=False)["xml"]

    assert {name: value or "" for name, value in found.items()} == fields


@given(st.binary(max_size=300) | st.text("<>/&;![]xmlDOCTYPE a", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        fields = fields_of(b"<xml>" + body + b"</xml>")
        name_of(fields)
        said_of(fields)
    except NotXml:
        return


@given(
    st.fixed_dictionaries(
        {"FromUserName": st.just("o1"), "CreateTime": st.integers(0, 10**10).map(str)},
        optional={
            "MsgType": st.sampled_from(("text", "location", "event", "voice", "x", "LINK")),
            "Location_X": XML_TEXT | st.floats().map(str),
            "Location_Y": XML_TEXT | st.floats().map(str),
            "Content": XML_TEXT,
            "Event": XML_TEXT,
        },
    )
)
def test_any_message_of_somebody_is_understood(fields: dict[str, str]) -> None:
    said = said_of(fields)

    assert (said.longitude is None) == (said.latitude is None)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b'<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><C>&b;</C></xml>',
        b"<xml><C>&other;</C></xml>",
        b"<?xml-stylesheet href='x'?><xml/>",
        b"<xml>" + b"<a>" * 50 + b"</a>" * 50 + b"</xml>",
        b"<xml>" + b"".join(b"<a%d/>" % n for n in range(300)) + b"</xml>",
        b"<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>",
        b"<html/>",
        b"\xff\xfe<\x00x\x00m\x00l\x00/\x00>\x00",
        b"",
    ],
)
def test_what_no_message_needs_is_refused(body: bytes) -> None:
    with pytest.raises(NotXml):
        fields_of(body)


@given(st.binary(max_size=400))
def test_what_wechatpy_encrypts_is_opened_and_the_other_way(message: bytes) -> None:
    text = base64.b64encode(message).decode()
    said = f"<xml><T>{text}</T></xml>"
    wrapped = WeChatCrypto(TOKEN, KEY, APP).encrypt_message(said, "nonce", "1")
    encrypted = fields_of(wrapped.encode())["Encrypt"]
    assert opened(encrypted, KEY, APP).decode() == said

    back = sealed(said.encode(), KEY, APP)
    signed = signature(TOKEN, "1", "nonce", back)
    outer = document({"ToUserName": "", "Encrypt": back})
    read = WeChatCrypto(TOKEN, KEY, APP).decrypt_message(outer, signed, "1", "nonce")
    assert str(read) == said


@given(st.binary(max_size=200).map(lambda one: base64.b64encode(one).decode()) | st.text())
def test_any_ciphertext_is_opened_or_refused(encrypted: str) -> None:
    with pytest.raises(NotOpened):
        opened(encrypted, KEY, APP)


def test_a_message_for_another_account_is_refused_on_both_sides() -> None:
    made = sealed(b"<xml/>", KEY, "wx0000000000000000")

    with pytest.raises(NotOpened):
        opened(made, KEY, APP)
    timestamp = str(int(time.time()))
    signed = signature(TOKEN, timestamp, "n", made)
    with pytest.raises(InvalidAppIdException):
        WeChatCrypto(TOKEN, KEY, APP).decrypt_message(
            document({"Encrypt": made}), signed, timestamp, "n"
        )
