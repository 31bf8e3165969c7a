"""视野: which orders and reports a member of staff may see, and whose desk may act on them."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step

# these look beyond one department; a handler or a department's own reviewer does not
WIDE: Final = frozenset({Role.AGENT, Role.TRIAGE, Role.SUPERVISOR, Role.PUBLISHER})
# the department that leads takes these, and no other
LEADS_OWN: Final = frozenset(
    {
        Step.SIGN, Step.OBJECT, Step.FIND, Step.WRITE, Step.EVIDENCE, Step.SUBMIT,
        Step.ASK_EXTENSION, Step.ASK_BACK, Step.RESUME, Step.GIVE_PART, Step.WAIVE_PART,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """The tenant, the jurisdictions in it, and the one department, or "" for all of them.

    `kinds`: the post is for these alone, and for what `account` has in hand; none means every one.
    """

    tenant_id: str
    jurisdictions: frozenset[str]
    department: str
    kinds: frozenset[str] = frozenset()
    account: UUID | None = None

    def covers(self, tenant_id: str, jurisdiction: str) -> bool:
        """Whether a matter of this tenant and jurisdiction may be known at all."""
        return tenant_id == self.tenant_id and jurisdiction in self.jurisdictions

    def holds(self, departments: Set[str]) -> bool:
        """Whether it is open to them by the departments that hold it."""
        return not self.department or self.department in departments

    def takes(self, kinds: Iterable[str], handler: UUID | None = None) -> bool:
        """Whether it is of their kinds, or in their own hands; what has no kind is anybody's."""
        in_hand = handler is not None and handler == self.account
        return in_hand or is_for(self.kinds, kinds)


def is_for(own: Collection[str], kinds: Iterable[str]) -> bool:
    """Whether a post for `own` kinds (none: every one) is for what is of these, or of none."""
    of = tuple(kinds)
    return not own or not of or any(kind_within(kind, one) for kind in of for one in own)


def kind_within(kind: str, own: str) -> bool:
    """大气 holds 大气·恶臭."""
    return kind == own or kind.startswith(f"{own}.")


def department_of_sight(by: Actor) -> str:
    """ "" for those who look beyond one department; nobody's ("-") for a handler without one."""
    if by.roles & WIDE:
        return ""
    if Role.REVIEWER in by.roles:
        return by.department
    return by.department or "-"


def is_lead(by: Actor, lead: str | None) -> bool:
    """Only the department that leads acts for the matter; others read along."""
    return bool(by.department) and by.department == lead
