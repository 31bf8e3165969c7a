"""Staff at their desks with a mouse: every act counted, typing aside."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.people import PASSWORD, Member

LETTER = "你处转来的工单收悉。我局于接件次日夜间到现场核查，现将情况函复如下，详见调查处理结果。"
RESULT = "经夜间现场核查，该厂（虚构）废气收集设施破损，异味外逸，已责令三日内修复并立案。"
REPLY = "您好，您反映的情况属实。该厂已停产整改，修复后须经监测达标方可恢复生产。感谢您的监督。"
TITLE = "某塑料制品厂异味扰民问题"
PROBLEM = "附近居民受到该厂异味影响，主要集中在夜间时段。"
MEASURE = "执法人员夜查后责令停产检修废气收集管道，依法立案查处，并安排复测。"


@dataclass
class Clerk:
    """One person and one browser."""

    page: Page
    acts: int = 0

    def sign_in(self, member: Member) -> "Clerk":
        self.page.goto("/sign-in")
        self.page.locator("#login").fill(member.login)
        self.page.locator("#password").fill(PASSWORD)
        self.press("登录")
        return self

    def press(self, name: str, *, exact: bool = False) -> None:
        """A button by its words; what leads to a page is waited for."""
        self.follow(self.page.get_by_role("button", name=name, exact=exact).first)

    def save(self) -> None:
        """The texts, as far as they are."""
        self.press("保存", exact=True)

    def link(self, name: str) -> None:
        self.follow(self.page.get_by_role("link", name=name).first)

    def follow(self, what: Locator) -> None:
        self.acts += 1
        with self.page.expect_navigation():
            what.click()

    def choose(self, name: str, value: str) -> None:
        self.acts += 1
        self.page.locator(f"#{name}").select_option(value)

    def open_order(self, number: str) -> None:
        self.page.goto(f"/desk/orders/{number}")

    def write(self, *, letter: str = LETTER, result: str = RESULT, reply: str = REPLY) -> None:
        """The three texts."""
        for name, words in (("letter", letter), ("result", result), ("reply", reply)):
            self.page.locator(f"#{name}").fill(words)

    def submit(self, finding: str) -> None:
        """The conclusion, the texts, and on to the reviewer."""
        self.choose("finding", finding)
        self.write()
        self.press("保存并提交审核")

    def close(self) -> None:
        """办结."""
        chosen = self.page.get_by_label("办结", exact=True)
        if not chosen.is_visible():
            self.page.locator("summary", has_text="办结").click()
        chosen.check()
        self.press("确认办结")

    def propose(self) -> None:
        """公开: told anew."""
        for name, words in (("title", TITLE), ("problem", PROBLEM), ("measure", MEASURE)):
            self.page.locator(f"#{name}").fill(words)
        self.press("提出公开")
