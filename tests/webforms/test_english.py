"""What an English reader is shown: kinds by their English names, official Chinese names marked."""

import httpx
import pytest

from hotline.policy.store import packs
from hotline.rules.terms import Role
from tests.support.sitting import DESK, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import tell_where


@pytest.fixture
def english(visitor: Visitor) -> Visitor:
    visitor.client.cookies.set("language", "en")
    return visitor


async def test_every_kind_of_ours_has_an_english_name(client: httpx.AsyncClient) -> None:
    pack = (await packs()).serving()[0]
    nameless = [one.code for one in pack.lexicon.kinds if one.ours and not one.name_en]
    assert nameless == []


async def test_what_the_public_is_told_is_told_in_english_too(english: Visitor) -> None:
    texts = (await packs()).serving()[0].texts
    told = [key for key in texts if f"{key}_en" in texts]
    assert set(told) >= {"taken", "not_taken", "before_you_start", "emergency", "privacy_notice"}
    for path in ("/", "/privacy", "/report/emergency"):
        page = (await english.go(path)).text
        assert [key for key in told if texts[key][:12] in page] == []
        assert any(texts[f"{key}_en"][:12] in page for key in told), path


async def test_kinds_are_chosen_and_checked_by_their_english_names(english: Visitor) -> None:
    await tell_where(english)
    assert english.page is not None
    assert "Water" in english.page.text
    assert "噪声" not in english.page.text


async def test_an_order_names_its_kind_in_english_and_its_department_as_chinese(
    english: Visitor,
) -> None:
    number = await order_number(await arrived(kinds=("air.dust",)))
    await seat(english, Role.HANDLER, department=DESK)
    page = (await english.go(f"/desk/orders/{number}")).text
    assert "Smoke and dust" in page
    assert '<span lang="zh-CN">' in page


async def test_a_chinese_reader_sees_no_english_name(visitor: Visitor) -> None:
    await tell_where(visitor)
    assert visitor.page is not None
    assert "噪声" in visitor.page.text
    assert "Water" not in visitor.page.text
