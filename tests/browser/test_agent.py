"""The call agent's desk by keyboard alone: no mouse, few keys, nothing typed is lost."""

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clerk import Clerk
from tests.browser.devices import DESKTOP, Opener
from tests.browser.people import AGENT
from tests.browser.phone_line import PhoneLine, a_line
from tests.browser.running import Running

CALLER = "13900000066"  # nobody's
NAME = "钱某某（虚构）"
TEXT = "沿河路的印染作坊（虚构）每天傍晚往河里排放红色废水，气味刺鼻。"
RIVER, GATE = ("贵定县", "沿河路（虚构）桥头"), ("龙里县", "东门外老砖窑（虚构）")
MOUSE = """
for (const kind of ["mousedown", "pointerdown", "touchstart"])
  addEventListener(kind, (event) => console.error("a mouse act", event.type), true);
"""


@dataclass
class Keyboard:
    """Somebody who never lets go of the keyboard: keys are counted, content is not."""

    page: Page
    keys: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def to(self, name: str) -> None:
        """By Tab, however many it takes."""
        for _ in range(30):
            if self.page.evaluate("document.activeElement.name") == name:
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name}")

    def say(self, name: str, words: str) -> None:
        """Content, typed where it belongs."""
        self.to(name)
        self.page.keyboard.type(words)

    def arrive(self, where: str, *keys: str) -> None:
        """Keys that lead to a page."""
        with self.page.expect_navigation(url=where):
            self.press(*keys)


@pytest.fixture
def agent(opened: Opener) -> Keyboard:
    """At the list of calls, and a mouse would be heard."""
    return an_agent(opened)


def an_agent(opened: Opener) -> Keyboard:
    page = opened(**DESKTOP)
    Clerk(page).sign_in(AGENT)
    page.context.add_init_script(MOUSE)
    page.goto("/agent")
    return Keyboard(page)


def new_call(agent: Keyboard) -> None:
    agent.arrive("**/agent/calls/*", "F2")
    expect(agent.page.locator("#phone")).to_be_focused()


def tell(agent: Keyboard, text: str, *, phone: str = CALLER, at: tuple[str, str] = RIVER) -> None:
    """A simple case."""
    agent.say("phone", phone)
    agent.say("name", NAME)
    agent.say("kind", "water.industrial")
    agent.say("county", at[0])
    agent.say("landmark", at[1])
    agent.say("text", text)


def read_out(page: Page) -> str:
    """The number, as it stands on the screen in groups."""
    return page.locator(".read-out").first.inner_text().replace(" ", "")


def test_a_call_is_registered_by_keyboard_with_few_keys_and_the_next_one_begins(
    agent: Keyboard, service: Running
) -> None:
    new_call(agent)
    tell(agent, TEXT)
    agent.arrive("**/saved", "Control+Enter")
    number = read_out(agent.page)
    agent.arrive("**/agent/calls/*", "Enter")
    order = service.order_of(number)

    agent.keys = 0
    agent.say("phone", CALLER)
    expect(agent.page.locator("#history")).to_contain_text(number)
    tell(agent, TEXT.replace("每天傍晚", "今天傍晚又"), phone="")
    expect(agent.page.locator("#alike")).to_contain_text(order)
    agent.arrive("**/saved", "Control+Enter")
    assert agent.keys <= 25
    expect(agent.page.get_by_role("button", name="登记下一个来电")).to_be_focused()
    agent.arrive("**/agent/calls/*", "Enter")


def seated(agent: Keyboard, line: PhoneLine, extension: str) -> None:
    """By keyboard, before anything is counted."""
    agent.page.reload()
    agent.page.locator("#line").select_option(line.name)
    agent.page.locator("#extension").fill(extension)
    agent.page.locator("#extension").focus()
    agent.arrive("**/agent", "Enter")
    expect(agent.page.locator(".seat")).to_contain_text(extension)


def test_a_ringing_call_opens_by_itself_and_the_next_waits_while_one_is_typed(
    agent: Keyboard, service: Running
) -> None:
    line = a_line(service)
    seated(agent, line, "8001")
    agent.keys = 0
    with agent.page.expect_navigation(url="**/agent/calls/*"):
        line.tell("offered", "b-1", extension="8001", caller=CALLER)
    expect(agent.page.locator("#phone")).to_have_value(CALLER)
    first = agent.page.url
    tell(agent, TEXT, phone="")
    line.tell("offered", "b-2", extension="8001", caller="13900000078")
    expect(agent.page.locator("#ringing")).to_contain_text("尾号 78")
    expect(agent.page.locator("#text")).to_be_focused()  # what rings takes nobody's place
    agent.arrive("**/agent/calls/*", "F9")
    expect(agent.page.locator("#phone")).to_have_value("13900000078")
    agent.arrive(first, "F6")
    assert agent.page.locator("#text").input_value() == TEXT
    agent.arrive("**/saved", "Control+Enter")
    assert agent.keys <= 25
    for call in ("b-1", "b-2"):
        line.tell("ended", call)


def test_a_look_alike_is_joined_by_keyboard(agent: Keyboard, service: Running) -> None:
    text = "电镀车间（虚构）夜里从暗管偷排发绿的酸水，水沟里的鱼都死了。"
    new_call(agent)
    tell(agent, text, at=GATE)
    agent.arrive("**/saved", "Control+Enter")
    order = service.order_of(read_out(agent.page))
    agent.arrive("**/agent/calls/*", "Enter")
    tell(agent, text.replace("都死了", "死了一片"), phone="13900000077", at=GATE)
    expect(agent.page.locator("#alike")).to_contain_text(order)
    agent.press("F8", "Space")
    expect(agent.page.locator(f"input[value='{order}']")).to_be_checked()
    agent.arrive("**/saved", "Control+Enter")
    expect(agent.page.get_by_text("已并入工单")).to_be_visible()
    number = read_out(agent.page)
    assert service.order_of(number) == order


def test_closing_the_browser_loses_no_more_than_five_seconds_of_typing(opened: Opener) -> None:
    agent = an_agent(opened)
    new_call(agent)
    agent.say("county", "瓮安县")
    agent.say("text", "矿渣场（虚构）没有覆盖，")
    began = time.monotonic()
    expect(agent.page.locator("#draft-state")).to_contain_text("草稿已存", timeout=9000)
    assert time.monotonic() - began <= 8  # five, and the way to the server of a busy machine
    agent.page.keyboard.type("刮风就起灰")
    agent.page.context.close()

    again = an_agent(opened)
    row = again.page.locator("[data-row]", has_text="矿渣场（虚构）没有覆盖，").first
    expect(row).to_be_visible()
    for _ in range(30):
        again.press("j")
        if "here" in (row.get_attribute("class") or ""):
            break
    again.arrive("**/agent/calls/*", "Enter")
    assert again.page.locator("#text").input_value().startswith("矿渣场（虚构）没有覆盖，")
    expect(again.page.locator("#county")).to_have_value("瓮安县")


def test_enter_while_a_word_is_being_composed_chooses_the_word_and_nothing_else(
    agent: Keyboard,
) -> None:
    new_call(agent)
    agent.to("landmark")
    typing = agent.page.context.new_cdp_session(agent.page)
    for keys in ("Enter", "Control+Enter"):
        typing.send(
            "Input.imeSetComposition",
            {"text": "yanhelu", "selectionStart": 7, "selectionEnd": 7},
        )
        agent.press(keys)
        expect(agent.page.locator("#landmark")).to_be_focused()
    typing.send("Input.insertText", {"text": "沿河路"})
    expect(agent.page.locator("#landmark")).to_have_value("沿河路")
    expect(agent.page).to_have_url(agent.page.url)
    assert agent.page.locator("#error-summary").count() == 0
    agent.press("Enter")
    expect(agent.page.locator("#source_name")).to_be_focused()


def test_a_call_is_registered_without_scripts_too(opened: Opener, service: Running) -> None:
    page = opened(**DESKTOP, java_script_enabled=False)
    clerk = Clerk(page).sign_in(AGENT)
    page.goto("/agent")
    clerk.press("登记新来电")
    page.locator("#text").fill("木材加工厂（虚构）的锯末到处飞，请来看看。")
    clerk.press("登记并流转")
    expect(page.get_by_role("heading", name="已登记")).to_be_visible()
