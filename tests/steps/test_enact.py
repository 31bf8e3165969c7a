"""派单目录生效: put in force by a person with a day, and never silently replaced by a file."""

import shutil
from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import row, rows
from hotline.errors import NotAllowed, NotFound
from hotline.lookups.history_check import check_history
from hotline.lookups.rehearsal import alarms, rehearsal
from hotline.policy.draft import read
from hotline.policy.load import HERE, digest
from hotline.policy.store import contents, forget, packs
from hotline.policy.writing import as_toml
from hotline.records import WorkOrder
from hotline.rules.terms import Role
from hotline.steps.enact import Enactment, enact
from hotline.steps.import_policy import import_packs
from tests.steps.builders import decided
from tests.steps.desk import dispatched, refused, staff

ADMIN = staff(Role.ADMIN)
PREFECTURE = "522700"
BURNING = {
    "kind": "air.burning", "lead": "urban_management", "co": ["agriculture"], "law": "x",
    "local_designation": True, "source": "a made-up notice（虚构）", "mark": "K",
}  # fmt: skip


@pytest.fixture
async def table(db: Services) -> AsyncIterator[dict[str, Any]]:
    """The prefecture's table as the files say it; what a test puts in force is taken away."""
    yield deepcopy((await contents())[PREFECTURE]["routing"])
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute("DELETE FROM policy_version WHERE enacted OR version = '2099-01'")
    await owner.close()
    forget()


def now() -> datetime:
    return datetime.now(UTC)


def asking(content: dict[str, Any], replaces: str, **given: Any) -> Enactment:
    base = {"valid_from": (now() + timedelta(hours=8)).date(), "reason": "州里重新明确了职责分工"}
    return Enactment(PREFECTURE, content, replaces=replaces, **{**base, **given})


async def test_what_is_put_in_force_decides_from_then_on_and_is_kept_for_ever(
    table: dict[str, Any],
) -> None:
    order = await dispatched(text="都匀市小围寨街道有人露天焚烧秸秆垃圾，浓烟滚滚。")
    assert order.lead is None
    draft = {**table, "rule": [BURNING, *table["rule"]]}

    version = await enact(asking(draft, table["version"]), by=ADMIN, now=now())

    stands = (await contents())[PREFECTURE]["routing"]
    assert (stands["version"], stands["rule"][0]) == (version, BURNING)
    kept = await row("SELECT sha256, enacted FROM policy_version WHERE version = $1", version)
    assert kept == {"sha256": digest(stands), "enacted": True}
    (event,) = await rows("SELECT step, actor_id FROM event WHERE aggregate = 'policy'")
    assert (event["step"], event["actor_id"]) == ("enact", ADMIN.id)
    assert (await check_history()).is_whole
    await WorkOrder.filter(id=order.id).update(stage="withdrawn")
    request = await decided("福泉市马场坪街道有人露天焚烧秸秆垃圾，浓烟滚滚。")
    assert (await WorkOrder.get(first_request_id=request.id)).lead == "522702.urban_management"


async def test_a_later_file_does_not_replace_it_silently(
    table: dict[str, Any], tmp_path: Path
) -> None:
    draft = {**table, "rule": [BURNING, *table["rule"]]}
    version = await enact(asking(draft, table["version"]), by=ADMIN, now=now())
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    (file,) = tmp_path.glob("packs/522700-*/routing.toml")
    text = file.read_text("utf-8").replace(f'version = "{table["version"]}"', 'version = "2099-01"')
    file.write_text(text, "utf-8")

    added = await import_packs(now(), tmp_path)

    assert f"{PREFECTURE} routing 2099-01" in added
    assert (await contents())[PREFECTURE]["routing"]["version"] == version


async def test_going_back_is_the_older_content_put_in_force_again(table: dict[str, Any]) -> None:
    draft = {**table, "rule": [BURNING, *table["rule"]]}
    first = await enact(asking(draft, table["version"]), by=ADMIN, now=now())
    second = await enact(asking(table, first), by=ADMIN, now=now())
    assert first != second
    assert (await contents())[PREFECTURE]["routing"]["rule"] == table["rule"]


async def test_a_day_to_come_changes_nothing_today(table: dict[str, Any]) -> None:
    draft = {**table, "rule": [BURNING, *table["rule"]]}
    day = (now() + timedelta(days=3)).date()
    await enact(asking(draft, table["version"], valid_from=day), by=ADMIN, now=now())
    assert (await contents())[PREFECTURE]["routing"]["version"] == table["version"]
    then = (await packs(day)).pack(PREFECTURE)
    assert any(rule.kind == "air.burning" and rule.lead for rule in then.routing)
    await enact(asking(table, table["version"], valid_from=day), by=ADMIN, now=now())
    called_off = (await contents(day))[PREFECTURE]["routing"]
    assert BURNING not in called_off["rule"]
    assert len(called_off["rule"]) == len(table["rule"])


async def test_what_is_wrong_is_refused(table: dict[str, Any]) -> None:
    broken = {**table, "rule": [{**BURNING, "lead": "gone"}, *table["rule"]]}
    with refused("enact.faults"):
        await enact(asking(broken, table["version"]), by=ADMIN, now=now())
    with refused("enact.same"):
        await enact(asking(table, table["version"]), by=ADMIN, now=now())
    draft = {**table, "rule": [BURNING, *table["rule"]]}
    with refused("enact.changed"):
        await enact(asking(draft, "another"), by=ADMIN, now=now())
    with refused("enact.past"):
        yesterday = (now() - timedelta(days=2)).date()
        ask = asking(draft, table["version"], valid_from=yesterday)
        await enact(ask, by=ADMIN, now=now())
    with pytest.raises(NotAllowed):
        await enact(asking(draft, table["version"]), by=staff(Role.SUPERVISOR), now=now())
    away = Enactment("520000", draft, (now() + timedelta(days=1)).date(), "改一改看看", "x")
    with pytest.raises(NotFound):
        await enact(away, by=ADMIN, now=now())


async def test_a_rehearsal_says_per_department_what_would_change_and_writes_nothing(
    table: dict[str, Any],
) -> None:
    order = await dispatched()
    sent = {**table, "rule": [{**BURNING, "kind": "air.odour", "lead": "housing"}, *table["rule"]]}
    text = as_toml(sent)
    (found,) = await rehearsal(PREFECTURE, read(text), text, now() - timedelta(days=9999))
    assert (found.found.looked, found.found.changed) == (1, 1)
    told = {one.department: (one.gains, one.losses) for one in found.found.shifts}
    assert told == {"522701.environment": (0, 1), "522701.housing": (1, 0)}
    assert found.found.shifts[0].examples == (order.number,)
    assert (await contents())[PREFECTURE]["routing"]["version"] == table["version"]


async def test_a_row_that_does_not_compile_is_told_with_its_line(table: dict[str, Any]) -> None:
    text = as_toml({**table, "rule": [*table["rule"][:2], {**BURNING, "kind": "air.smoke"}]})
    (found,) = await rehearsal(PREFECTURE, read(text), text, now())
    (fault,) = found.draft.faults
    assert "air.smoke" in text.splitlines()[fault.line - 1]
    assert (fault.row, fault.what) == (3, "kind air.smoke unknown")


async def test_what_is_no_toml_is_told_where(table: dict[str, Any]) -> None:
    with refused("draft.toml"):
        read("rule = [\n{ kind = }\n]")
    for line in ('kind = "air"', 'kind = 1, lead = "x"', 'kind = "air", lead = "x", co = "y"'):
        with refused("draft.row"):
            read(f'source = "s"\nmark = "K"\nrule = [{{ {line} }}]')


async def test_a_row_in_force_that_stops_compiling_raises_an_alarm_and_waits_for_a_person(
    table: dict[str, Any], db: Services
) -> None:
    draft = {**table, "rule": [BURNING, *table["rule"]]}
    version = await enact(asking(draft, table["version"]), by=ADMIN, now=now())
    assert [one for one in await alarms(frozenset({PREFECTURE}), now()) if one.broken] == []
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute(  # as if another topic's version had closed the department
        "UPDATE policy_version SET content = jsonb_set(content, '{rule,0,lead}', '\"gone\"')"
        " WHERE version = $1",
        version,
    )
    await owner.close()
    forget()

    (alarm,) = [one for one in await alarms(frozenset({PREFECTURE}), now()) if one.broken]
    assert (alarm.row, alarm.what) == (1, "department gone unknown")
    order = await dispatched(text="都匀市小围寨街道有人露天焚烧秸秆垃圾，浓烟滚滚。")
    assert (order.stage, order.lead) == ("opened", None)
