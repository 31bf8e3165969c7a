"""人员: who is signed in, who is invited, who works here."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import row
from hotline.records import Invite, Staff
from hotline.records.sealing import token_hash
from hotline.rules.accounts import NEVER_FOR_ANOTHER, login_of
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role

IDLE: Final = timedelta(hours=2)

SESSION: Final = """
SELECT s.id, s.roles, s.department, s.jurisdiction, s.kinds, s.name,
  f.id AS for_id, f.roles AS for_roles, f.department AS for_department,
  f.jurisdiction AS for_jurisdiction, f.kinds AS for_kinds, f.name AS for_name
FROM staff_session t
JOIN staff s ON s.tenant_id = t.tenant_id AND s.id = t.staff_id AND s.active
LEFT JOIN staff f ON f.tenant_id = t.tenant_id AND f.id = t.acting_for AND f.active
  AND EXISTS (SELECT FROM absence a WHERE a.tenant_id = t.tenant_id AND a.staff_id = f.id
    AND a.deputy_id = s.id AND a.ended_at IS NULL AND a.from_at <= $2 AND a.to_at > $2)
WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND t.seen_at > $3
  AND t.passed
"""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a one-time link makes; `login` is set when the inviter chose it."""

    login: str
    roles: frozenset[Role]
    jurisdiction: str
    department: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One account, as administrators see it."""

    login: str
    name: str = field(repr=False)
    roles: frozenset[Role]
    jurisdiction: str
    department: str
    active: bool
    kinds: tuple[str, ...]
    version: int


async def session(token: str, now: datetime) -> Actor | None:
    """The member of staff of a session that still stands: 12 h in all, 2 h unused."""
    found = await row(SESSION, token_hash(token), now, now - IDLE)
    return _actor(found) if found else None


async def invitation(token: str, now: datetime) -> Invitation | None:
    """What an unused link makes, or None."""
    found = await Invite.get_or_none(
        token_hash=token_hash(token), used_at__isnull=True, expires_at__gt=now
    )
    if found is None:
        return None
    roles = frozenset(Role(role) for role in found.roles)
    return Invitation(found.login or "", roles, found.jurisdiction, found.department or "")


@dataclass(frozen=True, slots=True)
class Person:
    """One account with its id, which stays in the house."""

    id: UUID
    row: StaffRow


async def found_person(tenant_id: str, login: str) -> Person | None:
    """One account of a tenant, also one that was closed."""
    staff = await Staff.get_or_none(tenant_id=tenant_id, login=login_of(login))
    return Person(staff.id, _row(staff)) if staff else None


async def login_of_account(account: str) -> str:
    """The login of an account's id, "" for none."""
    found = await row("SELECT login FROM staff WHERE id::text = $1", account)
    return str(found["login"]) if found else ""


async def people(tenant_id: str) -> list[StaffRow]:
    """Every account of a tenant, by login."""
    return [_row(staff) for staff in await Staff.filter(tenant_id=tenant_id).order_by("login")]


def _row(staff: Staff) -> StaffRow:
    return StaffRow(
        login=staff.login,
        name=staff.name,
        roles=frozenset(Role(role) for role in staff.roles),
        jurisdiction=staff.jurisdiction,
        department=staff.department or "",
        active=staff.active,
        kinds=tuple(staff.kinds),
        version=staff.version,
    )


def _actor(found: dict[str, Any]) -> Actor:
    """代理: with the roles of whoever is away, and nothing of the own meanwhile."""
    if found["for_id"] is not None:
        return Actor(
            kind=ActorKind.STAFF,
            id=str(found["id"]),
            roles=frozenset(Role(role) for role in found["for_roles"]) - NEVER_FOR_ANOTHER,
            department=found["for_department"] or "",
            jurisdiction=found["for_jurisdiction"],
            name=f"{found['name']}（代{found['for_name']}）",
            kinds=frozenset(found["for_kinds"]),
            on_behalf=str(found["for_id"]),
        )
    return Actor(
        kind=ActorKind.STAFF,
        id=str(found["id"]),
        roles=frozenset(Role(role) for role in found["roles"]),
        department=found["department"] or "",
        jurisdiction=found["jurisdiction"],
        name=found["name"],
        kinds=frozenset(found["kinds"]),
    )
