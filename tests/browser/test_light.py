"""Light on a slow line, and the eyes that look at the pages do see."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.devices import PHONE, Opener
from tests.browser.reporting import TEXT, Reporter, a_photo, look_up, twelve_megapixels
from tests.browser.running import Running
from tests.browser.sight import CITIZEN, faults
from tests.browser.watch import Watch

SLOWEST_PAINT = 2000  # milliseconds
AGAIN = 4  # neighbours only ever add: what is slow by itself is slow each time
PUBLIC = ("/public", "/public/figures", "/public/map", "/public/posts", "/api")
OPEN = ("/", "/progress", "/reward/claim", *PUBLIC)
ASKED = tuple(f"/report/{step}" for step in ("where", "what", "story", "photos", "you", "check"))
AFTERWARDS = ("/report/receipt", "/progress/report", "/progress/withdrawal")
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
LARGEST_PAINT = """
() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntries().at(-1).startTime)).observe(
    {type: "largest-contentful-paint", buffered: true}))
"""
BAR_SEEN = """
() => new MutationObserver((seen) => {
  if (seen.some((one) => [...one.addedNodes].some((node) => node.tagName === "PROGRESS")))
    sessionStorage.bar = "1";
}).observe(document.body, {childList: true, subtree: true})
"""
BAD = """<!doctype html><html lang="zh-CN"><title>坏页面</title><main><h1>坏页面</h1><h1>又一个</h1>
<input style="width:30px;height:20px;box-sizing:border-box">
<p style="color:#bbb;background:#fff">看不清</p>
<p style="width:28rem">宽</p></main></html>"""


def throttled(page: Page) -> Page:
    """400 ms and 400 kbit/s, a processor four times slower, an empty cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def painted(pages: list[Page], paths: tuple[str, ...]) -> dict[str, float]:
    """How long the largest paint took on each; the line is the slow one, not the machine."""
    took = {}
    for start in range(0, len(paths), len(pages)):
        at_once = list(zip(pages, paths[start:], strict=False))
        for page, path in at_once:
            page.goto(path, wait_until="commit")
        took |= {path: page.evaluate(LARGEST_PAINT) for page, path in at_once}
    return took


def too_slow(context: BrowserContext, paths: tuple[str, ...]) -> dict[str, float]:
    """Two tabs share the waiting; whoever was late beside another is asked again alone."""
    pages = [throttled(context.new_page()) for _ in range(2)]
    late = past(painted(pages, paths))
    for _ in range(AGAIN):
        late = past(painted(pages[:1], tuple(late)))
    return late


def past(took: dict[str, float]) -> dict[str, float]:
    return {path: paint for path, paint in took.items() if paint > SLOWEST_PAINT}


def test_a_citizen_page_is_there_in_two_seconds_on_a_slow_line(phone: Page) -> None:
    reporter = Reporter(phone)
    reporter.start()
    reporter.where()
    reporter.what("举报", "大气")
    reporter.story()
    reporter.no_photos()
    reporter.you()
    assert too_slow(phone.context, (*OPEN, *ASKED)) == {}
    phone.goto("/report/check")
    reporter.send()
    number, code = reporter.receipt()
    look_up(phone, number, code)
    assert too_slow(phone.context, AFTERWARDS) == {}


def test_a_line_that_breaks_during_an_upload_costs_neither_words_nor_photo(
    phone: Page, tmp_path: Path
) -> None:
    reporter = Reporter(phone)
    reporter.start()
    reporter.where()
    reporter.what("投诉")
    phone.locator("#text").fill(TEXT)
    expect(phone.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    phone.goto("/report/photos")
    phone.locator("#photos").set_input_files(a_photo(tmp_path))
    phone.context.set_offline(True)
    reporter.tap(phone.get_by_role("button", name="上传所选文件"))
    expect(phone.get_by_role("status").filter(has_text="没有传完")).to_be_visible()
    phone.context.set_offline(False)
    reporter.press("上传所选文件")
    expect(phone.get_by_role("heading", name="已上传 1 个")).to_be_visible()
    phone.goto("/report/story")
    expect(phone.locator("#text")).to_have_value(TEXT)


def test_a_photo_is_made_smaller_on_the_way_unless_the_original_is_asked_for(
    phone: Page, tmp_path: Path
) -> None:
    reporter, photo = Reporter(phone), twelve_megapixels(tmp_path)
    reporter.start()
    reporter.where()
    phone.goto("/report/photos")
    phone.evaluate(BAR_SEEN)
    sizes = []
    for original in (False, True):
        phone.locator("#original").set_checked(original)
        phone.locator("#photos").set_input_files(photo)
        with phone.expect_request(lambda one: one.method == "POST") as sent:
            phone.get_by_role("button", name="上传所选文件").click()
        sizes.append(int(sent.value.all_headers()["content-length"]))
        expect(phone.get_by_role("heading", name=f"已上传 {len(sizes)} 个")).to_be_visible()
    assert sizes[0] < photo.stat().st_size / 2
    assert sizes[1] > photo.stat().st_size
    assert phone.evaluate("sessionStorage.bar") == "1"


def test_what_is_wrong_with_a_page_is_seen(opened: Opener) -> None:
    page = opened(**{**PHONE, "is_mobile": False})
    page.set_content(BAD)
    seen = " ".join(faults(page, CITIZEN))
    for fault in ("2 h1", "axe label", "axe color-contrast", "target 30x20", "sideways "):
        assert fault in seen


def test_what_a_page_must_not_do_is_noticed(browser: Browser, service: Running) -> None:
    with browser.new_context(base_url=service.address) as context:
        page, watch = context.new_page(), Watch(service.address).over(context)
        page.goto("/")
        assert watch.complaints() == []
        page.evaluate("document.body.append(document.createElement('style'))")
        page.evaluate("document.querySelector('style:last-child').textContent = 'a{}'")
        page.goto("about:blank")
        page.set_content('<img src="http://127.0.0.1:9/a.png"><script>throw Error("x")</script>')
        said = " ".join(watch.complaints())
    for complaint in ("security policy style-src", "another host: http://127.0.0.1:9", "x"):
        assert complaint in said
