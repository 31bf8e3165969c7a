"""Who works in the demonstration: one login a role, and a handler for each department that acts."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.commands.demonstration.book import page
from hotline.policy.pack import Pack
from hotline.records import Staff
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import Post

DEMO: Final = Actor(ActorKind.SYSTEM, "demo")


@dataclass(slots=True)
class Cast:
    """Everybody who acts, made when first needed; their passwords are drawn and told to nobody."""

    pack: Pack
    since: datetime
    _known: dict[str, Actor] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def come_together(self) -> None:
        """Everybody with a login, whether they act or not."""
        for row in page("people")["login"]:
            await self._somebody(row["login"], row)

    async def of(self, role: Role) -> Actor:
        """Whoever has the login of this role."""
        row = next(row for row in page("people")["login"] if row["role"] == role)
        return await self._somebody(row["login"], row)

    async def named(self, login: str) -> Actor:
        """Whoever has this login: some things take two people of one role."""
        row = next(row for row in page("people")["login"] if row["login"] == login)
        return await self._somebody(login, row)

    async def handler(self, department: str) -> Actor:
        """The handler of a department."""
        people = page("people")
        for row in people["login"]:
            if row.get("department") == department and row["role"] == Role.HANDLER:
                return await self.of(Role.HANDLER)
        names: list[str] = people["colleagues"]["names"]
        login = people["colleagues"]["prefix"] + department
        known = [one.code for one in self.pack.departments]
        name = names[known.index(department) % len(names)]
        row = {"login": login, "role": Role.HANDLER, "name": name, "department": department}
        return await self._somebody(login, row)

    async def _somebody(self, login: str, row: Mapping[str, Any]) -> Actor:
        async with self._one_at_a_time:
            if login not in self._known:
                self._known[login] = await self._enrolled(row)
        return self._known[login]

    async def _enrolled(self, row: Mapping[str, Any]) -> Actor:
        login, roles = row["login"], frozenset({Role(row["role"])})
        post = Post(self.pack.jurisdiction, roles, row.get("department", ""))
        staff = await Staff.get_or_none(tenant_id=self.pack.tenant, login=login)
        if staff is None:
            person = Person(login, row["name"], secrets.token_urlsafe(24))
            staff_id = await enrol(person, post, DEMO, self.since)
        else:
            staff_id = staff.id
        return Actor(
            kind=ActorKind.STAFF,
            id=str(staff_id),
            roles=roles,
            department=post.department,
            jurisdiction=post.jurisdiction,
            name=row["name"],
        )
