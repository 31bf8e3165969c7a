"""A reporter's way through the pages, as a finger goes it: every tap counted."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

TEXT = "院子后面的塑料颗粒厂（虚构）每天夜里排放刺鼻的气味，开窗就呛人，已经半个月。"
COUNTY = "522702"  # not the desks' county: what looks alike is put before a person first
LANDMARK = "河边新村（虚构）东门"
PHONE_NUMBER = "13800000000"  # nobody's


@dataclass
class Reporter:
    """One person with a phone. A native picker is two taps: open it, choose."""

    page: Page
    taps: int = 0
    screens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._seen)

    def _seen(self, frame: Frame) -> None:
        if frame is self.page.main_frame:
            self.screens.append(frame.url)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def choose(self, what: Locator, value: str) -> None:
        self.taps += 2
        what.select_option(value)

    def follow(self, what: Locator) -> None:
        """A tap that leads to a page."""
        with self.page.expect_navigation():
            self.tap(what)

    def press(self, name: str) -> None:
        """A button by its words."""
        self.follow(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        """A link by its words; where it stands twice, the first."""
        self.follow(self.page.get_by_role("link", name=name, exact=True).first)

    def next(self) -> None:
        self.press("下一步")

    def start(self) -> None:
        self.page.goto("/")
        self.follow(self.page.get_by_role("link", name="我要反映").first)

    def where(
        self, landmark: str = LANDMARK, *, county: str = COUNTY, scripts: bool = True
    ) -> None:
        """Without scripts the townships come with the next page."""
        self.choose(self.page.locator("#county"), county)
        if scripts:
            self.page.locator("#township").wait_for()
        else:
            self.next()
        self.page.locator("#landmark").fill(landmark)
        self.next()

    def what(self, wish: str = "举报", *kinds: str) -> None:
        for kind in kinds:
            self.tap(self.page.get_by_role("checkbox", name=kind, exact=True))
        self.tap(self.page.get_by_role("radio", name=wish, exact=True))
        self.next()

    def story(self, text: str = TEXT) -> None:
        self.page.locator("#text").fill(text)
        self.next()

    def no_photos(self) -> None:
        self.press("没有照片，下一步")

    def attach(self, *files: Path) -> None:
        self.page.locator("#photos").set_input_files(list(files))
        self.press("上传所选文件")

    def attach_in_vain(self, *files: Path) -> None:
        """The page says why; with scripts it is the same document."""
        self.page.locator("#photos").set_input_files(list(files))
        self.tap(self.page.get_by_role("button", name="上传所选文件"))
        expect(self.page.locator(".error")).to_contain_text(files[-1].name)

    def you(self, secrecy: str = "匿名") -> None:
        self.tap(self.page.get_by_role("radio", name=secrecy, exact=True))
        if secrecy != "匿名":
            self.page.locator("#name").fill("张某某（虚构）")
            self.page.locator("#phone").fill(PHONE_NUMBER)
        self.next()

    def send(self) -> None:
        self.press("确认提交")

    def receipt(self) -> tuple[str, str]:
        """Number and code, as the person notes them down."""
        self.page.wait_for_url("**/report/receipt")
        number = self.page.locator("#number").inner_text()
        code = self.page.locator("#code").inner_text()
        return number, " ".join(code.split())


def look_up(page: Page, number: str, code: str) -> None:
    """进度查询."""
    page.goto("/progress")
    page.locator("#number").fill(number)
    page.locator("#code").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="查询", exact=True).click()


def a_photo(folder: Path) -> Path:
    """A real picture with a Chinese name."""
    path = folder / "夜间冒烟（虚构）.png"
    noise = Image.effect_noise((1200, 900), 90)
    Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))).save(path)
    return path


def twelve_megapixels(folder: Path) -> Path:
    """As a phone takes it: smooth, with some grain."""
    path = folder / "河边.jpg"
    smooth = Image.radial_gradient("L").resize((4000, 3000))
    grain = Image.effect_noise((1000, 750), 30).resize((4000, 3000))
    picture = Image.merge("RGB", (smooth, Image.blend(smooth, grain, 0.3), grain))
    picture.save(path, quality=92)
    return path


def not_a_photo(folder: Path) -> Path:
    """A text that says it is a picture."""
    path = folder / "情况说明.jpg"
    path.write_text("这不是照片，只是一段文字。\n" * 40, encoding="utf-8")
    return path


def too_large(folder: Path) -> Path:
    """40 MB that begin like a JPEG."""
    path = folder / "全景照片.jpg"
    begin = io.BytesIO()
    Image.new("RGB", (64, 64), "grey").save(begin, "JPEG")
    with path.open("wb") as file:
        file.write(begin.getvalue())
        file.truncate(40 * 1024 * 1024)
    return path
