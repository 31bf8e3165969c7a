"""可办环节: which steps of an order a page offers this person; the step itself checks again."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from hotline.rules.actor import Actor
from hotline.rules.lifecycle import OF_ARCHIVED, ROLES, steps_from
from hotline.rules.sight import LEADS_OWN, is_lead
from hotline.rules.terms import OrderStage, Role, Step

# taken on a report, or by the service itself, never by a button of the order
NOT_OF_ORDER: Final = frozenset({Step.WITHDRAW, Step.JOIN, Step.JOINT})
# on a page of their own beside the order
ASIDE: Final = frozenset(
    {Step.ASK_EXTENSION, Step.EXTEND, Step.DENY_EXTENSION, Step.ASK_BACK, Step.RESUME}
    | {Step.GIVE_PART, Step.FINISH_PART, Step.WAIVE_PART}
    | {
        Step.CONFIRM_FORWARD,
        Step.TAKE_BACK,
        Step.HAND_ON,
        Step.ARCHIVE,
        Step.UNARCHIVE,
        Step.HANDOVER,
        Step.PROVE_CARD,
    }
)
FINISHED: Final = frozenset({OrderStage.ANSWERED, OrderStage.CLOSED, OrderStage.CLOSED_INTERIM})


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What decides beside the stage."""

    stage: OrderStage
    lead: str | None
    may_object: bool  # no ruling yet, and the term to object runs
    writers: Set[str]  # account ids of whoever wrote the current texts
    is_disclosed: bool  # a publication is proposed or published
    archived: bool = False


def permitted(facts: OrderFacts, by: Actor) -> tuple[Step, ...]:
    """In the order of the procedure."""
    possible = steps_from(facts.stage) - NOT_OF_ORDER - ASIDE
    if facts.stage in FINISHED and not facts.is_disclosed:
        possible |= {Step.DISCLOSE}
    if facts.archived:
        possible &= OF_ARCHIVED
    return tuple(step for step in Step if step in possible and _may(step, facts, by))


def _may(step: Step, facts: OrderFacts, by: Actor) -> bool:
    if not any(by.may(role) for role in ROLES.get(step, frozenset())):
        return False
    if step in LEADS_OWN and not is_lead(by, facts.lead):
        return False
    if step is Step.OBJECT:
        return facts.may_object
    if step is Step.ANSWER:
        return not by.is_one_of(*facts.writers)
    return step is not Step.DISCLOSE or by.may(Role.PUBLISHER) or is_lead(by, facts.lead)
