"""附近已有人反映? on a phone, with and without JavaScript: one tap, and the report is one's own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from hotline import database
from hotline.rules.report import Contact, Delivery, Report, Story
from hotline.rules.terms import Channel, Secrecy, Wish
from hotline.steps.invite import OPERATOR
from hotline.steps.register import register
from tests.browser.devices import PHONE, Opener
from tests.browser.reporting import Reporter
from tests.browser.running import Running
from tests.browser.sight import CITIZEN, ELDER, Looker
from tests.support.running_up import wait_until

COUNTY = "522723"
SMELL = "河滩路水泥厂（虚构）每天夜里不开除尘，粉尘落满阳台，白天都不敢开窗晾衣服。"
TOO = "水泥厂（虚构）夜里又不开除尘，粉尘落满阳台，白天不敢开窗晾衣服，就在河滩路上。"
REPORTS = """
SELECT max(report_count) FROM work_order WHERE county = $1 AND stage NOT IN ('closed', 'withdrawn')
"""


async def _register() -> None:
    await database.connect(pool=2)
    try:
        for person in range(3):
            report = Report(
                tenant_id="520000",
                jurisdiction="522700",
                channel=Channel.WEB,
                wish=Wish.REPORT,
                story=Story(text=SMELL, landmark="河滩路（虚构）"),
                contact=Contact(name="某（虚构）", phone=f"1390000880{person}"),
                secrecy=Secrecy.CONFIDENTIAL,
                county=COUNTY,
                kinds=("air",),
            )
            one = Delivery("web", uuid4().hex, SMELL.encode())
            await register(report, one, by=OPERATOR, now=datetime.now(UTC))
    finally:
        await database.disconnect()


@pytest.fixture(scope="module")
def known(service: Running) -> Running:
    """Three people have reported one matter, and the worker has joined them."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _register()).result()
    wait_until(lambda: (service.value(REPORTS, COUNTY) or 0) >= 3)
    assert service.value(REPORTS, COUNTY) >= 3
    return service


def up_to_the_question(reporter: Reporter, *, scripts: bool = True) -> None:
    reporter.start()
    reporter.where("河滩路（虚构）", county=COUNTY, scripts=scripts)
    reporter.what("举报")
    reporter.story(TOO)
    expect(reporter.page.get_by_role("heading", name="是不是这件事")).to_be_visible()


@pytest.mark.parametrize("elder", [False, True], ids=["standard", "elder"])
def test_the_page_is_for_everybody(opened: Opener, known: Running, elder: bool) -> None:
    page = opened(**PHONE)
    page.goto("/display?elder=1" if elder else "/")
    looker = Looker(page, ELDER if elder else CITIZEN)
    up_to_the_question(Reporter(page))
    looker.look()
    assert "\n".join(looker.found) == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_add_mine_is_one_tap_and_gives_a_number_of_its_own(
    opened: Opener, known: Running, scripts: bool
) -> None:
    page = opened(**PHONE, java_script_enabled=scripts)
    reporter, before = Reporter(page), known.value(REPORTS, COUNTY)
    up_to_the_question(reporter, scripts=scripts)
    assert SMELL[:6] not in page.locator("main").inner_text()
    reporter.follow(page.get_by_role("button", name="就是这件，把我的加进去").first)
    reporter.no_photos()
    reporter.you()
    expect(page.get_by_text("与已有人反映的是同一件")).to_be_visible()
    reporter.send()
    assert all(reporter.receipt())
    assert reporter.taps <= 12 + (not scripts)
    wait_until(lambda: known.value(REPORTS, COUNTY) > before)
    assert known.value(REPORTS, COUNTY) == before + 1
