"""Staff at their desks, and reports that have come. Every name and number is made up（虚构）."""

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import httpx
from argon2 import PasswordHasher

from hotline.database import row
from hotline.rules.report import Contact, Delivery, Report, Story
from hotline.rules.terms import Channel, Role, Secrecy, Wish
from hotline.steps import hashing
from hotline.steps.decide import decide
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from hotline.steps.register import register
from tests.support.visitor import Visitor

TENANT: Final = "520000"
PREFECTURE: Final = "522700"
COUNTY: Final = "522701"
DESK: Final = f"{COUNTY}.environment"
USUAL: Final = hashing._hasher
LIGHT: Final = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD: Final = "made up for these tests"
SMOKE: Final = "都匀市小围寨街道某砖厂（虚构）夜间冒黑烟，窗台上全是灰，刺鼻难闻。"
QUESTION: Final = "我想咨询一下，工地夜间施工要办什么手续？"
NOWHERE: Final = "有人偷排废水，河水发黑发臭，请尽快处理。"
CALLER: Final = Contact(name="陈某某（虚构）", phone="13900000021")


@dataclass(frozen=True)
class Sitting:
    """One member of staff at a browser without JavaScript."""

    visitor: Visitor
    login: str

    @property
    def client(self) -> httpx.AsyncClient:
        return self.visitor.client

    @property
    def text(self) -> str:
        """The page at hand."""
        assert self.visitor.page is not None
        return self.visitor.page.text

    async def go(self, path: str) -> httpx.Response:
        return await self.visitor.go(path)

    async def press(self, form: str, button: str = "", **filled: Any) -> httpx.Response:
        """Send the page's form, by a button with an address of its own if one is named."""
        data = {**self.visitor.form(form), **filled}
        answer = await self.client.post(button or form, data=data)
        self.visitor.page = answer
        if answer.has_redirect_location:
            await self.go(answer.headers["location"])
        return answer


async def seat(
    visitor: Visitor, *roles: Role, department: str = "", kinds: Set[str] = frozenset()
) -> Sitting:
    """Enrolled and signed in through the page."""
    login = f"staff.{uuid4().hex[:8]}"
    post = Post(PREFECTURE, frozenset(roles), department, frozenset(kinds))
    with lightly_hashed():
        await enrol(
            Person(login, f"某{login[-4:]}（虚构）", PASSWORD), post, OPERATOR, datetime.now(UTC)
        )
    await sign_in(visitor, login, PASSWORD)
    return Sitting(visitor, login)


@contextmanager
def lightly_hashed() -> Iterator[None]:
    """The same hash over less memory, for passwords that guard nothing: hundreds are made here and
    looked at once, and a hash keeps its own cost."""
    hashing._hasher = LIGHT
    try:
        yield
    finally:
        hashing._hasher = USUAL


async def sign_in(visitor: Visitor, login: str, password: str) -> httpx.Response:
    """Through the page, following where it leads."""
    await visitor.go("/sign-in")
    return await visitor.send("/sign-in", login=login, password=password)


def another(client: httpx.AsyncClient) -> Visitor:
    """Somebody else's browser at the same service."""
    transport = client._transport
    return Visitor(httpx.AsyncClient(transport=transport, base_url=client.base_url))


async def arrived(text: str = SMOKE, **given: Any) -> str:
    """A report that came and that the service has decided; its number."""
    now = datetime.now(UTC)
    base: Mapping[str, Any] = {
        "tenant_id": TENANT,
        "jurisdiction": PREFECTURE,
        "channel": Channel.WEB,
        "wish": Wish.COMPLAIN,
        "contact": CALLER,
        "secrecy": Secrecy.CONFIDENTIAL,
    }
    report = Report(**{**base, "story": Story(text=text), **given})
    delivery = Delivery("web", uuid4().hex, text.encode())
    receipt = await register(report, delivery, by=OPERATOR, now=now)
    await decide(TENANT, receipt.request_id, now)
    return receipt.number


async def order_number(report: str) -> str:
    """The order a report is in, "" for none."""
    found = await row(
        "SELECT o.number FROM service_request r JOIN membership m ON m.tenant_id = r.tenant_id"
        " AND m.request_id = r.id AND m.to_at IS NULL JOIN work_order o"
        " ON o.tenant_id = r.tenant_id AND o.id = m.order_id WHERE r.number = $1",
        report,
    )
    return str(found["number"]) if found else ""


async def stage_of(table: str, number: str) -> str:
    """Where a report or an order stands."""
    found = await row(f"SELECT stage FROM {table} WHERE number = $1", number)
    return str(found["stage"]) if found else ""
