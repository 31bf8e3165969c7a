"""Who does a step: a reporter, a member of staff, a partner's machine or the service itself."""

from dataclasses import dataclass, field
from uuid import UUID

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
    kinds: frozenset[str] = frozenset()  # 限办类型; none: every kind
    on_behalf: str = ""  # 代理: the account in whose name it is done; both are recorded

    @property
    def account(self) -> UUID | None:
        """Of the person who did it, or in whose name; None for whoever has no account."""
        try:
            return UUID(self.on_behalf or self.id) if self.kind is ActorKind.STAFF else None
        except ValueError:
            return None

    def is_one_of(self, *accounts: str | None) -> bool:
        """Whether the doer, or whoever it is done for, is among them: two people are two people."""
        return any(one in accounts for one in (self.id, self.on_behalf) if one)

    def may(self, role: Role) -> bool:
        """Everybody may do what the public may; everything else needs the role itself."""
        return role is Role.PUBLIC or role in self.roles
