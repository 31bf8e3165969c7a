"""The header: few desks side by side, many under headings, and where one is."""

from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from webforms.staff.frame import DESKS, GROUPS, desks_of, groups_of


def by(*roles: Role) -> Actor:
    return Actor(ActorKind.STAFF, "x", frozenset(roles))


def test_every_desk_stands_under_one_heading() -> None:
    under = [key for _, keys in GROUPS for key in keys]
    assert sorted(under) == sorted(desk.key for desk in DESKS)


def test_an_administrator_finds_each_desk_under_a_handful_of_headings() -> None:
    desks = desks_of(by(Role.ADMIN))
    found = groups_of(desks, "/rules/522700/versions/2")
    assert {one.path for group in found for one in group.desks} == {one.path for one in desks}
    assert len(found) <= 6
    (here,) = [group for group in found if group.here]
    assert here.here is not None
    assert (here.key, here.here.path) == ("rules", "/rules")


def test_a_few_desks_stand_side_by_side() -> None:
    found = groups_of(desks_of(by(Role.AGENT)), "/agent")
    assert {group.key for group in found} == {""}
