"""演练: who would gain, who would lose, who would be left without anybody. Made up（虚构）."""

from dataclasses import replace

from hotline.rules.departments import Department, Directory
from hotline.rules.rehearsing import Past, Shift, Table, rehearse
from hotline.rules.routing import Facts, Rule, Where

DESKS = Directory(
    Department(f"900101.{duty}", duty, duty, "900101", "", True, "a source", "V")
    for duty in ("environment", "housing", "water")
)
HERE = (Where(("900000", "900100", "900101")),)


def a_rule(row: int, kind: str, lead: str, *co: str) -> Rule:
    return Rule(kind, lead, co, "", "a source", "V", row=row)


BEFORE = Table((a_rule(1, "air", "environment"), a_rule(2, "noise", "housing")), DESKS)
PAST = [
    Past("1", Facts(("air",), HERE)),
    Past("2", Facts(("air.dust",), HERE)),
    Past("3", Facts(("noise",), HERE)),
]


def test_the_same_table_changes_nothing() -> None:
    found = rehearse(BEFORE, BEFORE, PAST)
    assert (found.looked, found.changed, found.co_changed) == (3, 0, 0)
    assert (found.shifts, found.nobody, found.unmatched) == ((), (), ())


def test_each_department_is_told_what_it_gains_and_loses_with_examples() -> None:
    after = Table((*BEFORE.rules, a_rule(3, "air.dust", "housing", "water")), DESKS)
    found = rehearse(BEFORE, after, PAST)
    assert found.changed == 1
    assert found.shifts == (
        Shift("900101.environment", 0, 1, ("2",)),
        Shift("900101.housing", 1, 0, ("2",)),
    )


def test_orders_that_nobody_would_get_are_told_apart_from_those_nobody_has_now() -> None:
    after = Table((a_rule(1, "air", "environment"),), DESKS)
    (left,) = rehearse(BEFORE, after, PAST).nobody
    assert (left.number, left.cause, left.is_new) == ("3", "route.none", True)
    (stays,) = rehearse(after, after, PAST).nobody
    assert not stays.is_new


def test_rows_that_nothing_matches_are_named() -> None:
    after = Table((*BEFORE.rules, a_rule(3, "soil", "water")), DESKS)
    assert rehearse(BEFORE, after, PAST).unmatched == (3,)


def test_a_row_that_only_adds_is_matched_by_whom_it_joins() -> None:
    adds = replace(a_rule(3, "air", "", "water"), adds=True)
    found = rehearse(BEFORE, Table((*BEFORE.rules, adds), DESKS), PAST)
    assert (found.changed, found.co_changed, found.unmatched) == (0, 2, ())
