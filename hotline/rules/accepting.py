"""分别受理: departments that accept what is within their own duty, each by its own numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.departments import Directory
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step


@dataclass(frozen=True, slots=True)
class Accepting:
    """One accepting body: its department's code, and what its orders' numbers begin with.

    `contact`: how a reporter reaches it, "" where nothing is known: the hotline's number stands.
    """

    code: str
    prefix: str
    source: str
    mark: str
    contact: str = ""


def accepting_body(
    bodies: Mapping[str, Accepting], directory: Directory, lead: str | None
) -> str | None:
    """Whoever is to lead, or the nearest above that accepts; None where one body accepts all."""
    seen: set[str] = set()
    while lead and lead not in seen:
        if lead in bodies:
            return lead
        seen.add(lead)
        found = directory.by_code.get(lead)
        lead = found.parent if found else None
    return None


def own_desk(bodies: Mapping[str, Accepting], department: str) -> str:
    """The body at whose desk somebody of this department decides, "" for everybody's."""
    return department if department in bodies else ""


def is_at_desk(bodies: Mapping[str, Accepting], department: str, body: str | None) -> bool:
    """Whether somebody of this department decides what `body` has (None: nobody yet)."""
    desk = own_desk(bodies, department)
    return not desk or body in (None, desk)


def others(bodies: Mapping[str, Accepting], body: str | None, by: Actor) -> tuple[str, ...]:
    """移交受理: to whom this person may hand on what `body` has."""
    may = any(by.may(role) for role in ROLES[Step.HAND_ON])
    if not may or not is_at_desk(bodies, by.department, body):
        return ()
    return tuple(code for code in bodies if code != body)


def check_handing(to: str, has: str | None, had: Collection[str], desk: str) -> None:
    """移交受理: to another body that has not had it; StepRefused.

    Two bodies do not pass one matter to and fro: who sits above them (`desk` "") ends it.
    """
    if to == has:
        raise StepRefused("hand_on.same")
    if desk and to in had:
        raise StepRefused("hand_on.had_it")
