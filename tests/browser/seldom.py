"""What no walk comes to by itself: made by its own step, or as its row stands, then looked at."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import httpx

from hotline import database
from hotline.records import (
    IdentityAsk,
    KindModel,
    PayoutBatch,
    PolicyVersion,
    ServiceRequest,
    new_id,
)
from hotline.rules.actor import Actor
from hotline.rules.report import Contact
from hotline.rules.terms import ActorKind, Role, Secrecy, Step
from hotline.steps.ask_review import ask_review
from hotline.steps.decide import decide
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post
from tests.browser.clerk import Clerk
from tests.browser.people import ADMIN, AGENT, CUSTODIAN, PASSWORD, REWARDER, TRIAGE, Member
from tests.browser.running import Running
from tests.browser.sight import FORM
from tests.browser.tour import Tour
from tests.steps.builders import registered
from tests.steps.desk import at, order_of, until
from tests.support.platform import NAME, ORDER, new_platform
from tests.support.running_up import wait_until

TENANT, PLACE = "520000", "522700"
VERSION: Final = "made-up"
BATCH: Final = "QNFF20261114965907092"
CHIEF: Final = Member("chief.xu", "许某某（虚构）", (Role.SUPERVISOR,), f"{PLACE}.environment")
SMOKE: Final = "福泉市金山街道某砖厂（虚构）夜间冒黑烟，刺鼻难闻。"
DUST: Final = "都匀市小围寨街道某水泥厂（虚构）每天夜里不开除尘，粉尘落满阳台。"
FIGURES: Final = {
    "lexicon": {"macro_f1": 0.61, "to_person": 0.2},
    "with_model": {"macro_f1": 0.67, "to_person": 0.1},
    "kinds": {"air.dust": {"precision": 0.9, "recall": 0.8}},
    "matters": {"air.dust": 40},
}


def _done(asked: Coroutine[Any, Any, Any]) -> Any:
    """The browser's thread has a loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


async def _in_database(asked: Coroutine[Any, Any, Any]) -> Any:
    await database.connect(pool=2)
    try:
        return await asked
    finally:
        await database.disconnect()


def make(service: Running) -> tuple[str, str]:
    """All of it, at one go; the numbers of a report to be reviewed, and of one still in hand."""
    found: tuple[str, str] = _done(_in_database(_make(service.address)))
    return found


async def _make(address: str) -> tuple[str, str]:
    now = datetime.now(UTC)
    answered, in_hand = await _reported(DUST), await _reported(SMOKE)
    await _not_accepted(answered, now)
    await _rows(answered, now)
    await _platform(address)
    post = Post(PLACE, frozenset(CHIEF.roles), CHIEF.department)
    await enrol(Person(CHIEF.login, CHIEF.name, PASSWORD), post, OPERATOR, now)
    return answered.number, in_hand.number


async def _reported(text: str) -> ServiceRequest:
    caller = Contact(name="陈某某（虚构）", phone="13900000021")
    receipt = await registered(text, contact=caller, secrecy=Secrecy.CONFIDENTIAL)
    await decide(TENANT, receipt.request_id, datetime.now(UTC))
    return await ServiceRequest.get(tenant_id=TENANT, id=receipt.request_id)


async def _not_accepted(report: ServiceRequest, now: datetime) -> None:
    """An answer that its reporter wants to be reviewed."""
    await until(Step.ANSWER, await order_of(report))
    await ServiceRequest.filter(id=report.id).update(wants_reply=True)
    by = Actor(ActorKind.REPORTER, str(report.id))
    await ask_review(at(report), "对答复不服，现场夜间仍有粉尘。", by=by, now=now)


async def _rows(report: ServiceRequest, now: datetime) -> None:
    """A question to the custodian, a model, a batch of payments."""
    await IdentityAsk.create(
        id=new_id(),
        tenant_id=TENANT,
        request_id=report.id,
        asked_by=str(new_id()),
        asked_at=now,
        why="需要到反映人家中核实粉尘来源（虚构）",
    )
    await KindModel.create(
        id=new_id(),
        tenant_id=TENANT,
        version=1,
        trained_at=now,
        state="idle",
        examples=40,
        figures=FIGURES,
        content=b"",
    )
    await PayoutBatch.create(
        id=new_id(),
        tenant_id=TENANT,
        jurisdiction=PLACE,
        number=BATCH,
        made_by=str(new_id()),
        made_at=now,
        lines=1,
        total_fen=10_000,
    )


async def _platform(address: str) -> None:
    """A platform, and an order of its that no door could take."""
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        platform = await new_platform(client)
        await platform.push({**ORDER, "appealType": "9"})


async def _more_bodies() -> None:
    """As if the prefecture's own file said that two of its departments accept by themselves."""
    held = (
        await PolicyVersion.filter(jurisdiction=PLACE, topic="departments").order_by("-id").first()
    )
    assert held
    bodies = [
        {"code": f"{PLACE}.{name}", "prefix": "QN", "source": "虚构", "mark": "K"}
        for name in ("environment", "water")
    ]
    held.id, held.version, held.sha256 = new_id(), VERSION, "0" * 64
    held.valid_from, held.imported_at = datetime.now(UTC).date(), datetime.now(UTC)
    held.content = {**held.content, "accepting": bodies}
    held._saved_in_db = False
    await held.save()


@contextmanager
def more_bodies(service: Running) -> Iterator[None]:
    """分别受理, for as long as one page is looked at."""
    _done(_in_database(_more_bodies()))
    try:
        yield
    finally:
        _done(_fewer_bodies(service.services.owner_url))


async def _fewer_bodies(owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("SET session_replication_role = replica")
    await owner.execute("DELETE FROM policy_version WHERE version = $1", VERSION)
    await owner.close()


def of_the_answered(tour: Tour, report: str) -> None:
    """Rung up about, and judged by the body above: each with nothing said."""
    tour.begin(AGENT)[1].wrongly(f"/follow-ups/{report}")
    looker = tour.begin(CHIEF)[1]
    looker.go("/follow-ups")
    looker.go("/reviews")
    looker.wrongly(f"/reviews/{report}")


def between_bodies(tour: Tour, report: str) -> None:
    """移交受理 of an order, where more than one body accepts; and that it is over again."""
    clerk, looker = tour.begin(TRIAGE)
    path = f"/desk/orders/{tour.service.order_of(report)}/body"
    with more_bodies(tour.service):
        assert _offered(clerk, path, 1)
        looker.wrongly(path)
    looker.go(path)
    assert _offered(clerk, path, 0)


def _offered(clerk: Clerk, path: str, count: int) -> bool:
    """The page has so many forms, once the new rules have come to it."""

    def stands() -> bool:
        clerk.page.goto(path)
        return clerk.page.locator(FORM).count() == count

    return wait_until(stands) or stands()


def of_the_house(tour: Tour) -> None:
    """Who may know, what others sent, what was learnt, what is paid."""
    tour.begin(CUSTODIAN)[1].wrongly("/custody", form="form[action$='/denial']")
    clerk, looker = tour.begin(TRIAGE)
    looker.go("/repair")
    path = clerk.page.locator("main a[href^='/repair/']").first.get_attribute("href") or ""
    looker.wrongly(path, form="form[action$='/dismissal']")
    looker = tour.begin(ADMIN)[1]
    looker.go("/partners")
    looker.wrongly(f"/partners/{NAME}", form="form[action$='/trial']")
    looker.go("/models")
    looker.go("/models/1")
    looker = tour.begin(REWARDER)[1]
    looker.go("/payouts")
    looker.wrongly(f"/payouts/{BATCH}", form="form[action$='/results']")
