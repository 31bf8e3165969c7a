"""The frame of every desk's page: which desks this person may use, and where home is."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ROLES
from hotline.rules.marking import pieces
from hotline.rules.terms import Role, Step
from webforms import doors
from webforms.render import page, see_other
from webforms.texts import has_text
from webforms.visit import current


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk: its address, the name in the texts, and who works at it."""

    key: str
    path: str
    roles: frozenset[Role]


AGENTS: Final = (Role.AGENT,)
TRIAGE: Final = (Role.TRIAGE, Role.SUPERVISOR)
HANDLERS: Final = (Role.HANDLER, Role.REVIEWER, Role.SUPERVISOR)
READERS: Final = (*HANDLERS, Role.TRIAGE, Role.PUBLISHER)
OVERSEERS: Final = (Role.SUPERVISOR,)
MEDIA: Final = (Role.MEDIA,)
PUBLISHERS: Final = (Role.PUBLISHER,)
CUSTODIANS: Final = (Role.CUSTODIAN,)
ADMINS: Final = (Role.ADMIN,)
MANAGERS: Final = (Role.SUPERVISOR, Role.ADMIN)  # of the line and of what is read out
REWARDERS: Final = (Role.REWARD, Role.APPROVER)
REFERRERS: Final = (Role.HANDLER, Role.REVIEWER, Role.TRIAGE, Role.SUPERVISOR)
ANYONE: Final = tuple(role for role in Role if role not in (Role.PUBLIC, Role.MACHINE))

DESKS: Final = (
    Desk("agent", "/agent", frozenset(AGENTS)),
    Desk("paper", "/papers", frozenset(AGENTS)),
    Desk("batch", "/batches", frozenset(AGENTS)),
    Desk("triage", "/triage", frozenset(TRIAGE)),
    Desk("repair", "/repair", frozenset(TRIAGE)),
    Desk("orders", "/desk", frozenset(HANDLERS)),
    Desk("referrals", "/referrals", frozenset(REFERRERS)),
    Desk("board", "/board", frozenset(OVERSEERS)),
    Desk("assessment", "/assessment", frozenset(OVERSEERS)),
    Desk("follow", "/follow-ups", ROLES[Step.TRY_FOLLOW_UP] | ROLES[Step.REDO]),
    Desk("review", "/reviews", ROLES[Step.REVIEW]),
    Desk("archive", "/archive", ROLES[Step.ARCHIVE]),
    Desk("media", "/media", frozenset(MEDIA)),
    Desk("publish", "/publish", frozenset(PUBLISHERS)),
    Desk("releases", "/releases", ROLES[Step.WRITE_RELEASE]),
    Desk("custody", "/custody", frozenset(CUSTODIANS)),
    Desk("rewards", "/rewards", frozenset(REWARDERS)),
    Desk("payouts", "/payouts", frozenset({Role.PAYER})),
    Desk("people", "/people", frozenset(ADMINS)),
    Desk("handover", "/handover", ROLES[Step.HANDOVER]),
    Desk("cards", "/cards", ROLES[Step.CARD]),
    Desk("rules", "/rules", frozenset(ADMINS)),
    Desk("packs", "/packs", frozenset(ADMINS)),
    Desk("knowledge", "/knowledge", frozenset(MANAGERS)),
    Desk("line", "/line", frozenset(MANAGERS)),
    Desk("calendar", "/calendar", frozenset(ADMINS)),
    Desk("audit", "/audit", frozenset(ADMINS)),
    Desk("persons", "/persons", frozenset(ADMINS)),
    Desk("nuisance", "/nuisance", frozenset(TRIAGE)),
    Desk("status", "/status", frozenset(ADMINS)),
    Desk("partners", "/partners", frozenset(ADMINS)),
    Desk("models", "/models", frozenset(ADMINS)),
    Desk("messages", "/messages", ROLES[Step.RESEND]),
    Desk("duty", "/duty", ROLES[Step.WATCH]),
    Desk("wordings", "/wordings", frozenset(ADMINS)),
)

# what a header with many desks is parted into, in the order of the procedure
GROUPS: Final = (
    ("intake", ("agent", "paper", "batch", "triage", "repair", "cards", "nuisance", "media")),
    ("handling", ("orders", "referrals", "follow", "review", "archive", "custody")),
    ("oversight", ("board", "assessment", "line", "duty", "messages", "handover")),
    ("public", ("publish", "releases", "rewards", "payouts")),
    ("rules", ("rules", "packs", "calendar", "wordings", "knowledge", "models")),
    ("house", ("people", "persons", "partners", "audit", "status")),
)
FEW: Final = 7  # desks stand side by side


@dataclass(frozen=True, slots=True)
class Group:
    """Desks under one heading; one alone stands by itself, and so does each of a few ("")."""

    key: str
    desks: tuple[Desk, ...]
    here: Desk | None  # where the reader is


def groups_of(desks: list[Desk], path: str) -> list[Group]:
    """The header, so that a person finds her desk at once."""
    if len(desks) <= FEW:
        return [Group("", (one,), _here((one,), path)) for one in desks]
    known = {key: group for group, keys in GROUPS for key in keys}
    found: dict[str, list[Desk]] = {group: [] for group, _ in GROUPS}
    for desk in desks:
        found.setdefault(known.get(desk.key, "house"), []).append(desk)
    return [
        Group(key if len(some) > 1 else "", tuple(some), _here(tuple(some), path))
        for key, some in found.items()
        if some
    ]


def _here(desks: tuple[Desk, ...], path: str) -> Desk | None:
    return next((one for one in desks if f"{path}/".startswith(f"{one.path}/")), None)


def desks_of(by: Actor) -> list[Desk]:
    """The desks in the header, in the order of the procedure."""
    return [desk for desk in DESKS if desk.roles & by.roles]


async def home(request: Request) -> Response:
    """To the desk of the first role; without one, to the own account."""
    desks = desks_of(doors.actor(request))
    return see_other(desks[0].path if desks else "/account/password")


def staff_page(name: str, /, *, status_code: int = 200, **context: Any) -> Response:
    """A page of a desk, with the header of the person at it."""
    by = current().actor
    framed = {
        "problems": {},
        "pieces": pieces,
        "known_text": has_text,
        "me": by,
        "desks": desks_of(by) if by else [],
        "groups": groups_of(desks_of(by), current().path) if by else [],
    }
    return page(name, status_code=status_code, **{**framed, **context})


async def pack_of(by: Actor) -> Pack:
    """The rules of the jurisdiction this person works for."""
    return (await packs()).pack(by.jurisdiction)
