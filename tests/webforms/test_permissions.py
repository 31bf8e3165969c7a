"""The hand-written matrix in docs/permissions.md is what the doors do; test_who_may drives them."""

import re
from pathlib import Path

from starlette.routing import Route

from hotline.rules.terms import Role
from webforms.routes import ROUTES

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
LINE = re.compile(r"^\| [^|]+ \| `(?:(GET|POST) )?([^`]+)` \| ([^|]+) \| (\w+) \|$", re.M)
ANYONE = frozenset(Role) - {Role.PUBLIC, Role.MACHINE}
OUTSIDE = frozenset({Role.PUBLIC, Role.MACHINE})
Row = tuple[str, str, frozenset[Role], str]


def matrix() -> list[Row]:
    return [
        (method, address, roles_of(said.strip()), scope)
        for method, address, said, scope in LINE.findall(TABLE.read_text(encoding="utf-8"))
    ]


def roles_of(said: str) -> frozenset[Role]:
    return ANYONE if said == "anyone" else frozenset(Role(one) for one in said.split(", "))


def row_of(route: Route, known: list[Row]) -> Row | None:
    """Exactly, else the longest beginning; a row of the method before one of any."""
    method = "POST" if "POST" in (route.methods or ()) else "GET"
    fitting = [one for one in known if one[0] in ("", method) and fits(one[1], route.path)]
    return max(fitting, key=lambda one: ("…" not in one[1], len(one[1]), one[0]), default=None)


def fits(address: str, path: str) -> bool:
    return path.startswith(address[:-1]) if address.endswith("…") else path == address


def test_every_address_of_the_desks_has_its_row_and_opens_to_those_alone() -> None:
    known, wrong, met = matrix(), [], set()
    for route in ROUTES:
        roles: frozenset[Role] = route.roles  # type: ignore[attr-defined]
        if roles & OUTSIDE:
            continue
        row = row_of(route, known)
        met.add(row)
        if row is None or row[2] != roles:
            wrong.append((route.name, sorted(roles), row and sorted(row[2])))
    assert wrong == []
    assert [one[1] for one in known if one not in met] == []  # no row speaks of nothing
    assert {one[3] for one in known} == {"own", "place", "department", "house"}
