"""API keys: shown once, kept as a hash, changed without a gap, shut off, and counted."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.errors import NotFound, PolicyGap, StepRefused, TooMany
from hotline.lookups import api_key as lookup
from hotline.rules.terms import Channel, Scope
from hotline.steps import allowance
from hotline.steps.api_key import KeyWish, add_key, revoke_key, rotate_key

NOW = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
WISH = KeyWish("county-app", "522700", frozenset({Scope.REPORTS_READ}), per_minute=3)


@pytest.fixture(autouse=True)
def _afresh(db: Services) -> None:
    del db
    lookup.forget()
    allowance.forget()


async def test_a_key_opens_what_it_was_made_for_and_stands_nowhere_as_shown() -> None:
    fresh = await add_key(WISH, NOW)

    holder = await lookup.key_holder(fresh.key, NOW)

    assert holder is not None
    assert (holder.name, holder.tenant_id, holder.jurisdiction) == (
        "county-app",
        "520000",
        "522700",
    )
    assert (holder.scopes, holder.kind) == ({Scope.REPORTS_READ}, Channel.PARTNER)
    for kept in await rows("SELECT t::text AS line FROM api_key t"):
        assert fresh.key not in kept["line"]


@pytest.mark.parametrize("key", ["", "hk_", "hk_" + "A" * 43, "密钥", "x" * 10_000, "a\0b"])
async def test_what_is_no_key_opens_nothing(key: str) -> None:
    await add_key(WISH, NOW)

    assert await lookup.key_holder(key, NOW) is None


async def test_both_keys_are_good_while_a_partner_changes_over() -> None:
    first = await add_key(WISH, NOW)
    second = await rotate_key("county-app", NOW, timedelta(hours=1))

    for key in (first.key, second.key):
        assert await lookup.key_holder(key, NOW + timedelta(minutes=59)) is not None
    assert await lookup.key_holder(first.key, NOW + timedelta(hours=1)) is None
    assert await lookup.key_holder(second.key, NOW + timedelta(days=999)) is not None


async def test_a_revoked_key_opens_nothing_nor_does_the_one_before_it() -> None:
    first = await add_key(WISH, NOW)
    second = await rotate_key("county-app", NOW)
    await revoke_key("county-app")

    for key in (first.key, second.key):
        assert await lookup.key_holder(key, NOW) is None
    with pytest.raises(NotFound):
        await rotate_key("county-app", NOW)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": "County App"}, "channel.bad_name"),
        ({"scopes": frozenset()}, "api_key.no_scope"),
        ({"kind": Channel.IMPORT}, "channel.no_such_kind"),
        ({"per_minute": 0}, "api_key.bad_rate"),
    ],
)
async def test_a_key_without_a_name_a_use_or_a_rate_is_refused(
    change: dict[str, object], refusal: str
) -> None:
    wish = {"name": "x", "jurisdiction": "522700", "scopes": {Scope.REPORTS_READ}}
    with pytest.raises(StepRefused, match=refusal):
        await add_key(KeyWish(**{**wish, **change}), NOW)  # type: ignore[arg-type]


async def test_a_name_is_given_once_and_a_jurisdiction_must_have_a_pack() -> None:
    await add_key(WISH, NOW)
    with pytest.raises(StepRefused, match="name_taken"):
        await add_key(WISH, NOW)
    with pytest.raises(PolicyGap):
        await add_key(KeyWish("other", "990000", WISH.scopes), NOW)


@pytest.mark.parametrize(("per_minute", "processes"), [(3, 1), (3, 3), (100, 1), (100, 2)])
async def test_a_minute_holds_so_many_calls_whatever_process_takes_them(
    per_minute: int, processes: int
) -> None:
    hands: list[dict[tuple[str, str], object]] = [{} for _ in range(processes)]
    served = 0
    for call in range(per_minute * 2):
        allowance._hands = hands[call % processes]  # type: ignore[assignment]
        try:
            await allowance.spend("520000", "key:county-app", per_minute, NOW)
            served += 1
        except TooMany:
            continue
    assert served == per_minute

    await allowance.spend("520000", "key:county-app", per_minute, NOW + timedelta(minutes=1))
