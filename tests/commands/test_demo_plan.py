"""The demonstration's plan: drawn from a seed, varied, plainly made up, and nothing yet to come."""

import re
from datetime import UTC, datetime

import pytest

from hotline.commands.demonstration.book import kinds, page
from hotline.commands.demonstration.fates import fates
from hotline.commands.demonstration.plan import Drawing, Planned, plan
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics

MOMENTS = [
    datetime(2026, 10, 8, 2, 30, tzinfo=UTC),  # the first working day after a week of holidays
    datetime(2026, 3, 1, 16, 0, 30, tzinfo=UTC),  # half a minute past midnight in Shanghai
    datetime(2027, 1, 3, 9, 0, tzinfo=UTC),  # a Sunday in a year without announced holidays
]
PLENTY = 60


@pytest.fixture(scope="module")
def pack() -> Pack:
    code = page("people")["jurisdiction"]
    return from_topics(code, topics_of(packs_on_disk(), code))


@pytest.fixture(scope="module")
def planned(pack: Pack) -> list[Planned]:
    return plan(Drawing(pack, MOMENTS[0]))


def test_the_same_seed_draws_the_same_plan_and_another_seed_another(
    pack: Pack, planned: list[Planned]
) -> None:
    assert plan(Drawing(pack, MOMENTS[0])) == planned
    assert plan(Drawing(pack, MOMENTS[0], seed=1)) != planned


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_whatever_the_day_everything_lies_before_now_and_in_order(
    pack: Pack, now: datetime
) -> None:
    drawn = plan(Drawing(pack, now))

    for one in drawn:
        moments = [one.at, *(act.at for act in one.acts)]
        assert moments == sorted(moments), one.key
        assert moments[-1] <= now, one.key
    assert [one.at for one in drawn] == sorted(one.at for one in drawn)


def test_there_are_some_three_hundred_and_every_way_is_taken(planned: list[Planned]) -> None:
    assert 300 <= len(planned) <= 400
    assert {fate.name for fate in fates()} <= {one.fate for one in planned}


def test_there_are_many_phrases_for_every_part_of_a_report() -> None:
    assert sum(len(words.deeds) for words in kinds()) > PLENTY
    assert len(page("firms")["brands"]) >= PLENTY
    assert len(page("places")["spots"]["any"]) >= PLENTY
    assert len(page("people")["reporters"]["names"]) >= PLENTY
    for name in ("openings", "times", "closings", "harms"):
        assert sum(len(phrases) for phrases in page(name).values()) >= PLENTY, name
    handling = [*page("answers").values(), *page("answers")["measures"].values()]
    assert sum(len(phrases) for phrases in handling if isinstance(phrases, list)) >= PLENTY
    remarks = [*page("remarks").values(), *page("remarks")["rating"].values()]
    assert sum(len(phrases) for phrases in remarks if isinstance(phrases, list)) >= PLENTY


def test_hardly_two_reports_use_the_same_words(planned: list[Planned]) -> None:
    everyday = [one.telling.text for one in planned if not one.fate.startswith("group")]
    assert len(set(everyday)) > 0.97 * len(everyday)
    lengths = sorted(map(len, everyday))
    assert lengths[0] < 20
    assert lengths[-1] > 500


def test_people_firms_and_papers_say_that_they_are_made_up(planned: list[Planned]) -> None:
    people = page("people")
    named = [row["name"] for row in people["login"]]
    named += [*people["colleagues"]["names"], *people["reporters"]["names"]]
    named += page("media")["outlets"]
    named += [one.telling.source for one in planned if one.telling.source]
    named += [one.person.contact.name for one in planned if one.person.contact.name]
    plain = {who for words in kinds() if words.plain for who in words.who}
    plain |= {row["who"] for row in page("joined")["matter"]}
    assert [name for name in named if not name.endswith("（虚构）") and name not in plain] == []


def test_no_telephone_or_address_of_anybody_is_in_it(planned: list[Planned]) -> None:
    for one in planned:
        contact = one.person.contact
        assert contact.email == ""
        assert re.fullmatch(r"(1300000\d{4})?", contact.phone), one.key
        numbers = re.findall(r"\d{7,}", one.telling.text)
        assert all(number.startswith("1300000") for number in numbers), one.key
        assert one.telling.url == "" or one.telling.url.startswith("https://news.example/")


def test_air_and_noise_are_what_most_reports_are_about(planned: list[Planned]) -> None:
    media = [one.telling.about.partition(".")[0] for one in planned if one.telling.about]
    assert media.count("air") > media.count("noise") > media.count("water") > media.count("solid")
