"""换钥: everything goes under the new key, a few rows at a time, and opens. Made up（虚构）."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline import database
from hotline.commands.launch.services import Services, in_environment
from hotline.database import rows
from hotline.records import HookChannel, ServiceRequest
from hotline.records.base import Row
from hotline.records.sealing import UnreadableError, kek_envelope
from hotline.rules.terms import Channel
from hotline.settings import add_kek, drop_kek, keys, settings
from hotline.steps import rewrap as step
from hotline.steps.channel import add_channel
from hotline.steps.rewrap import DIRECT, TABLES, WRAPPED, lying, rewrap, sealing_under
from hotline.steps.vault import opened
from tests.steps.builders import caller, decided

PHONE = "13900000041"  # nobody's


@pytest.fixture
def own_keys(db: Services, tmp_path: Path) -> Iterator[Path]:
    """A copy of the keys, so that nobody else's are changed."""
    del db
    mine = tmp_path / "keys.json"
    keys()
    shutil.copy(settings().keys_file, mine)
    with in_environment({"HOTLINE_KEYS": str(mine)}):
        yield mine


def in_force(path: Path, name: str) -> None:
    """As after a restart."""
    add_kek(path, name)
    keys.cache_clear()


async def test_everything_opens_under_the_new_key_and_not_without_it(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "AT_ONCE", 2)
    reports = [await decided(contact=caller(PHONE)) for _ in range(3)]
    await add_channel("line-12345", "522700", Channel.LINE_12345, datetime.now(UTC))
    before = await _secret()
    old = keys().current_kek
    in_force(own_keys, "k-new")
    after = await decided(contact=caller(PHONE))

    assert await rewrap("vault") == 2  # stopped here, and gone on with
    for table in TABLES:
        while await rewrap(table):
            pass

    assert {one.kek_id for one in await lying()} == {"k-new"}
    drop_kek(own_keys, old)
    keys.cache_clear()
    for report in [*reports, after]:
        vault, envelope = await opened(await ServiceRequest.get(id=report.id))
        assert PHONE.encode() in envelope.unseal("contact", vault.contact or b"")
    assert await _secret() == before


async def _secret() -> bytes:
    line = await HookChannel.get(name="line-12345")
    return kek_envelope(line.tenant_id, line.id, line.kek_id).unseal("secret", line.secret)


async def test_a_lost_key_is_named_and_nothing_is_touched(own_keys: Path) -> None:
    await decided(contact=caller(PHONE))
    in_force(own_keys, "k-new")
    await rows("UPDATE vault SET kek_id = 'k-lost'")
    before = await rows("SELECT wrapped_key FROM vault")

    with pytest.raises(UnreadableError, match="k-lost"):
        await rewrap("vault")

    assert await rows("SELECT wrapped_key FROM vault") == before
    said = [(one.kek_id, one.opens) for one in await lying() if one.table == "vault"]
    assert said == [("k-lost", False)]


async def test_a_process_that_began_before_the_rotation_is_seen(own_keys: Path) -> None:
    in_force(own_keys, "k-mid")
    await begun_again()
    in_force(own_keys, "k-new")  # and this process seals under k-mid still

    assert await sealing_under("k-mid") > 0
    await begun_again()
    assert await sealing_under("k-mid") == 0


async def begun_again() -> None:
    await database.disconnect()
    await database.connect()


async def test_another_key_of_the_same_name_is_noticed(own_keys: Path) -> None:
    await decided(contact=caller(PHONE))
    own_keys.unlink()
    keys.cache_clear()

    keys()  # as after a start without the file

    assert [one.opens for one in await lying() if one.table == "vault"] == [False]


def test_every_table_that_names_a_key_is_moved() -> None:
    named = {
        kind._meta.db_table: {name for name in ("wrapped_key",) if name in kind._meta.fields_map}
        for kind in Row.__subclasses__()
        if "kek_id" in kind._meta.fields_map
    }
    assert set(named) == set(TABLES)
    assert {table for table, wrapped in named.items() if wrapped} == set(WRAPPED)
    assert set(DIRECT).isdisjoint(WRAPPED)


def test_the_key_in_force_is_never_destroyed(own_keys: Path) -> None:
    with pytest.raises(KeyError):
        drop_kek(own_keys, keys().current_kek)
    assert os.stat(own_keys).st_mode & 0o077 == 0
