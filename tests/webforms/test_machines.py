"""Which pack is meant: one province needs no name, several do, and none is guessed."""

from dataclasses import replace

import pytest

from hotline.errors import NotFound
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics
from hotline.policy.store import Packs
from webforms.machines import asked_pack, packs_within

OURS, OTHER = ("520000", "522700"), "360000"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Pack]:
    """Two as shipped, and a province beside them."""
    found = {code: from_topics(code, topics_of(packs_on_disk(), code)) for code in OURS}
    return {**found, OTHER: replace(found[OURS[0]], jurisdiction=OTHER, tenant=OTHER)}


def known(shipped: dict[str, Pack], *codes: str) -> Packs:
    return Packs({code: shipped[code] for code in codes})


def test_the_only_province_needs_no_name(shipped: dict[str, Pack]) -> None:
    found = asked_pack(known(shipped, "520000", "522700"), "")
    assert found is not None
    assert found.code == "520000"


def test_among_several_provinces_one_must_be_named(shipped: dict[str, Pack]) -> None:
    several = known(shipped, "520000", "522700", "360000")
    named = asked_pack(several, "360000")
    assert asked_pack(several, "") is None
    assert named is not None
    assert named.code == "360000"


def test_a_pack_that_takes_no_reports_is_not_there(shipped: dict[str, Pack]) -> None:
    closed = replace(shipped[OTHER], identity=replace(shipped[OTHER].identity, serves=False))
    with pytest.raises(NotFound):
        asked_pack(Packs({**shipped, OTHER: closed}), OTHER)


def test_a_province_holds_its_own_prefectures_alone(shipped: dict[str, Pack]) -> None:
    several = known(shipped, "520000", "522700", "360000")
    assert packs_within(several, shipped["520000"]) == ["520000", "522700"]
    assert packs_within(several, shipped["522700"]) == ["522700"]
