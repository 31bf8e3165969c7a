"""S4: shares of a month's cohort with their orders, and the same as a file that a worker writes."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from hotline.database import rows
from hotline.lookups import assessment
from hotline.lookups.assessment import Asked, cohort_orders
from hotline.lookups.case_export import COLUMNS
from hotline.policy.store import packs
from hotline.records import DeskExport, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import ActorKind, Role
from hotline.settings import settings
from hotline.steps.count_cohort import count_cohort
from hotline.steps.desk_export import GIVEN_UP, LEASE, claim_export, finish_export
from hotline.steps.erase import erase
from hotline.steps.transition import Target
from tests.support.sitting import (
    DESK,
    PREFECTURE,
    SMOKE,
    TENANT,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
)
from tests.support.visitor import Visitor
from workers import exports

ERASER = Actor(ActorKind.STAFF, "a", frozenset({Role.ADMIN}), "", TENANT)
OTHER = "都匀市广惠街道某塑料加工厂（虚构）排放刺鼻废气，晚上更严重。"
THIRD = "都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河，水面发黑。"
LATE = "UPDATE clock SET outcome = 'late', stopped_at = now() WHERE holder_id = $1 AND NOT is_right"
RATED = """
INSERT INTO feedback (id, tenant_id, request_id, order_id, at, score, solved, wants_redo, text)
SELECT gen_random_uuid(), tenant_id, first_request_id, id, now(), $2, true, false, ''
FROM work_order
WHERE number = $1
"""


def this_month() -> str:
    """Of the moment that a test is at, not of when its file was read."""
    return f"{datetime.now(SHANGHAI):%Y-%m}"


async def two_orders() -> tuple[str, str]:
    """One that was late and taken up again, one as it should be."""
    bad, good = [await order_number(await arrived(text)) for text in (SMOKE, OTHER)]
    order = await WorkOrder.get(number=bad)
    await rows(LATE, order.id)
    now = datetime.now(UTC)
    await WorkOrder.filter(number=bad).update(redo_count=1)
    await WorkOrder.filter(number=good).update(answered_at=now)
    await rows("UPDATE clock SET outcome = 'kept', stopped_at = now() WHERE stopped_at IS NULL")
    for number, score in ((bad, 2), (good, 5)):
        await rows(RATED, number, score)
    return bad, good


async def counted() -> None:
    assert await count_cohort(
        (await packs()).pack(PREFECTURE),
        datetime.strptime(this_month(), "%Y-%m").date(),
        datetime.now(UTC),
    )


async def overseer(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.SUPERVISOR)


async def test_each_share_leads_to_the_orders_that_count_against_it(visitor: Visitor) -> None:
    bad, good = await two_orders()
    desk = await overseer(visitor)
    assert "还没有统计" in (await desk.go(f"/assessment?month={this_month()}")).text
    await counted()

    page = (await desk.go(f"/assessment?month={this_month()}")).text

    assert "50.0%" in page
    for part in ("closed", "satisfied", "reopened"):
        path = f"/assessment/orders?month={this_month()}&part={part}&lead={DESK}"
        assert path.replace("&", "&amp;") in page
        behind = (await desk.go(path)).text
        assert bad in behind
        assert good not in behind
    file = (await desk.client.get(f"/assessment/table?month={this_month()}")).text.splitlines()
    assert file[0].startswith("\ufeff承办单位,得分,工单数,")
    assert len(file) == 4  # both together, one department, one county
    assert file[1].split(",")[2] == file[2].split(",")[2] == "2"
    both = (await desk.go(f"/assessment/orders?month={this_month()}&lead={DESK}")).text
    assert bad in both
    assert good in both


async def test_too_few_orders_have_no_score_and_what_was_withdrawn_does_not_count(
    visitor: Visitor,
) -> None:
    bad, _ = await two_orders()
    await WorkOrder.filter(number=bad).update(stage="withdrawn")
    await counted()
    (cell,) = await rows("SELECT orders, reopened, closed_of FROM assessment_cell")
    assert (cell["orders"], cell["reopened"]) == (1, 0)
    page = (await (await overseer(visitor)).go(f"/assessment?month={this_month()}")).text
    assert '<td class="num">–</td>' in page


async def test_the_pages_of_several_places_leave_no_order_out(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    del visitor
    numbers = [await order_number(await arrived(text)) for text in (SMOKE, OTHER, THIRD)]
    await WorkOrder.filter(number=numbers[0]).update(jurisdiction="520000")
    monkeypatch.setattr(assessment, "PAGE", 2)
    by = Actor(ActorKind.STAFF, "s", frozenset({Role.SUPERVISOR}), "", "520000")
    month = Asked(datetime.strptime(this_month(), "%Y-%m").date())

    pages = [await cohort_orders(by, month, datetime.now(UTC), page) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 1, 0]
    assert {one.number for page in pages for one in page} == set(numbers)


async def test_a_file_is_written_by_a_worker_for_whoever_asked_alone(visitor: Visitor) -> None:
    bad, _ = await two_orders()
    desk = await overseer(visitor)
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "xlsx"})
    where = desk.visitor.path
    assert "排队中" in desk.text

    assert await exports.drain_all() == 1

    assert "2 行" in (await desk.go(where)).text
    book = await desk.client.get(f"{where}/file")
    assert book.headers["content-disposition"].endswith('.xlsx"')
    assert bad in zipfile.ZipFile(io.BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    other = await overseer(another(desk.client))
    assert (await other.client.get(f"{where}/file")).status_code == 404


async def test_a_table_stays_with_the_post_that_it_was_asked_from(visitor: Visitor) -> None:
    desk = await overseer(visitor)
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "csv"})
    path = visitor.path
    assert await exports.drain_all() == 1
    assert (await desk.client.get(f"{path}/file")).status_code == 200
    await rows("UPDATE staff SET kinds = '{water}' WHERE login = $1", desk.login)
    assert (await desk.client.get(f"{path}/file")).status_code == 404


async def test_a_stopped_export_is_never_written(visitor: Visitor) -> None:
    await two_orders()
    desk = await overseer(visitor)
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "csv"})
    where = desk.visitor.path

    await desk.press(f"{where}/stop")

    assert await exports.drain_all() == 0
    assert "已停止" in desk.text
    assert (await DeskExport.get()).wrapped_key is None
    assert (await desk.client.get(f"{where}/file")).status_code == 404


async def test_what_cannot_be_written_says_so_and_is_not_tried_for_ever(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrived()
    desk = await overseer(visitor)
    monkeypatch.setattr(exports, "MOST_ROWS", 0)
    await desk.go("/assessment")
    await desk.press("/assessment/cases", **{"as": "csv"})
    long = desk.visitor.path
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "csv"})
    await rows("UPDATE desk_export SET wanted = wanted #- '{more,head}' WHERE what = 'assessment'")

    assert [await exports.drain_all() for _ in range(3)] == [1, 1, 0]

    assert "请缩短起止日期" in (await desk.go(long)).text
    assert [one.stage for one in await DeskExport.all()] == ["failed", "failed"]


async def test_two_workers_with_one_table_leave_one_file(visitor: Visitor) -> None:
    await two_orders()
    desk = await overseer(visitor)
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "csv"})
    where, now = desk.visitor.path, datetime.now(UTC)
    slow = await claim_export(now)
    quick = await claim_export(now + LEASE + timedelta(seconds=1))  # the slow one seemed gone
    assert slow
    assert quick
    assert await finish_export(quick, b"table", now)
    assert not await finish_export(slow, b"table", now)
    assert (await desk.client.get(f"{where}/file")).content == b"table"


async def test_what_ends_its_worker_each_time_is_given_up(visitor: Visitor) -> None:
    desk = await overseer(visitor)
    await desk.go(f"/assessment?month={this_month()}")
    await desk.press("/assessment/exports", **{"month": this_month(), "as": "csv"})
    now = datetime.now(UTC)
    assert await claim_export(now)
    assert await claim_export(now + LEASE + timedelta(seconds=1))
    assert await claim_export(now + 2 * GIVEN_UP) is None
    assert (await DeskExport.get()).stage == "failed"


async def test_reports_are_taken_away_in_the_columns_of_a_12345_line(visitor: Visitor) -> None:
    report = await arrived()
    desk = await overseer(visitor)
    await desk.go("/assessment")
    await desk.press("/assessment/cases", **{"as": "csv"})
    where = desk.visitor.path

    assert await exports.drain_all() == 1

    book = await desk.client.get(f"{where}/file")
    head, line = book.content.decode("utf-8-sig").splitlines()
    assert head.split(",") == list(COLUMNS)
    assert report in line
    assert "13800000000" not in line
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    await desk.go("/assessment")
    await desk.press("/assessment/cases", **{"as": "xlsx", "until": yesterday})
    without = desk.visitor.path
    assert await exports.drain_all() == 1
    assert "0 行" in (await desk.go(without)).text

    await desk.go("/assessment")
    await desk.press("/assessment/cases", **{"as": "csv"})
    begun = await claim_export(datetime.now(UTC))  # has read what is erased now
    assert begun
    (stands,) = await rows("SELECT id FROM service_request")
    kept = list(settings().files.rglob("*.export"))
    await erase(Target(TENANT, stands["id"]), "本人申请删除", by=ERASER, now=datetime.now(UTC))
    assert not await finish_export(begun, b"words", datetime.now(UTC))
    for path, there in ((where, False), (desk.visitor.path, False), (without, True)):
        page = await desk.go(path)
        assert ("请重新导出" not in page.text) is there
        assert (await desk.client.get(f"{path}/file")).is_success is there
    assert len(list(settings().files.rglob("*.export"))) == len(kept) - 1
