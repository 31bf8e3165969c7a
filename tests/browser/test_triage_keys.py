"""研判台 by keyboard alone: at most three keys a case, two acts to merge. Made up（虚构）."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.clerk import Clerk
from tests.browser.devices import DESKTOP, Opener
from tests.browser.people import AGENT, TRIAGE
from tests.browser.running import Running
from tests.support.running_up import wait_until

COUNTY = "惠水县"
SMELL = "好花红镇的香精厂（虚构）每天夜里排放刺鼻的香精味，开窗就呛人，老人小孩睡不着觉。"
AGAIN = f"{SMELL}今天晚上味道更大，已经连续三天了，请尽快处理。"
NOWHERE = "有人往河里偷排废水，河水发黑发臭。"
VAGUE = "我们这里的情况很不好，请你们派人来看看。"
STAGE = "SELECT stage FROM service_request WHERE number = $1"
LIKEST = "SELECT suggestions->0->>'number' FROM service_request WHERE number = $1"


@dataclass
class Keys:
    """Hands on the keyboard: every key counted, typed words aside."""

    page: Page
    count: int = 0

    def press(self, key: str, *, leads: bool = False) -> None:
        self.count += 1
        if not leads:
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def called(opened: Opener, service: Running) -> dict[str, str]:
    """Calls that an agent saved and the service has looked at: text → number."""
    clerk = Clerk(opened(**DESKTOP)).sign_in(AGENT)
    numbers = {}
    for text, county in ((SMELL, COUNTY), (AGAIN, COUNTY), (NOWHERE, ""), (VAGUE, "")):
        clerk.page.goto("/agent")
        clerk.press("登记新来电")
        clerk.page.locator("#text").fill(text)
        clerk.page.locator("#phone").fill(f"1390000009{len(numbers)}")
        clerk.page.locator("#county").fill(county)
        clerk.press("登记并流转")
        number = clerk.page.locator(".read-out").first.inner_text().replace(" ", "")
        wait_until(lambda number=number: service.value(STAGE, number) != "received")  # type: ignore[misc]
        numbers[text] = number
    return numbers


def test_three_keys_decide_a_case_and_the_next_one_loads(opened: Opener, service: Running) -> None:
    numbers = called(opened, service)
    order = service.order_of(numbers[SMELL])
    page = Clerk(opened(**DESKTOP)).sign_in(TRIAGE).page

    page.goto(f"/triage/reports/{numbers[AGAIN]}")
    assert service.value(LIKEST, numbers[AGAIN]) == order
    expect(page.locator("mark").first).to_be_visible()
    keys = Keys(page)
    keys.press("d", leads=True)
    keys.press("y", leads=True)
    assert keys.count <= 3
    assert service.order_of(numbers[AGAIN]) == order
    assert "/triage" in page.url
    assert numbers[AGAIN] not in page.url

    page.goto(f"/triage/reports/{numbers[VAGUE]}")
    keys = Keys(page)
    keys.press("u")
    keys.press("2")
    keys.press("Enter", leads=True)
    assert keys.count == 3
    assert service.value(STAGE, numbers[VAGUE]) == "refused"

    page.goto(f"/triage/reports/{numbers[NOWHERE]}")
    keys = Keys(page)
    keys.press("m")
    expect(page.locator("#county")).to_be_focused()
    page.locator("#county").fill(COUNTY)
    keys.press("Enter", leads=True)
    assert keys.count == 2
    assert service.value(STAGE, numbers[NOWHERE]) == "accepted"
