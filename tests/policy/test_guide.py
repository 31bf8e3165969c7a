"""docs/policy-packs.md: a stranger's pack, built from the guide's own blocks, has no fault."""

import argparse
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from hotline.commands import policy
from hotline.commands.launch.words import Trouble
from hotline.policy.check import check
from hotline.policy.load import HERE, TOPICS, packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics
from hotline.policy.rewarding import reward_schemes
from hotline.policy.routes import Matter, routed
from hotline.policy.topics import Topic, gazetteer_of
from hotline.rules.locating import locate

GUIDE = Path(__file__).parents[2] / "docs" / "policy-packs.md"
BLOCK = re.compile(r"`(packs/[0-9]{6}/[a-z]+\.toml)`\n\n```toml\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"policy new ([0-9]{6}) --name (\S+) --parent ([0-9]{6})")
CODE = "520900"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the delivered packs beside which a stranger writes one."""
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    return tmp_path


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    policy.add_arguments(parser)
    return policy.run(parser.parse_args(arguments))


def follow(folder: Path) -> None:
    """What the guide says: `new`, then each block into the file it stands under."""
    code, name, parent = COMMAND.findall(GUIDE.read_text("utf-8"))[0]
    assert run("new", code, "--name", name, "--parent", parent, "--folder", str(folder)) == 0
    for path, text in BLOCK.findall(GUIDE.read_text("utf-8")):
        (folder / path).write_text(text, "utf-8")


def followed(folder: Path) -> Pack:
    follow(folder)
    return from_topics(CODE, topics_of(packs_on_disk(folder), CODE))


def test_the_guides_pack_checks_without_a_fault(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    follow(folder)
    assert run("check", "--folder", str(folder)) == 0
    printed = capsys.readouterr().out
    assert "0 处错误 faults" in printed
    for gap in ("labels of older numbers", "order_12345_help: no term", "unknown: days to claim"):
        assert f"{CODE} " in printed
        assert gap in printed
    # no file outside the pack's own folder
    assert {path: path.read_bytes() for path in before} == before
    new = {path.parent.name for path in folder.rglob("*.toml")} - {p.parent.name for p in before}
    assert new == {CODE}


def test_the_guide_shows_every_topic_a_jurisdiction_may_write() -> None:
    shown = {Path(path).stem for path, _ in BLOCK.findall(GUIDE.read_text("utf-8"))}
    assert shown | {"kinds", "texts"} == set(TOPICS)  # national, seldom one's own: told in words


def test_the_guides_code_is_nobodys() -> None:
    packs = packs_on_disk()
    for code in sorted(packs)[1:]:
        places = gazetteer_of(Topic(code, "places", topics_of(packs, code)["places"]))
        assert places.get(CODE) is None


@pytest.mark.parametrize(
    ("kind", "place", "lead"),
    [
        ("air.odour", "520921", "520921.environment"),  # the province's template reaches it
        ("air.site_dust", "520921", "520921.housing"),
        ("noise.social", "520922", "520922.urban_management"),
        ("solid.household", "520921100", "520921.urban_management"),
        ("ecology.mining", "520921", "520921.government"),  # nobody's: the fallback
    ],
)
def test_the_guides_pack_routes(folder: Path, kind: str, place: str, lead: str) -> None:
    assert routed(followed(folder), Matter((kind,), place)).lead == lead


def test_the_guides_pack_finds_its_places_terms_and_days(folder: Path) -> None:
    pack = followed(folder)
    text = "云溪市清石县竹影镇的砖厂夜里冒烟"
    found = locate(
        pack.gazetteer, chosen_county=None, chosen_township=None, text=text, on=date(2026, 12, 2)
    )
    assert (found.county, found.township) == ("520921", "520921101")
    assert {"order_12345_consult", "order_12345_complain", "handling"} <= {
        scheme.code for scheme in pack.schemes
    }
    assert not pack.calendar.is_working(date(2026, 9, 9))
    assert pack.calendar.known_years == {2024, 2025, 2026}
    assert "information_request" in {reason.code for reason in pack.acceptance.reasons}
    assert (pack.tenant, pack.prefix) == ("520000", "YX")


def test_the_guides_reward_is_read(folder: Path) -> None:
    follow(folder)
    topic = topics_of(packs_on_disk(folder), CODE)["reward"]
    codes = [scheme.code for scheme in reward_schemes(Topic(CODE, "reward", topic))]
    assert codes == ["YX-2026", "GZ-2020"]


def test_a_new_pack_holds_together_serves_nobody_and_names_what_is_missing(folder: Path) -> None:
    run("new", CODE, "--name", "云溪市", "--parent", "520000", "--folder", str(folder))
    packs = packs_on_disk(folder)
    assert not packs[CODE].serves
    checked = check(packs)
    assert checked.faults == ()
    gaps = {gap.text for gap in checked.gaps if gap.pack == CODE}
    assert {"unknown: prefix", "unknown: hotline", "unknown: who has which duty"} <= gaps


def test_turned_on_without_a_prefix_it_is_a_fault(folder: Path) -> None:
    run("new", CODE, "--name", "云溪市", "--parent", "520000", "--folder", str(folder))
    file = folder / "packs" / CODE / "identity.toml"
    file.write_text(file.read_text("utf-8").replace("serves = false", "serves = true"), "utf-8")
    assert [one.text for one in check(packs_on_disk(folder)).faults] == ["does not say prefix"]


def test_a_prefix_belongs_to_one_pack(folder: Path) -> None:
    follow(folder)
    file = folder / "packs" / CODE / "identity.toml"
    file.write_text(file.read_text("utf-8").replace('"YX"', '"QN"'), "utf-8")
    found = {(one.pack, one.text) for one in check(packs_on_disk(folder)).faults}
    assert found == {(code, "prefix QN: stands in two packs") for code in (CODE, "522700")}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("clocks.toml", '"working_day"', '"workday"', "'workday' is not a valid Unit"),
        ("protection.toml", "months = 24", "months = 0", "months of refused: at least 1"),
    ],
)
def test_a_value_of_another_shape_is_a_fault_and_ends_nothing(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    follow(folder)
    for name, was, becomes in ((file, old, new), ("identity.toml", '"YX"', '"yx"')):
        path = folder / "packs" / CODE / name
        path.write_text(path.read_text("utf-8").replace(was, becomes), "utf-8")
    told = "\n".join(one.text for one in check(packs_on_disk(folder)).faults)
    assert said in told
    assert "prefix yx: one to six capital letters" in told


def test_a_reward_without_its_day_is_a_fault(folder: Path) -> None:
    follow(folder)
    file = folder / "packs" / CODE / "reward.toml"
    file.write_text(file.read_text("utf-8").replace("\nfrom = 2026-01-01\n", "\n"), "utf-8")
    found = [f"{one.topic}: {one.text}" for one in check(packs_on_disk(folder)).faults]
    assert found == ["reward: does not say from of YX-2026"]


@pytest.mark.parametrize(
    ("file", "old", "said"),
    [
        ("places.toml", 'version = "2026-11"\n', "520900: places does not say version"),
        ("clocks.toml", "valid_from = 2026-01-01\n", "520900: clocks does not say valid_from"),
        ("identity.toml", 'parent = "520000"\n', "520900: identity does not say parent"),
        ("routing.toml", "rule = [", "routing.toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, file: str, old: str, said: str) -> None:
    follow(folder)
    path = folder / "packs" / CODE / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, "", 1), "utf-8")
    with pytest.raises(Trouble, match=re.escape(said)):
        run("check", "--folder", str(folder))


def test_a_folder_that_does_not_say_who_it_is_is_named(folder: Path) -> None:
    (folder / "packs" / CODE).mkdir()
    with pytest.raises(Trouble, match=f"{CODE}: identity does not say anything"):
        run("check", "--folder", str(folder))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "52090", "--name", "云溪市", "--parent", "520000"], "six digits"),
        (["new", CODE, "--parent", "520000"], "--name"),
        (["new", CODE, "--name", '云"溪', "--parent", "520000"], "--name"),
        (["new", "522700", "--name", "云溪市", "--parent", "520000"], "has a pack"),
        (["new", CODE, "--name", "云溪市", "--parent", "529999"], "no pack of --parent 529999"),
        (["new", CODE, "--name", "云溪市"], "no pack of --parent"),
    ],
)
def test_what_new_refuses(folder: Path, words: list[str], said: str) -> None:
    with pytest.raises(Trouble, match=re.escape(said)):
        run(*words, "--folder", str(folder))
    assert not (folder / "packs" / CODE).exists()
