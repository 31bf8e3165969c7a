"""Whose name is on every page: as set, else the narrowest of the jurisdictions in one line."""

from dataclasses import replace

import httpx
import pytest

from hotline import settings as core
from hotline.errors import PolicyGap
from hotline.policy.store import Packs, packs
from webforms import site
from webforms.site import pack_of_site

PROVINCE, PREFECTURE = "520000", "522700"


def set_to(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    own = replace(core.settings(), site=code)
    monkeypatch.setattr(site, "settings", lambda: own)


async def test_a_service_of_one_prefecture_speaks_for_it(client: httpx.AsyncClient) -> None:
    known = await packs()
    assert [pack.code for pack in known.serving()] == [PROVINCE, PREFECTURE]
    assert "黔南布依族苗族自治州" in (await client.get("/")).text


async def test_the_setting_decides(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, PROVINCE)
    assert "黔南布依族苗族自治州" not in (await client.get("/")).text
    set_to(monkeypatch, "999999")
    with pytest.raises(PolicyGap):
        pack_of_site(await packs())


async def test_of_jurisdictions_beside_each_other_none_is_taken_for_the_other(
    client: httpx.AsyncClient,
) -> None:
    known = (await packs()).by_code
    beside = replace(known[PREFECTURE], jurisdiction="522600")
    both = Packs({**known, "522600": beside})
    found = pack_of_site(both)
    assert found is not None
    assert found.code == PROVINCE


async def test_without_a_pack_nobody_is_named(client: httpx.AsyncClient) -> None:
    assert pack_of_site(Packs({})) is None
