"""Whatever bytes claim to be a form: read, or refused in words, never an error of ours."""

import asyncio
import os
from typing import Any, Final
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request

from webforms.submissions import Form, read_form

MANY: Final = 2000 if os.environ.get("HOTLINE_TEST_LONG") else 60
PIECES: Final = (
    *(
        b"--x\r\n",
        b"--x--",
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"--",
        b'"',
        b";",
        b"=",
        b"&",
        b"%",
        b"%zz",
    ),
    *(
        b'content-disposition: form-data; name="a"',
        b'; filename="f.csv"',
        b"; filename*=utf-8''%ff",
    ),
    *(
        b"content-disposition: form-data",
        b"content-type: text/plain; charset=utf-7",
        b"\xff",
        b"\0",
    ),
    *(
        b"content-transfer-encoding: base64",
        b"_charset_",
        "乡镇".encode(),
        "乡镇".encode("gb18030"),
    ),
)
KINDS: Final = (
    *("multipart/form-data; boundary=x", "multipart/form-data", 'multipart/form-data; boundary=""'),
    *("multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=乡"),
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=gbk", ""),
)
bodies = st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), max_size=14).map(b"".join)


@given(body=bodies, kind=st.sampled_from(KINDS))
@example(body=b"--x\r\n\r\n\r\n--x--", kind=KINDS[0])
@settings(max_examples=MANY, deadline=None)
def test_any_bytes_are_a_form_or_are_refused(body: bytes, kind: str) -> None:
    try:
        found = asyncio.run(read_form(sent(body, kind), most_files=3))
    except HTTPException as refused:
        found = Form()
        status = refused.status_code
    else:
        status = 200
    assert status in {200, 400}
    for values in found.fields.values():
        "".join(values).encode()  # no half character goes on


SIGNS: Final = (
    b"&",
    b"=",
    b"+",
    b"%",
    b"%4",
    b"%41",
    b"%zz",
    b"%e4",
    b"%E4%BD%A0",
    b";",
    b"%26",
    b"a",
)


@given(body=st.lists(st.sampled_from(SIGNS) | st.binary(max_size=3), max_size=12).map(b"".join))
@settings(max_examples=MANY * 5, deadline=None)
def test_a_form_says_what_the_standard_reader_finds_in_it(body: bytes) -> None:
    try:
        text = body.decode()
        wanted = [
            (name, value.strip().replace("\0", ""))
            for name, value in parse_qsl(text, keep_blank_values=True, errors="strict")
        ]
    except UnicodeDecodeError:
        with pytest.raises(HTTPException):
            asyncio.run(read_form(sent(body, KINDS[-3])))
        return
    found = asyncio.run(read_form(sent(body, KINDS[-3])))
    assert {name: found.raw(name) for name, _ in wanted} == dict(reversed(wanted))


def sent(body: bytes, kind: str) -> Request:
    """A request as a server hands it over, in two pieces."""
    pieces = iter((body[: len(body) // 2], body[len(body) // 2 :]))

    async def receive() -> dict[str, Any]:
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    headers = [(b"content-type", kind.encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "app": Starlette()}
    return Request(scope, receive)
