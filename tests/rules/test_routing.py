"""交办: the most specific row decides, and no row means a person."""

from dataclasses import replace

from hotline.rules.routing import Department, Routed, Rule, route


def a_rule(kind: str, lead: str, *co: str, county: str = "") -> Rule:
    return Rule(kind, county, lead, co, f"law on {kind}", "a source", "V", False)


def a_desk(code: str, county: str = "") -> Department:
    return Department(code, code, code, county, "", True, "a source", "V")


DESKS = (
    a_desk("900101.environment", "900101"),
    a_desk("900101.housing", "900101"),
    a_desk("900100.environment"),
    a_desk("900100.water"),
)
RULES = (
    a_rule("air", "environment"),
    a_rule("air.dust", "housing", "environment"),
    a_rule("air.dust", "water", county="900102"),
    a_rule("water", "environment", "water"),
    a_rule("noise", ""),
    a_rule("soil", "forestry"),
)


def routed(*kinds: str, county: str = "900101") -> Routed:
    return route(RULES, DESKS, kinds, county)


def test_the_countys_own_desk_leads_and_assists() -> None:
    answer = routed("air.dust")
    assert (answer.lead, answer.co) == ("900101.housing", ("900101.environment",))
    assert (answer.cause, answer.why, answer.source) == ("", ("law on air.dust",), "a source")


def test_a_kind_without_a_row_takes_its_parents() -> None:
    assert routed("air.odour").lead == "900101.environment"


def test_a_row_for_the_county_beats_the_row_for_any() -> None:
    assert routed("air.dust", county="900102").lead == "900100.water"


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


def test_a_duty_nobody_answers_for_goes_to_a_person() -> None:
    assert routed("soil").cause == "route.none"


def test_an_unknown_kind_and_no_kind_go_to_a_person() -> None:
    assert routed("nonsense").cause == "route.none"
    assert routed().cause == "route.none"


def test_a_prefix_that_is_only_part_of_a_word_is_no_parent() -> None:
    assert routed("airport").cause == "route.none"


def test_two_rows_of_one_rank_that_disagree_go_to_a_person() -> None:
    torn = (*RULES, a_rule("air", "water"))
    assert route(torn, DESKS, ("air",), "900101").cause == "route.several"


def test_a_department_without_a_desk_never_leads() -> None:
    closed = tuple(replace(desk, desk=False) for desk in DESKS)
    assert route(RULES, closed, ("air",), "900101").cause == "route.none"


def test_a_row_may_name_one_department_by_its_code() -> None:
    rules = (a_rule("air", "900100.water"),)
    assert route(rules, DESKS, ("air",), "900101").lead == "900100.water"
