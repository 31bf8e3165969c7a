"""Which reports join by themselves, which a person is shown, and which never meet. All made up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hotline.rules import dedupe
from hotline.rules.coordinates import Point
from hotline.rules.dedupe import Sketch, likeness
from hotline.rules.normalise import body_key_text
from hotline.rules.signature import opening_signature, signature, title_signature
from hotline.rules.terms import Relation
from hotline.rules.weighing import DEFAULT

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TITLE = "甘塘镇砖厂夜间排放刺鼻黑烟"
BODY = "甘塘镇路口的砖厂每天夜里排放黑烟，气味刺鼻，附近的人都关着窗户睡觉，请派人来查一查。"
OTHER_WORDS = "甘塘镇路口那家砖厂又在夜间冒黑烟了，味道很刺鼻，窗户都不敢开，希望有人管。"
UNLIKE = "绿茵湖边的采石场白天放炮，粉尘落满菜地，水渠也被石渣堵住，麻烦处理。"


def a_sketch(body: str = BODY, title: str = TITLE, **other: object) -> Sketch:
    sketch = Sketch(
        id=UUID(int=1),
        county="c1",
        township="t1",
        kinds=frozenset({"air.odour"}),
        words=frozenset(signature(title, body)),
        title_words=title_signature(title),
        opening=opening_signature(body),
        body_key=body_key_text(body).encode(),
        sender=b"one",
        landmark="",
        target="",
        at=NOON,
        open=True,
    )
    return replace(sketch, **other)  # type: ignore[arg-type]


def test_the_same_words_from_the_same_sender_join() -> None:
    new = a_sketch(at=NOON + timedelta(hours=1))
    found = likeness(new, a_sketch())
    assert (found.band, found.relation) == ("join", Relation.AGAIN)
    assert {dedupe.SAME_TEXT, dedupe.SAME_SENDER} <= set(found.reasons)


def test_the_same_words_about_the_same_place_join_whoever_sends_them() -> None:
    found = likeness(a_sketch(sender=b"two"), a_sketch())
    assert (found.band, found.relation) == ("join", Relation.SAME)
    assert {dedupe.SAME_TEXT, dedupe.SAME_TOWNSHIP} <= set(found.reasons)


def test_the_same_sender_and_words_join_where_no_place_is_known() -> None:
    nowhere = a_sketch(county=None, township=None)
    assert likeness(nowhere, a_sketch()).band == "join"
    assert likeness(nowhere, nowhere).band == "join"


def test_an_anonymous_sender_is_nobodys_same_sender() -> None:
    nobody = a_sketch(sender=None, county=None, township=None)
    found = likeness(nobody, nobody)
    assert found.band == "suggest"
    assert dedupe.SAME_SENDER not in found.reasons


def test_the_county_alone_is_place_enough_for_a_long_text() -> None:
    new = a_sketch(sender=b"two", township=None)
    assert likeness(new, a_sketch()).band == "join"


def test_a_few_words_in_one_county_do_not_join_two_senders() -> None:
    old = a_sketch("噪音扰民", "噪音扰民", township=None)
    new = replace(old, sender=b"two")
    assert likeness(new, old).band == "suggest"


def test_a_few_words_about_one_spot_join_two_senders() -> None:
    old = a_sketch("噪音扰民", "噪音扰民", township=None, landmark="剑江路口修理铺")
    new = replace(old, sender=b"two", landmark="剑江路口的修理铺")
    assert likeness(new, old).band == "join"


@pytest.mark.parametrize("sender", [b"one", b"two"])
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"county": "c2", "township": "t9"},
        {"county": "c2", "township": None},
        {"township": "t2"},
        {"landmark": "城东菜市场"},
        {"target": "虚构乙水泥厂"},
    ],
)
def test_a_template_about_another_known_place_never_joins(
    sender: bytes, elsewhere: dict[str, object]
) -> None:
    old = a_sketch(landmark="甘塘路口砖厂", target="虚构甲砖厂")
    new = replace(old, sender=sender, **elsewhere)  # type: ignore[arg-type]
    found = likeness(new, old)
    assert found.band == "suggest"
    assert {dedupe.OTHER_PLACE, dedupe.OTHER_SPOT} & set(found.reasons)


def test_a_template_with_another_countys_names_filled_in_is_new() -> None:
    elsewhere = BODY.replace("甘塘镇", "平浪镇")
    new = a_sketch(elsewhere, TITLE.replace("甘塘镇", "平浪镇"), county="c2", township="t9")
    found = likeness(new, a_sketch())
    assert (found.band, found.relation) == ("new", Relation.FIRST)


def test_one_firm_in_two_counties_is_shown_to_a_person() -> None:
    old = a_sketch(target="虚构甲砖厂")
    new = a_sketch(OTHER_WORDS, county="c2", township="t9", target="虚构甲砖厂")
    found = likeness(new, old)
    assert found.band == "suggest"
    assert dedupe.SAME_TARGET in found.reasons


def test_like_words_are_a_suggestion_with_reasons() -> None:
    new = a_sketch(OTHER_WORDS, "砖厂夜间冒黑烟刺鼻", sender=b"two")
    found = likeness(new, a_sketch())
    assert (found.band, found.relation) == ("suggest", Relation.SAME)
    assert {dedupe.SAME_TOWNSHIP, dedupe.LIKE_TITLE, dedupe.SAME_KIND} <= set(found.reasons)


def test_the_same_senders_like_words_are_new_facts() -> None:
    found = likeness(a_sketch(OTHER_WORDS), a_sketch())
    assert (found.band, found.relation) == ("suggest", Relation.NEW_FACTS)


def test_another_matter_of_the_same_sender_and_place_is_new() -> None:
    new = a_sketch(UNLIKE, "采石场放炮扬尘", kinds=frozenset({"air.dust"}))
    found = likeness(new, a_sketch())
    assert (found.band, found.relation) == ("new", Relation.FIRST)


@pytest.mark.parametrize("new", [a_sketch(), a_sketch(sender=b"two"), a_sketch(OTHER_WORDS)])
def test_a_closed_matter_takes_no_report_and_is_suggested_as_a_reoffence(new: Sketch) -> None:
    found = likeness(new, a_sketch(open=False))
    assert (found.band, found.relation) == ("suggest", Relation.REOFFENCE)
    assert dedupe.CLOSED in found.reasons


def test_a_closed_matter_unlike_this_one_is_not_suggested() -> None:
    assert likeness(a_sketch(UNLIKE, "采石场放炮"), a_sketch(open=False)).band == "new"


def test_time_between_makes_less_likely_and_is_told() -> None:
    new = a_sketch(OTHER_WORDS, sender=b"two")
    soon = likeness(new, a_sketch(at=NOON - timedelta(days=2)))
    late = likeness(new, a_sketch(at=NOON - timedelta(days=200)))
    assert soon.score > late.score
    assert dedupe.LONG_AGO in late.reasons
    assert dedupe.LONG_AGO not in soon.reasons


def test_order_of_the_two_does_not_change_the_score() -> None:
    one, other = a_sketch(), a_sketch(OTHER_WORDS, "砖厂冒烟", sender=b"two")
    assert likeness(one, other).score == likeness(other, one).score


@pytest.mark.parametrize(
    "other", [a_sketch(), a_sketch(OTHER_WORDS), a_sketch(UNLIKE, "采石场放炮")]
)
def test_the_score_and_the_band_agree(other: Sketch) -> None:
    found = likeness(a_sketch(OTHER_WORDS, county="c2", township="t9"), other)
    assert (found.score >= DEFAULT.suggest) == (found.band != "new")


def test_empty_reports_are_not_alike() -> None:
    empty = a_sketch("", "", body_key=None, sender=None, kinds=frozenset())
    assert likeness(empty, empty).band == "new"


def test_every_reason_is_listed_for_the_catalogue() -> None:
    named = {value for name, value in vars(dedupe).items() if str(value).startswith("dedupe.")}
    assert named == set(dedupe.REASONS)


def test_another_problem_of_the_same_named_place_is_related_and_holds_nothing_up() -> None:
    old = a_sketch(
        "绿荫湖花园二期售楼部拖着退房款不还，多次去要都没有结果。", "绿荫湖花园二期退房款不还"
    )
    new = a_sketch(
        "绿荫湖花园二期门口的路灯坏了半个月，夜里走路很不安全。",
        "绿荫湖花园二期路灯不亮",
        sender=b"two",
        township=None,
        kinds=frozenset({"other"}),
    )
    found = likeness(new, old)
    assert (found.band, found.relation) == ("related", Relation.RELATED)
    assert not found.one_matter
    assert dedupe.SAME_NAME in found.reasons
    assert likeness(replace(new, county="c2", township="t9"), old).band == "new"


HERE = Point(107.5, 26.25, 50)


def test_the_long_name_of_a_county_makes_no_two_matters_one() -> None:
    place = "某河土家族苗族自治县"
    one, other = ("".join(map(chr, range(start, start + 60))) for start in (0x3400, 0x3500))
    first, second = f"{place}{one}冒黑烟", f"{place}{other}冒黑烟"
    found = likeness(
        a_sketch(first, first[:50], sender=None, township=None),
        a_sketch(second, second[:50], sender=None, township=None),
    )
    assert not found.one_matter


def test_positions_close_together_speak_for_one_matter() -> None:
    new, old = a_sketch(OTHER_WORDS, sender=b"two", point=HERE), a_sketch()
    told = likeness(new, replace(old, point=replace(HERE, latitude=26.2504)))
    assert told.score > likeness(new, old).score
    assert dedupe.NEAR in told.reasons


def test_a_few_words_about_one_position_join_two_senders() -> None:
    old = a_sketch("噪音扰民", "噪音扰民", township=None, point=HERE)
    assert likeness(replace(old, sender=b"two"), old).band == "join"


def test_the_same_words_kilometres_apart_never_join() -> None:
    old = a_sketch(point=HERE)
    found = likeness(replace(old, point=replace(HERE, latitude=26.3)), old)
    assert found.band == "suggest"
    assert dedupe.OTHER_SPOT in found.reasons


@pytest.mark.parametrize("county", ["c1", "c2", None])
@pytest.mark.parametrize("body", [BODY, OTHER_WORDS, UNLIKE])
@pytest.mark.parametrize("landmark", ["", "甘塘镇砖厂路口", "绿茵湖码头"])
@pytest.mark.parametrize("target", ["", "甘塘砖厂", "采石场"])
def test_what_is_passed_over_uncompared_would_be_new(
    county: str | None, body: str, landmark: str, target: str
) -> None:
    new = a_sketch(landmark="甘塘镇砖厂路口", target="甘塘砖厂")
    old = a_sketch(body, county=county, landmark=landmark, target=target)

    passed_over = dedupe.is_elsewhere(new, old)

    named = landmark == new.landmark or target == new.target
    assert passed_over == (county == "c2" and body != BODY and not named)
    assert not passed_over or likeness(new, old).band == "new"
