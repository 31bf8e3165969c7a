"""Who sees what, and which buttons a page offers."""

import pytest

from hotline.rules.actor import Actor
from hotline.rules.permits import OrderFacts, permitted
from hotline.rules.sight import Sight, department_of_sight, is_lead
from hotline.rules.terms import ActorKind, OrderStage, Role, Step

LEAD = "522701.environment"


def person(*roles: Role, department: str = "") -> Actor:
    return Actor(ActorKind.STAFF, "s1", frozenset(roles), department, "522700")


@pytest.mark.parametrize(
    ("by", "department"),
    [
        (person(Role.HANDLER, department=LEAD), LEAD),
        (person(Role.HANDLER), "-"),
        (person(Role.ADMIN), "-"),
        (person(Role.REVIEWER), ""),
        (person(Role.REVIEWER, department=LEAD), LEAD),
        (person(Role.HANDLER, Role.SUPERVISOR, department=LEAD), ""),
    ],
)
def test_a_handler_sees_one_department_and_the_hotlines_own_people_all(
    by: Actor, department: str
) -> None:
    assert department_of_sight(by) == department


def test_nobody_sees_beyond_tenant_and_jurisdiction() -> None:
    sight = Sight("520000", frozenset({"522700"}), "")
    assert sight.covers("520000", "522700")
    assert not sight.covers("520000", "520000")
    assert not sight.covers("360000", "522700")


def test_without_a_department_nobody_leads() -> None:
    assert not is_lead(person(Role.HANDLER), None)
    assert not is_lead(person(Role.HANDLER), "")


def facts(stage: OrderStage, **given: object) -> OrderFacts:
    usual = {"may_object": True, "writers": frozenset({"s2"}), "is_disclosed": False}
    return OrderFacts(stage=stage, lead=LEAD, **{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "about", "steps"),
    [
        (person(Role.HANDLER, department=LEAD), facts(OrderStage.DISPATCHED), "sign object"),
        (person(Role.HANDLER, department="522701.water"), facts(OrderStage.DISPATCHED), ""),
        (
            person(Role.HANDLER, department=LEAD),
            facts(OrderStage.DISPATCHED, may_object=False),
            "sign",
        ),
        (person(Role.SUPERVISOR), facts(OrderStage.RETURNED), "merge rule correct forward"),
        (person(Role.REVIEWER), facts(OrderStage.SUBMITTED), "send_back answer check"),
        (
            person(Role.REVIEWER),
            facts(OrderStage.SUBMITTED, writers=frozenset({"s1"})),
            "send_back check",
        ),
        (person(Role.REVIEWER), facts(OrderStage.ANSWERED), "redo check close"),
        (person(Role.PUBLISHER), facts(OrderStage.CLOSED), "disclose"),
        (person(Role.PUBLISHER), facts(OrderStage.CLOSED, is_disclosed=True), ""),
        (person(Role.AGENT), facts(OrderStage.SIGNED), ""),
    ],
)
def test_a_page_offers_what_the_person_may_do_now(by: Actor, about: OrderFacts, steps: str) -> None:
    assert " ".join(permitted(about, by)) == steps
    assert set(permitted(about, by)) <= set(Step)
