"""The demonstration: every stage is there, every page has something to show, nobody is real."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from hotline.commands.demonstration import filling, logins
from hotline.commands.demonstration.book import page
from hotline.commands.demonstration.cast import Cast
from hotline.commands.launch.home import temporary_home
from hotline.commands.launch.services import Services, in_environment
from hotline.commands.launch.words import Trouble
from hotline.database import row, rows
from hotline.errors import StepRefused
from hotline.lookups import calls, clues, desk, publishing, search, triage
from hotline.lookups.belonging import around
from hotline.lookups.caller_history import caller_history
from hotline.lookups.figures import figures
from hotline.lookups.history_check import check_history
from hotline.lookups.ledger import Filter, cases
from hotline.lookups.order import order
from hotline.lookups.progress import progress
from hotline.lookups.request import request
from hotline.lookups.staff import people
from hotline.policy.store import packs
from hotline.rules.terms import OrderStage, RequestStage, Role
from hotline.steps.sign_in import sign_in
from tests.conftest import empty_tables
from tests.steps.builders import registered
from tests.support.running_up import running_up

NOW = datetime(2026, 10, 9, 6, 30, tzinfo=UTC)  # the second working day after a week of holidays
CAUSES = {
    "place.none", "place.several", "place.unknown_code", "place.conflict", "kind.none",
    "kind.unsure", "wish.answer", "alike.suggested", "system.failed",
}  # fmt: skip


@pytest.fixture(scope="module")
async def demo(
    connected: Services, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Cast]:
    """An installation filled once, in a home of its own; gives whoever works in it."""
    home = tmp_path_factory.mktemp("demonstration")
    with in_environment({"HOTLINE_HOME": str(home)}):
        await empty_tables(connected.owner_url)
        assert await filling.fill(NOW)
        pack = (await packs()).pack(page("people")["jurisdiction"])
        yield Cast(pack, NOW)


async def test_every_stage_of_reports_and_orders_is_there(demo: Cast) -> None:
    for table, stages in (("service_request", RequestStage), ("work_order", OrderStage)):
        found = await rows(f"SELECT DISTINCT stage FROM {table}")
        assert {one["stage"] for one in found} == {stage.value for stage in stages}
    published = await rows("SELECT DISTINCT stage FROM publication")
    assert {one["stage"] for one in published} == {"proposed", "published", "retracted"}
    rewards = await rows("SELECT DISTINCT stage FROM reward_case")
    assert {one["stage"] for one in rewards} >= {"blocked", "proposed", "reviewed", "approved"}


async def test_nobody_made_up_is_written_to(demo: Cast) -> None:
    left = await rows("SELECT DISTINCT state FROM message WHERE recipient = 'reporter'")
    assert {one["state"] for one in left} == {"unreachable", "withdrawn"}


async def test_every_cause_of_triage_and_every_reason_of_refusal_is_there(demo: Cast) -> None:
    causes = await rows(
        "SELECT DISTINCT triage_cause AS c FROM service_request WHERE stage='triage'"
    )
    assert {one["c"] for one in causes} == CAUSES
    reasons = await rows("SELECT DISTINCT refuse_reason AS r FROM service_request")
    told = {reason.code for reason in demo.pack.acceptance.reasons}
    assert {one["r"] for one in reasons} - {None} == told


async def test_matters_are_told_by_several_again_in_an_emergency_and_begin_anew(
    demo: Cast,
) -> None:
    told = await row(
        "SELECT max(report_count) AS most, count(*) FILTER (WHERE emergency) AS emergencies,"
        " count(earlier_order_id) AS anew, max(redo_count) AS redone FROM work_order"
    )
    assert told is not None
    assert told["most"] >= 5
    assert told["emergencies"] >= 5
    assert told["anew"] >= 1
    assert told["redone"] == 1
    relations = await rows("SELECT DISTINCT relation AS r FROM membership")
    assert {one["r"] for one in relations} >= {"first", "same", "again"}


async def test_reports_were_merged_moved_out_and_related_and_each_order_says_why_it_lies_there(
    demo: Cast,
) -> None:
    steps = await rows("SELECT step, count(*) AS n FROM event GROUP BY step")
    done = {one["step"]: one["n"] for one in steps}
    by = await demo.of(Role.SUPERVISOR)
    linked = await row(
        "SELECT o.number FROM order_link l JOIN work_order o ON o.id = l.order_id"
        " WHERE l.to_at IS NULL"
    )

    assert {"merge", "split", "link"} <= done.keys()
    assert linked is not None
    view = await order(by, linked["number"], NOW)
    assert (await around(by, view, NOW)).of("related")
    assert view.why is not None
    assert view.why.rows


async def test_the_handlers_desk_is_full_under_every_tab(demo: Cast) -> None:
    by = await demo.of(Role.HANDLER)
    found = await desk.queue(by, desk.Tab.IN_WORK, NOW)

    assert [tab for tab in desk.Tab if not found.counts[tab]] == []
    lead = "SELECT count(*) AS n FROM work_order WHERE lead = $1 AND closed_at IS NULL"
    own = await row(lead, by.department)
    assert own is not None
    assert own["n"] >= 40
    view = await order(by, found.rows[0].number, NOW)
    assert view.reports
    assert view.history


async def test_supervisor_and_reviewer_see_every_department(demo: Cast) -> None:
    for role in (Role.SUPERVISOR, Role.REVIEWER):
        counts = (await desk.queue(await demo.of(role), desk.Tab.IN_WORK, NOW)).counts
        assert counts[desk.Tab.IN_WORK] > 40
        assert counts[desk.Tab.OVERDUE] >= 10


async def test_the_triage_desk_has_reports_and_orders_some_late_and_some_with_suggestions(
    demo: Cast,
) -> None:
    by = await demo.of(Role.TRIAGE)
    found = await triage.queue(by, NOW)

    assert {one.what for one in found.rows} == {"request", "order"}
    assert any(one.left and one.left.overdue for one in found.rows)
    suggested = next(one for one in found.rows if one.suggestions)
    assert (await request(by, suggested.number, NOW)).suggestions


async def test_what_a_group_tells_is_in_one_order_or_suggested_to_it(demo: Cast) -> None:
    told = await rows(
        "SELECT coalesce(o.number, r.suggestions->0->>'number') AS number"
        " FROM service_request r"
        " LEFT JOIN membership m ON m.request_id = r.id AND m.to_at IS NULL"
        " LEFT JOIN work_order o ON o.id = m.order_id"
        " WHERE r.target LIKE '%露天歌厅%' AND r.registered_at > $1",
        NOW - timedelta(days=5),
    )
    assert len(told) == 4
    assert len({one["number"] for one in told}) == 1


async def test_the_agent_has_todays_calls_drafts_and_callers_with_a_past(demo: Cast) -> None:
    by = await demo.of(Role.AGENT)
    today = await calls.registered(demo.pack.tenant, f"agent:{by.id}", NOW - timedelta(days=1))
    drafts = await row("SELECT count(*) AS n FROM draft WHERE kind = 'agent'")

    assert len(today) >= 8
    assert drafts == {"n": len(page("calls")["draft"]) + 1}  # and the list of them
    assert len(await caller_history(page("calls")["draft"][0]["phone"], by)) >= 2


async def test_press_public_search_and_people_have_something_to_show(demo: Cast) -> None:
    tenant = demo.pack.tenant
    assert len(await clues.clues(await demo.of(Role.MEDIA))) >= 5
    assert (await cases(tenant, Filter())).total >= 8
    assert len(await publishing.listed(await demo.of(Role.PUBLISHER), "proposed")) >= 3
    shown = await figures(tenant, (NOW - timedelta(days=60)).date(), NOW.date())
    assert shown.registered
    assert shown.by_kind
    assert (await search.search(await demo.of(Role.SUPERVISOR), "噪音")).hits
    assert len(await people(tenant)) >= 20


async def test_the_sample_reports_progress_opens_with_its_code(demo: Cast) -> None:
    told = logins._held()["report"]
    seen = await progress(told["number"], told["code"].replace(" ", ""))

    assert seen.stage is RequestStage.ANSWERED
    assert seen.reply
    assert seen.supplements


async def test_its_history_is_whole_and_none_of_it_is_yet_to_come(demo: Cast) -> None:
    verdict = await check_history()

    assert verdict.breaks == []
    assert verdict.chains > 500
    late = await row("SELECT count(*) AS n FROM event WHERE at > $1", NOW)
    assert late == {"n": 0}


async def test_no_table_tells_a_reporter(demo: Cast) -> None:
    for table in ("service_request", "work_order", "order_text", "event_detail", "message"):
        told = await row(f"SELECT count(*) AS n FROM {table} t WHERE t::text LIKE '%1300000%'")
        assert told == {"n": 0}, table


async def test_it_is_filled_once_and_real_reports_are_left_alone(
    demo: Cast, connected: Services
) -> None:
    assert await filling.fill(NOW) is False
    await rows("DELETE FROM import_run")

    with pytest.raises(Trouble, match="no demo data"):
        await filling.fill(NOW)


async def test_logins_work_while_up_runs_as_a_demonstration_and_not_afterwards(
    connected: Services,
) -> None:
    await empty_tables(connected.owner_url)
    await _as_if_filled(connected)
    given = {"DATABASE_URL": connected.database_url, "DATABASE_OWNER_URL": connected.owner_url}
    with temporary_home() as home:
        copytree(Path(connected.home) / "keys", home.root / "keys", dirs_exist_ok=True)
        with running_up(home, "--demo", **given) as up:
            password = _password(up.said(), "demo.agent")
            assert (home.root / logins.FILE).stat().st_mode & 0o777 == 0o600
            assert await sign_in("demo.agent", password, datetime.now(UTC))
        with running_up(home, **given) as plain:
            assert "demo.agent" not in plain.said()
    with pytest.raises(StepRefused):
        await sign_in("demo.agent", password, datetime.now(UTC))


async def test_an_installation_with_a_real_report_is_refused(db: Services) -> None:
    await registered()

    with pytest.raises(Trouble):
        await filling.fill(NOW)
    assert await rows("SELECT id FROM import_run") == []


async def _as_if_filled(services: Services) -> None:
    """The mark and the people, without the reports: what the logins need."""
    del services
    cast = Cast((await packs()).pack(page("people")["jurisdiction"]), NOW)
    await cast.come_together()
    await rows(
        "INSERT INTO import_run (id, tenant_id, source, rows, good, known, bad, started_at,"
        " finished_at) VALUES (gen_random_uuid(), $1, $2, 0, 0, 0, 0, $3, $3)",
        cast.pack.tenant,
        filling.SOURCE,
        NOW,
    )


def _password(said: str, login: str) -> str:
    line = next(line for line in said.splitlines() if login in line)
    return line.split()[-1]
