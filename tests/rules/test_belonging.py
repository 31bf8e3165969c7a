"""并单关系: first report, kinds and relations, read off the reports that remain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hotline.rules.belonging import Corrected, Member, Part, first_of, is_over, kinds_of, relations
from hotline.rules.terms import Relation, RequestStage

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def member(minute: int, relation: Relation = Relation.SAME, sender: bytes | None = None) -> Member:
    moment = at(minute)
    stage = RequestStage.ACCEPTED
    return Member(UUID(int=minute), relation, moment, moment, moment, stage, sender=sender)


def test_when_the_first_has_gone_the_one_accepted_next_is_first() -> None:
    first, second, third = member(1, Relation.FIRST), member(2), member(3)
    assert first_of([third, first, second]) is first
    assert first_of([third, second]) is second
    assert relations([third, second], second, [first]) == {second.id: Relation.FIRST}


def test_there_is_one_first_whatever_came_with_a_merged_order() -> None:
    took_over, came_later = member(1, Relation.FIRST), member(2)
    assert first_of([came_later, took_over], brought={took_over.id}) is took_over
    own = replace(came_later, relation=Relation.FIRST)
    assert first_of([took_over, own], brought={took_over.id}) is own
    assert relations([took_over, own], own, []) == {took_over.id: Relation.SAME}


def test_kinds_come_in_the_order_in_which_the_reports_came() -> None:
    parts = [Part(at(2), ("noise", "air")), Part(at(1), ("air",))]
    assert kinds_of(parts, None) == ("air", "noise")


def test_what_a_person_put_right_stands_and_only_later_reports_add_to_it() -> None:
    parts = [Part(at(1), ("air",)), Part(at(9), ("water",))]
    assert kinds_of(parts, Corrected(at(5), ("soil",))) == ("soil", "water")


def test_a_repeat_of_a_report_that_has_gone_repeats_nothing() -> None:
    gone = member(1, Relation.FIRST, b"a")
    kept, repeat = member(2, Relation.SAME, b"b"), member(3, Relation.AGAIN, b"a")
    assert relations([kept, repeat], kept, [gone])[repeat.id] is Relation.SAME


def test_a_repeat_whose_other_original_stays_tells_new_facts_or_repeats_still() -> None:
    gone, kept = member(1, Relation.FIRST, b"a"), member(2, Relation.NEW_FACTS, b"a")
    repeat = replace(member(3, Relation.AGAIN, b"a"), body=b"same")
    other = [replace(kept, relation=Relation.FIRST, body=b"other"), repeat]
    assert relations(other, other[0], [gone]) == {repeat.id: Relation.NEW_FACTS}
    same = [replace(kept, relation=Relation.FIRST, body=b"same"), repeat]
    assert relations(same, same[0], [gone]) == {}


def test_an_order_is_over_when_everybody_took_it_back() -> None:
    gone = replace(member(1), stage=RequestStage.WITHDRAWN)
    assert is_over([gone])
    assert not is_over([gone, member(2)])
