"""登录: tries, waits, sessions, passwords and closed accounts."""

import asyncio
from datetime import timedelta
from time import perf_counter
from uuid import UUID

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import BadReport, NotAllowed, NotFound, StepRefused, TooMany
from hotline.lookups import staff as lookup
from hotline.policy.store import packs
from hotline.records import StaffSession
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.change_password import NewPassword, change_password, reset_password
from hotline.steps.close_account import close_account
from hotline.steps.enrol import Person, accept_invite, enrol
from hotline.steps.invite import OPERATOR, Post, first_administrator, invite
from hotline.steps.sign_in import sign_in, touch
from hotline.steps.sign_out import sign_out
from tests.steps.accounts import NOW, PASSWORD, a_handler, signed_in, token_of


@pytest.mark.parametrize(("login", "password"), [("wang.li", "wrong"), ("nobody", PASSWORD)])
async def test_wrong_login_and_wrong_password_get_the_same_answer(
    db: Services, login: str, password: str
) -> None:
    await a_handler()
    with pytest.raises(StepRefused, match=r"^sign_in\.wrong$"):
        await sign_in(login, password, NOW)


@pytest.mark.parametrize("login", ["wang.li", "nobody"])
async def test_after_five_wrong_tries_known_and_unknown_alike_wait_growing_minutes(
    db: Services, login: str
) -> None:
    await a_handler()
    for second in range(5):
        with pytest.raises(StepRefused):
            await sign_in(login, "wrong", NOW + timedelta(seconds=second))
    with pytest.raises(TooMany) as first:
        await sign_in(login, PASSWORD, NOW + timedelta(seconds=5))
    assert 50 <= first.value.retry_after <= 60
    with pytest.raises(StepRefused):
        await sign_in(login, "wrong", NOW + timedelta(seconds=65))
    with pytest.raises(TooMany) as second_wait:
        await sign_in(login, PASSWORD, NOW + timedelta(seconds=66))
    assert 110 <= second_wait.value.retry_after <= 120


async def test_many_tries_at_once_are_no_way_round_the_count(db: Services) -> None:
    await a_handler()
    moments = [NOW + timedelta(microseconds=n) for n in range(12)]
    tries = [sign_in("wang.li", "wrong", moment) for moment in moments]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, StepRefused) for one in ended) <= 5
    assert sum(isinstance(one, TooMany) for one in ended) >= 7


async def test_a_right_password_after_the_wait_clears_the_count(db: Services) -> None:
    await a_handler()
    for start in (0, 100, 200):
        for second in range(4):
            with pytest.raises(StepRefused):
                await sign_in("wang.li", "wrong", NOW + timedelta(seconds=start + second))
        assert await sign_in("wang.li", PASSWORD, NOW + timedelta(seconds=start + 9))


async def test_an_unknown_login_takes_as_long_as_a_wrong_password(db: Services) -> None:
    await a_handler()
    times: dict[str, list[float]] = {"wang.li": [], "nobody": []}
    for turn in range(5):
        for login, spent in times.items():
            began = perf_counter()
            with pytest.raises(StepRefused):
                await sign_in(login, "wrong", NOW + timedelta(days=2 * turn))
            spent.append(perf_counter() - began)
    known, unknown = map(min, times.values())  # neighbours only ever add
    assert 1 / 3 < known / unknown < 3  # without the made-up hash it is ten times


async def test_a_session_ends_after_two_idle_hours_or_twelve_in_all(db: Services) -> None:
    await a_handler()
    token, _ = await signed_in()
    assert await lookup.session(token, NOW + timedelta(hours=2)) is None
    for hours in range(1, 12):
        await touch(token, NOW + timedelta(hours=hours))
        assert await lookup.session(token, NOW + timedelta(hours=hours, minutes=30)) is not None
    assert await lookup.session(token, NOW + timedelta(hours=12)) is None


async def test_a_session_is_touched_once_a_minute_at_most(db: Services) -> None:
    await a_handler()
    token, _ = await signed_in()
    await touch(token, NOW + timedelta(seconds=59))
    assert (await StaffSession.all().first()).seen_at == NOW  # type: ignore[union-attr]
    await touch(token, NOW + timedelta(seconds=61))
    assert (await StaffSession.all().first()).seen_at > NOW  # type: ignore[union-attr]


async def test_signing_out_ends_the_session_on_the_server(db: Services) -> None:
    await a_handler()
    token, _ = await signed_in()
    await sign_out(token, NOW)
    assert await lookup.session(token, NOW) is None


async def test_a_closed_account_loses_its_sessions_and_cannot_sign_in(db: Services) -> None:
    await a_handler()
    token, _ = await signed_in()
    await rows("UPDATE staff SET active = false")
    assert await lookup.session(token, NOW) is None
    with pytest.raises(StepRefused):
        await sign_in("wang.li", PASSWORD, NOW)


async def test_a_changed_password_ends_every_other_session(db: Services) -> None:
    await a_handler()
    here, actor = await signed_in()
    elsewhere, _ = await signed_in()
    await change_password(NewPassword(PASSWORD, "new horse battery", here), actor, NOW)
    assert await lookup.session(here, NOW) is not None
    assert await lookup.session(elsewhere, NOW) is None
    with pytest.raises(StepRefused):
        await sign_in("wang.li", PASSWORD, NOW)
    await sign_in("wang.li", "new horse battery", NOW)


async def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(db: Services) -> None:
    await a_handler()
    token, actor = await signed_in()
    with pytest.raises(StepRefused, match=r"^password\.wrong$"):
        await change_password(NewPassword("wrong", "new horse battery", token), actor, NOW)
    with pytest.raises(BadReport):
        await change_password(NewPassword(PASSWORD, "short", token), actor, NOW)


async def test_every_change_of_an_account_is_in_its_history(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    staff_id = await accept_invite(token, "admin", "李某（虚构）", PASSWORD, NOW)
    session, actor = await signed_in("admin")
    await change_password(NewPassword(PASSWORD, "new horse battery", session), actor, NOW)
    found = await rows(
        "SELECT seq, step, stage FROM event WHERE aggregate_id = $1 ORDER BY seq", staff_id
    )
    told = [(one["seq"], one["step"], one["stage"]) for one in found]
    assert told == [
        (1, "enrol", "invited"),
        (2, "enrol", "active"),
        (3, "change_password", "active"),
    ]


async def test_a_closed_account_is_history_and_nobody_closes_the_own(db: Services) -> None:
    token = token_of(await first_administrator(NOW))
    staff_id = await accept_invite(token, "admin", "李某（虚构）", PASSWORD, NOW)
    await a_handler()
    session, _ = await signed_in("wang.li")
    _, admin = await signed_in("admin")
    assert admin.id == str(staff_id)
    await close_account("WANG.LI", admin, NOW)
    assert await lookup.session(session, NOW) is None
    assert [one.active for one in await lookup.people((await packs()).tenants()[0].code)] == [
        True,
        False,
    ]
    with pytest.raises(NotAllowed):
        await close_account("admin", admin, NOW)


async def test_a_reset_password_is_new_and_ends_every_session(db: Services) -> None:
    await a_handler()
    session, handler = await signed_in()
    drawn = await reset_password("wang.li", OPERATOR, NOW)
    assert await lookup.session(session, NOW) is None
    await sign_in("wang.li", drawn, NOW)
    with pytest.raises(NotAllowed):
        await reset_password("wang.li", handler, NOW)


async def test_an_administrator_below_touches_no_account_above(db: Services) -> None:
    await a_handler()
    root = (await packs()).tenants()[0]
    below = next(p for p in (await packs()).serving() if p.tenant == root.code and p != root)
    admin = Actor(ActorKind.STAFF, str(UUID(int=1)), frozenset({Role.ADMIN}), "", below.code)
    with pytest.raises(NotAllowed):
        await reset_password("wang.li", admin, NOW)
    with pytest.raises(NotAllowed):
        await close_account("wang.li", admin, NOW)


async def test_a_link_made_by_whoever_left_makes_nobody(db: Services) -> None:
    top = (await packs()).tenants()[0].code
    await enrol(
        Person("boss", "赵某（虚构）", PASSWORD), Post(top, frozenset({Role.ADMIN})), OPERATOR, NOW
    )
    await enrol(
        Person("gone", "孙某（虚构）", PASSWORD), Post(top, frozenset({Role.ADMIN})), OPERATOR, NOW
    )
    _, leaver = await signed_in("gone")
    _, boss = await signed_in("boss")
    kept_back = token_of(await invite(Post(top, frozenset({Role.ADMIN})), leaver, NOW))
    honest = token_of(await invite(Post(top, frozenset({Role.AGENT})), boss, NOW))

    await close_account("gone", boss, NOW)

    with pytest.raises(NotFound):
        await accept_invite(kept_back, "again", "孙某（虚构）", PASSWORD, NOW)
    assert await accept_invite(honest, "newcomer", "周某（虚构）", PASSWORD, NOW)


async def test_nobody_is_kept_from_the_desk_by_failing_in_their_name(db: Services) -> None:
    await a_handler()
    for _ in range(5):
        with pytest.raises(StepRefused):
            await sign_in("wang.li", "a guess of somebody", NOW, "203.0.113.9")
    with pytest.raises(TooMany):
        await sign_in("wang.li", PASSWORD, NOW, "203.0.113.9")
    assert await sign_in("wang.li", PASSWORD, NOW, "198.51.100.1")
