"""Who does a step: a reporter, a member of staff, a partner's machine or the service itself."""

from dataclasses import dataclass, field

from hotline.rules.terms import ActorKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One doer, with what they may do. `id` is an account or 来件 id, never a person's number."""

    kind: ActorKind
    id: str
    roles: frozenset[Role] = frozenset()
    department: str = ""
    jurisdiction: str = ""
    name: str = field(default="", repr=False)

    def may(self, role: Role) -> bool:
        """Everybody may do what the public may; everything else needs the role itself."""
        return role is Role.PUBLIC or role in self.roles
