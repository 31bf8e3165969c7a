"""People at the desks of a bench: signed in through the page, in this very process."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import httpx

from hotline.commands.launch.words import Trouble
from hotline.rules.terms import Role
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from webforms.app import create_app
from webforms.csrf import FIELD

ADDRESS: Final = "http://bench.test"
TOKEN: Final = re.compile(f'name="{FIELD}" value="([^"]+)"')


@dataclass
class Seat:
    """One person's browser, and the token of its forms."""

    client: httpx.AsyncClient
    token: str = ""

    async def get(self, path: str) -> httpx.Response:
        """A page, wherever it leads."""
        return self._right(await self.client.get(path, follow_redirects=True))

    async def post(self, path: str, **filled: Any) -> httpx.Response:
        """A form; the answer as it comes."""
        headers = {"x-part": "1"} if filled.pop("part", False) else {}
        data = {FIELD: self.token, **filled}
        return self._right(await self.client.post(path, data=data, headers=headers))

    def _right(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_error:
            raise Trouble("压测页面出错", f"{answer.url.path}: {answer.status_code}")
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer


async def seat(jurisdiction: str, *roles: Role, department: str = "") -> Seat:
    """A new member of staff."""
    login, password = f"bench.{uuid4().hex[:8]}", uuid4().hex
    post = Post(jurisdiction, frozenset(roles), department)
    await enrol(Person(login, "压测人员（虚构）", password), post, OPERATOR, datetime.now(UTC))
    transport = httpx.ASGITransport(create_app())
    one = Seat(httpx.AsyncClient(transport=transport, base_url=ADDRESS, timeout=60))
    await one.get("/sign-in")
    await one.post("/sign-in", login=login, password=password)
    await one.get("/account/password")  # its forms have the token of who signed in
    return one
