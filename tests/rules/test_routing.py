"""交办: the most specific row decides, and no row means the fallback, or a person."""

from dataclasses import replace
from typing import Any

import pytest

from hotline.rules.departments import Department, Directory
from hotline.rules.explaining import detail_of, explanation_of
from hotline.rules.routing import Facts, Passed, Routed, Rule, When, Where, is_shadowed, route


def a_rule(kind: str, lead: str, *co: str, **given: Any) -> Rule:
    return Rule(kind, lead, co, f"law on {kind}", "a source", "V", **given)


def a_desk(code: str, county: str = "", parent: str = "") -> Department:
    return Department(code, code, code, county, parent, True, "a source", "V")


def at(*codes: str) -> Where:
    return Where(("900000", "900100", *codes))


DESKS = Directory(
    (
        a_desk("900101.environment", "900101", "900100.environment"),
        a_desk("900101.housing", "900101", "900100.housing"),
        a_desk("900102.housing", "900102"),
        a_desk("900101.government", "900101"),
        a_desk("900100.environment"),
        a_desk("900100.water"),
    )
)
RULES = (
    a_rule("air", "environment"),
    a_rule("air.dust", "housing", "environment"),
    a_rule("air.dust", "water", place="900102"),
    a_rule("water", "environment", "water"),
    a_rule("noise", ""),
    a_rule("soil", "forestry"),
)


def routed(*kinds: str, county: str = "900101", rules: Any = RULES, **given: Any) -> Routed:
    return route(rules, DESKS, Facts(kinds, (at(county),), **given))


def test_the_countys_own_desk_leads_and_assists() -> None:
    answer = routed("air.dust")
    assert (answer.lead, answer.co) == ("900101.housing", ("900101.environment",))
    assert (answer.cause, answer.why, answer.source) == ("", ("law on air.dust",), "a source")


def test_a_kind_without_a_row_takes_its_parents() -> None:
    assert routed("air.odour").lead == "900101.environment"


def test_a_row_for_the_county_beats_the_row_for_any() -> None:
    assert routed("air.dust", county="900102").lead == "900100.water"


def test_a_row_for_the_township_beats_the_countys_and_the_prefectures() -> None:
    rules = (
        a_rule("air", "water", place="900101001"),
        a_rule("air.dust", "housing", place="900101"),
        a_rule("air.dust.site", "environment", place="900100"),
    )
    here = Facts(("air.dust.site",), (at("900101", "900101001"),))
    assert route(rules, DESKS, here).lead == "900100.water"


def test_without_a_desk_in_the_county_the_jurisdictions_own_leads() -> None:
    assert routed("air", county="900102").lead == "900100.environment"


def test_the_first_kind_leads_and_the_leads_of_the_others_assist() -> None:
    answer = routed("air.dust", "water")
    assert answer.lead == "900101.housing"
    assert answer.co == ("900101.environment", "900100.water")
    assert answer.why == ("law on air.dust", "law on water")


def test_a_second_kind_without_an_owner_does_not_stop_the_first() -> None:
    assert routed("air", "noise").lead == "900101.environment"


def test_a_first_kind_without_an_owner_stops_it_all() -> None:
    assert (routed("noise", "air").lead, routed("noise", "air").cause) == (None, "route.none")


def test_what_the_law_leaves_to_the_local_government_goes_to_a_person_with_the_law() -> None:
    answer = routed("noise")
    assert (answer.lead, answer.cause, answer.why) == (None, "route.none", ("law on noise",))
    assert answer.passed == (Passed("", "designation"),)


def test_a_duty_nobody_answers_for_goes_to_a_person() -> None:
    assert routed("soil").cause == "route.none"
    assert routed("soil").passed == (Passed("forestry", "no_desk"),)


def test_an_unknown_kind_and_no_kind_go_to_a_person() -> None:
    assert routed("nonsense").cause == "route.none"
    assert routed().cause == "route.none"


def test_a_prefix_that_is_only_part_of_a_word_is_no_parent() -> None:
    assert routed("airport").cause == "route.none"


def test_two_rows_of_one_rank_that_disagree_go_to_a_person() -> None:
    torn = (*RULES, a_rule("air", "water"))
    answer = routed("air", rules=torn)
    assert answer.cause == "route.several"
    assert {one.who for one in answer.passed} == {"environment", "water"}


def test_a_department_without_a_desk_never_leads() -> None:
    closed = Directory(replace(desk, desk=False) for desk in DESKS)
    assert route(RULES, closed, Facts(("air",), (at("900101"),))).cause == "route.none"


def test_a_row_may_name_one_department_by_its_code() -> None:
    assert routed("air", rules=(a_rule("air", "900100.water"),)).lead == "900100.water"


@pytest.mark.parametrize(
    ("when", "given"),
    [
        (When(channels=("12345",)), {"channel": "12345"}),
        (When(wishes=("report",)), {"wish": "report"}),
        (When(emergency=True), {"emergency": True}),
        (When(words=("污水处理厂", "泵站")), {"said": "河边的污水处理厂夜里排水"}),
        (When(hours=(22, 6)), {"hour": 23}),
        (When(hours=(22, 6)), {"hour": 5}),
        (When(hours=(8, 18)), {"hour": 8}),
    ],
)
def test_a_row_that_asks_for_more_facts_wins_where_they_hold_and_only_there(
    when: When, given: dict[str, Any]
) -> None:
    rules = (*RULES, a_rule("air", "water", when=when))
    assert routed("air", rules=rules, **given).lead == "900100.water"
    assert routed("air", rules=rules).lead == "900101.environment"


def test_hours_end_before_the_last_one() -> None:
    rules = (a_rule("air", "water", when=When(hours=(8, 18))),)
    assert routed("air", rules=rules, hour=18).lead is None


def test_an_unclear_owner_falls_to_the_places_fallback() -> None:
    rules = (*RULES, a_rule("", "government", fallback=True), a_rule("air", "water"))
    for kinds in (("noise",), ("soil",), ("nonsense",), (), ("air",)):
        answer = routed(*kinds, rules=rules)
        assert answer.lead == "900101.government", kinds
        assert answer.chosen[0].rule.fallback
    assert routed("water", rules=rules).lead == "900101.environment"


def test_the_nearest_places_fallback_is_asked() -> None:
    rules = (
        a_rule("", "environment", fallback=True),
        a_rule("", "water", fallback=True, place="900102"),
    )
    assert routed("noise", rules=rules).lead == "900101.environment"
    assert routed("noise", rules=rules, county="900102").lead == "900100.water"


def test_a_cross_boundary_matter_gets_every_place_and_the_first_leads() -> None:
    both = Facts(("air.dust",), (at("900101"), at("900102")))
    rules = (a_rule("air.dust", "housing", "environment"),)
    answer = route(rules, DESKS, both)
    assert answer.lead == "900101.housing"
    assert answer.co == ("900101.environment", "900102.housing", "900100.environment")
    assert [one.place for one in answer.chosen] == ["900101", "900102"]


def test_a_row_that_adds_joins_in_whoever_leads_and_never_leads() -> None:
    rules = (*RULES, a_rule("", "", "water", adds=True, when=When(emergency=True)))
    assert routed("air", rules=rules, emergency=True).co == ("900100.water",)
    assert routed("air", rules=rules).co == ()
    assert routed("noise", rules=rules, emergency=True).lead is None


def test_the_accused_never_gets_it_and_its_superior_does() -> None:
    answer = routed("air", accused=frozenset({"900101.environment"}))
    assert answer.lead == "900100.environment"
    assert answer.passed[0] == Passed("900101.environment", "accused")


def test_without_a_superior_what_is_about_the_department_goes_to_a_person() -> None:
    accused = frozenset({"900101.environment", "900100.environment"})
    answer = routed("air", accused=accused)
    assert (answer.lead, answer.cause) == (None, "office.accused")


def test_the_fallback_does_not_hand_it_to_the_accused_either() -> None:
    rules = (*RULES, a_rule("", "government", fallback=True))
    answer = routed("noise", rules=rules, accused=frozenset({"900101.government"}))
    assert (answer.lead, answer.cause) == (None, "office.accused")


def test_the_accused_does_not_assist_either() -> None:
    answer = routed("air.dust", accused=frozenset({"900101.environment"}))
    assert (answer.lead, answer.co) == ("900101.housing", ())


def test_a_row_that_no_longer_compiles_is_never_silent() -> None:
    rules = (*RULES, a_rule("air.dust", "gone", place="900101", broken="department gone unknown"))
    rules += (a_rule("", "government", fallback=True),)
    answer = routed("air.dust", rules=rules)
    assert (answer.lead, answer.cause) == (None, "route.broken")


def test_the_answer_is_the_same_whatever_the_order_of_the_rows() -> None:
    backwards = tuple(reversed(RULES))
    for kind in ("air", "air.dust", "water", "noise", "soil"):
        assert routed(kind, rules=backwards).lead == routed(kind).lead


def test_the_explanation_is_kept_without_a_word_of_the_reporters() -> None:
    when = When(words=("泵站",))
    rules = (*RULES, replace(a_rule("water", "water", when=when), row=7))
    facts = Facts(("water",), (at("900101"),), wish="report", said="泵站旁王家的水发臭")
    answer = route(rules, DESKS, facts)
    detail = detail_of(answer, facts, {"routing": ("an id",)})
    assert "王家" not in str(detail)
    kept = explanation_of(detail)
    assert (kept.rows[0].row, kept.rows[0].asked, kept.rows[0].mark) == (7, ("words",), "V")
    assert kept.passed == (Passed("environment", "less_specific"),)
    assert kept.facts == {"wish": "report"}
    assert kept.policy == {"routing": ("an id",)}


def test_a_row_may_ask_for_the_trade_and_the_decision_says_so() -> None:
    caterers = When(trades=("catering", "slaughter"))
    rules = (*RULES, a_rule("air", "water", when=caterers))
    assert routed("air", rules=rules).lead == "900101.environment"
    assert routed("air", rules=rules, trade="chemical").lead == "900101.environment"
    answer = routed("air", rules=rules, trade="catering")
    assert answer.lead == "900100.water"
    facts = Facts(("air",), (at("900101"),), trade="catering")
    kept = explanation_of(detail_of(answer, facts, {}))
    assert (kept.rows[0].asked, kept.facts) == (("trades",), {"trade": "catering"})


def test_a_row_that_no_matter_can_reach_is_found() -> None:
    coarse, fine = a_rule("air", "water"), a_rule("air.dust", "housing")
    kinds = ("air.dust",)
    assert is_shadowed(coarse, (coarse, fine), kinds, Where())
    assert not is_shadowed(fine, (coarse, fine), kinds, Where())
    assert not is_shadowed(coarse, (coarse, fine), (*kinds, "air"), Where())
    night = a_rule("air.dust", "water", when=When(hours=(22, 6)))
    assert not is_shadowed(fine, (fine, night), kinds, Where())
