"""A person at a browser without JavaScript: follows links, fills the form that is on the page."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx

File = tuple[str, tuple[str, bytes, str]]


@dataclass
class Fields(HTMLParser):
    """The fields of each form of a page, with what stands in them."""

    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    at: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.at = said.get("action", "")
            self.forms.setdefault(self.at, {})
        ticked = said.get("type") not in ("radio", "checkbox") or "checked" in said
        if tag == "input" and "name" in said and ticked and said.get("type") != "file":
            self.forms[self.at][said["name"]] = said.get("value", "")


@dataclass
class Visitor:
    """One browser: its cookies, and the page it shows."""

    client: httpx.AsyncClient
    page: httpx.Response | None = None

    async def go(self, path: str) -> httpx.Response:
        """Open an address and follow where it leads."""
        self.page = await self.client.get(path, follow_redirects=True)
        return self.page

    async def send(self, path: str, **filled: Any) -> httpx.Response:
        """Fill the form of the page that posts to `path`, send it, follow where it leads."""
        self.page = await self.post(path, **filled)
        if self.page.has_redirect_location:
            await self.go(self.page.headers["location"].partition("#")[0])
        return self.page

    async def post(self, path: str, **filled: Any) -> httpx.Response:
        """The bare answer to the form."""
        return await self.client.post(path, data={**self.form(path), **filled})

    async def upload(self, path: str, files: list[File], **filled: Any) -> httpx.Response:
        """Send files with the form of the page."""
        self.page = await self.client.post(path, data={**self.form(path), **filled}, files=files)
        if self.page.has_redirect_location:
            await self.go(self.page.headers["location"])
        return self.page

    def form(self, path: str) -> dict[str, str]:
        """What the form already holds."""
        assert self.page is not None
        found = Fields()
        found.feed(self.page.text)
        return found.forms[path]

    @property
    def text(self) -> str:
        """Of the page at hand."""
        assert self.page is not None
        return self.page.text

    @property
    def path(self) -> str:
        """Where the browser is."""
        assert self.page is not None
        return self.page.url.path

    @property
    def heading(self) -> str:
        """The one h1 of the page."""
        assert self.page is not None
        (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", self.page.text, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", found)).strip()

    @property
    def problems(self) -> dict[str, str]:
        """The error summary: field → what is wrong with it."""
        assert self.page is not None
        summary = self.page.text.partition('id="error-summary"')[2].partition("</ul>")[0]
        return {
            name: unescape(text)
            for name, text in re.findall(r'<a href="#([\w-]+)">(.*?)</a>', summary)
        }
