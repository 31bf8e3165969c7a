"""直达: whoever takes the straight way and whoever takes the layers are answered alike."""

import httpx
import pytest

from tests.support.visitor import Visitor
from webforms.app import create_app
from webforms.straight import POSTED, Straight

FORM = {"content-type": "application/x-www-form-urlencoded", "x-forwarded-proto": "https"}


@pytest.mark.parametrize("path", POSTED)
async def test_a_refusal_says_the_same_under_the_same_headers(
    visitor: Visitor, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del visitor  # the database and the queue
    straight = await _answers(path)
    monkeypatch.setattr(Straight, "leads_to", lambda self, scope: False)
    layered = await _answers(path)
    assert straight == layered
    assert min(status for status, _, _ in straight[:-1]) >= 400


async def _answers(path: str) -> list[tuple[int, dict[str, str], bytes]]:
    transport = httpx.ASGITransport(create_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://hotline.test") as client:
        sent = (b"", b"a=%FF", b"a=" + b"a" * 65 * 1024 * 1024)
        said = [await client.post(path, content=one, headers=FORM) for one in sent]
        said += [await client.get(path)]
    return [(one.status_code, _told(one), one.content) for one in said]


def _told(answer: httpx.Response) -> dict[str, str]:
    return {name: said for name, said in answer.headers.items() if name != "set-cookie"}
