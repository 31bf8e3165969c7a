"""分别受理: departments that accept what is within their own duty, each by its own numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hotline.errors import StepRefused
from hotline.rules.departments import Directory


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


def check_handing(to: str, has: str | None, had: Collection[str], desk: str) -> None:
    """移交受理: to another body that has not had it; StepRefused.

    Two bodies do not pass one matter to and fro: who sits above them (`desk` "") ends it.
    """
    if to == has:
        raise StepRefused("hand_on.same")
    if desk and to in had:
        raise StepRefused("hand_on.had_it")
