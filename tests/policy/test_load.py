"""Packs on disk: their chains, their tenants, their digests."""

from pathlib import Path

import pytest

from hotline.errors import PolicyGap
from hotline.policy.load import chain, digest, packs_on_disk, topics_of

PACKS = packs_on_disk()


def test_the_packs_form_chains_up_to_the_national_root() -> None:
    assert [pack.code for pack in chain(PACKS, "522700")] == ["522700", "520000", "000000"]


def test_the_province_of_the_chain_is_the_tenant_of_every_pack_below_it() -> None:
    assert {code: pack.tenant for code, pack in PACKS.items()} == {
        "000000": "",
        "220000": "220000",
        "360000": "360000",
        "500000": "500000",
        "520000": "520000",
        "522700": "520000",
    }


def test_the_root_takes_no_reports_and_holds_the_calendar() -> None:
    # Three provinces are written and not turned on: see test_provinces.py.
    waiting = {code for code, pack in PACKS.items() if not pack.serves}
    assert waiting == {"000000", "220000", "360000", "500000"}
    with_days = [code for code, pack in PACKS.items() if "calendar" in pack.topics]
    assert with_days == ["000000", "522700"]


def test_the_digest_does_not_depend_on_the_layout() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_contents_are_ready_for_json_with_days_as_text() -> None:
    rows = PACKS["520000"].topics["places"].content["former"]
    assert all(isinstance(row["valid_to"], str) for row in rows)


def test_an_unknown_pack_is_a_gap() -> None:
    with pytest.raises(PolicyGap):
        chain(PACKS, "no such pack")


def test_a_parent_that_is_not_there_is_a_gap(tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "999000-orphan"
    folder.mkdir(parents=True)
    (folder / "identity.toml").write_text(
        'version = "1"\nvalid_from = 2026-01-01\ncode = "999000"\nname = "孤儿"\n'
        'parent = "999999"\nserves = true\n',
        "utf-8",
    )
    with pytest.raises(PolicyGap, match="999999"):
        packs_on_disk(tmp_path)


def test_what_is_inherited_is_there_and_the_childs_own_comes_first() -> None:
    topics = topics_of(PACKS, "522700")
    assert topics["identity"]["prefix"] == "QN"
    assert topics["clocks"]["scheme"]
    assert topics["departments"]["department"][0]["code"].startswith("522700.")
