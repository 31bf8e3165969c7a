"""A citizen's way on a phone, with and without JavaScript: from the first page to the progress."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.devices import PHONE, Opener
from tests.browser.reporting import (
    PHONE_NUMBER,
    TEXT,
    Reporter,
    a_photo,
    look_up,
    not_a_photo,
    too_large,
    twelve_megapixels,
)
from tests.browser.running import Running

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
REPORTS = "SELECT count(*) FROM service_request"


def up_to_the_check(reporter: Reporter, *, scripts: bool = True) -> None:
    reporter.start()
    reporter.where(scripts=scripts)
    reporter.what("举报")
    reporter.story()
    reporter.no_photos()
    reporter.you()


@BOTH
def test_a_report_with_a_photo_goes_in_and_is_found_again(
    opened: Opener, service: Running, tmp_path: Path, scripts: bool
) -> None:
    page = opened(**PHONE, java_script_enabled=scripts)
    reporter, before = Reporter(page), service.value(REPORTS)
    reporter.start()
    reporter.where(scripts=scripts)
    reporter.what("举报", "大气")
    reporter.story()
    reporter.attach(a_photo(tmp_path))
    expect(page.get_by_role("heading", name="已上传 1 个")).to_be_visible()
    expect(page.get_by_alt_text("夜间冒烟（虚构）.png")).to_be_visible()
    reporter.next()
    reporter.you("保密")
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_text(PHONE_NUMBER)).to_be_visible()
    expect(page.get_by_alt_text("夜间冒烟（虚构）.png")).to_be_visible()
    reporter.send()
    number, code = reporter.receipt()
    assert service.value(REPORTS) == before + 1

    elsewhere = opened(**PHONE, java_script_enabled=scripts)
    look_up(elsewhere, number, code)
    expect(elsewhere.get_by_role("heading", name="办理进度", exact=True)).to_be_visible()
    expect(elsewhere.get_by_text(number)).to_be_visible()
    expect(elsewhere.get_by_text("已登记")).to_be_visible()
    assert not any(secret in elsewhere.content() for secret in (TEXT, PHONE_NUMBER, code))


def test_whoever_stands_there_gives_the_position_by_one_tap(opened: Opener) -> None:
    page = opened(
        **PHONE,
        permissions=["geolocation"],
        geolocation={"longitude": 107.5169, "latitude": 26.7029, "accuracy": 24.3},
    )
    reporter = Reporter(page)
    reporter.start()
    reporter.tap(page.get_by_role("button", name="使用当前位置"))
    expect(page.get_by_text("误差约 25 米")).to_be_visible()
    reporter.where()
    page.goto("/report/where")
    expect(page.get_by_text("误差约 25 米")).to_be_visible()
    assert page.locator("[name=longitude]").input_value() == "107.5169"

    refusing = opened(**PHONE)
    Reporter(refusing).start()
    refusing.get_by_role("button", name="使用当前位置").tap()
    expect(refusing.get_by_text("浏览器没有允许读取位置")).to_be_visible()


@BOTH
def test_a_refused_file_costs_neither_the_text_nor_the_other_files(
    opened: Opener, tmp_path: Path, scripts: bool
) -> None:
    page = opened(**PHONE, java_script_enabled=scripts)
    reporter = Reporter(page)
    reporter.start()
    reporter.where(scripts=scripts)
    reporter.what("投诉")
    reporter.story()
    reporter.attach_in_vain(a_photo(tmp_path), not_a_photo(tmp_path))
    expect(page.get_by_role("heading", name="已上传 1 个")).to_be_visible()
    if scripts:  # else the browser makes it small, and there is nothing to refuse
        reporter.tap(page.get_by_label("上传原图"))
    reporter.attach_in_vain(too_large(tmp_path))
    expect(page.locator(".error")).to_contain_text("20 MB")
    expect(page.get_by_role("heading", name="已上传 1 个")).to_be_visible()
    page.goto("/report/story")
    expect(page.locator("#text")).to_have_value(TEXT)


def test_a_large_photo_goes_up_small(phone: Page, tmp_path: Path) -> None:
    reporter = Reporter(phone)
    reporter.start()
    reporter.where()
    phone.goto("/report/photos")
    with phone.expect_request_finished(lambda one: one.method == "POST") as sent:
        reporter.attach(twelve_megapixels(tmp_path))
    assert sent.value.sizes()["requestBodySize"] <= 400 * 1024
    expect(phone.get_by_role("heading", name="已上传 1 个")).to_be_visible()


@BOTH
def test_the_shortest_way_is_short(opened: Opener, scripts: bool) -> None:
    page = opened(**PHONE, java_script_enabled=scripts)
    reporter = Reporter(page)
    up_to_the_check(reporter, scripts=scripts)
    reporter.send()
    reporter.receipt()
    assert len({url.partition("#")[0] for url in reporter.screens}) <= 8
    assert reporter.taps <= 12


@BOTH
def test_two_clicks_on_submit_make_one_report(
    opened: Opener, service: Running, scripts: bool
) -> None:
    page = opened(**PHONE, java_script_enabled=scripts)
    reporter, before = Reporter(page), service.value(REPORTS)
    up_to_the_check(reporter, scripts=scripts)
    page.get_by_role("button", name="确认提交").dblclick(no_wait_after=True)
    number, _ = reporter.receipt()
    assert service.value(REPORTS) == before + 1
    page.go_back()
    expect(page.locator("#number")).to_have_text(number)
    expect(page).to_have_url("/report/receipt")
    page.goto("/report/check")
    expect(page.locator("#number")).to_have_text(number)


def test_a_wrong_code_and_an_unknown_number_look_alike(phone: Page, service: Running) -> None:
    reporter = Reporter(phone)
    up_to_the_check(reporter)
    reporter.send()
    number, code = reporter.receipt()
    wrong = "".join(str(9 - int(digit)) for digit in code if digit.isdigit())
    answers = []
    for tried, with_code in ((number, wrong), (number[:-8] + "00000000", code)):
        look_up(phone, tried, with_code)
        expect(phone.locator("#error-summary")).to_be_visible()
        answers.append(phone.locator("body").inner_text())
        assert phone.locator("#number").input_value() == tried
        assert phone.locator("#code").input_value() == ""
    assert answers[0] == answers[1]
    assert service.value("SELECT count(*) FROM service_request WHERE number = $1", number) == 1


def test_an_empty_page_says_what_is_missing_and_takes_the_reader_there(phone: Page) -> None:
    reporter = Reporter(phone)
    reporter.start()
    reporter.next()
    expect(phone.locator("#error-summary")).to_be_focused()
    expect(phone).to_have_title("错误：问题发生在哪里 – 生态环境投诉举报")
    phone.locator("#error-summary a").first.tap()
    expect(phone.locator("#county")).to_be_focused()
