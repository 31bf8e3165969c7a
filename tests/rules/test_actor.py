"""Who may do what."""

from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role

HANDLER = Actor(
    ActorKind.STAFF, "a1", frozenset({Role.HANDLER}), "environment", "", "张某某（虚构）"
)


def test_a_handler_may_handle_but_may_not_review() -> None:
    assert HANDLER.may(Role.HANDLER)
    assert not HANDLER.may(Role.REVIEWER)


def test_everybody_may_do_what_the_public_may() -> None:
    assert HANDLER.may(Role.PUBLIC)
    assert Actor(ActorKind.REPORTER, "r1").may(Role.PUBLIC)


def test_an_administrator_is_not_every_other_role() -> None:
    assert not Actor(ActorKind.STAFF, "a2", frozenset({Role.ADMIN})).may(Role.HANDLER)


def test_a_name_does_not_slip_out_with_the_printed_form() -> None:
    assert "张某某" not in repr(HANDLER)
