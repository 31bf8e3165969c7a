"""No answer of ours holds whom to pay together with the report: every page and file of rewards."""

import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from python_calamine import CalamineWorkbook

from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.payee import Way
from hotline.rules.terms import ActorKind, Role
from hotline.steps.claim_reward import Claim, claim
from hotline.steps.make_payout import make_payout
from tests.steps.reward_desk import ACCOUNT, SOMEBODY, claimant_of
from tests.support.sitting import DESK, another, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import STORY, sent
from tests.webforms.citizen.test_progress import look
from tests.webforms.claims.test_claim import WISHED, told, words_on
from webforms.routes_rewards import REWARD_ROUTES

PAYEE = (ACCOUNT, SOMEBODY.name, SOMEBODY.bank)
REPORT = (STORY[:12], STORY[14:26], "云宫花城")
OFFICERS = (Role.REWARD, Role.APPROVER)
DESKS = (Role.HANDLER, Role.REVIEWER, Role.TRIAGE, Role.SUPERVISOR, Role.ADMIN)


def pages(case: str, batch: str) -> list[str]:
    """Every page of rewards that is looked at, of this case and this batch."""
    shown = [route.path for route in REWARD_ROUTES if "GET" in (route.methods or ())]
    assert {"/rewards/cases/{number}", "/payouts/{number}", "/rewards/ledger.csv"} <= set(shown)
    return [re.sub("{.*?}", batch if "payouts" in path else case, path) for path in shown]


async def test_payee_and_report_never_meet(client: httpx.AsyncClient, visitor: Visitor) -> None:
    number, code = await sent(visitor, **WISHED)
    await visitor.send("/report/receipt/secret")
    words = words_on(visitor)
    bodies = {"secret": visitor.page.text}  # type: ignore[union-attr]
    case = await told(number)
    order = await WorkOrder.get(id=case.order_id)
    await claim(claimant_of(case), Claim(Way.BANK, (SOMEBODY,), "1"), datetime.now(UTC))
    payer = Actor(ActorKind.STAFF, str(uuid4()), frozenset({Role.PAYER}), "", "522700")
    batch = await make_payout(by=payer, now=datetime.now(UTC))

    await look(visitor, number, code)
    await visitor.go("/reward/claim")
    await visitor.send("/reward/claim", number=number, code=code, secret=words)
    seats = {
        "citizen": visitor,
        "officer": (await seat(another(client), *OFFICERS)).visitor,
        "payer": (await seat(another(client), Role.PAYER)).visitor,
        "desk": (await seat(another(client), *DESKS, department=DESK)).visitor,
    }
    desks = [f"/desk/orders/{order.number}", f"/desk/orders/{order.number}/members", "/audit"]
    for who, one in seats.items():
        for path in [*pages(case.number, batch), "/progress/report", *desks]:
            bodies[f"{who} {path}"] = (await one.go(path)).text
    paying = seats["payer"]
    await paying.go(f"/payouts/{batch}")
    token = paying.form(f"/payouts/{batch}/file")
    for kind in ("xlsx", "csv"):
        sent_file = await paying.client.post(
            f"/payouts/{batch}/file", data={**token, "as": kind, "why": "核对名单，再次导出"}
        )
        bodies[kind] = sheet(sent_file.content) if kind == "xlsx" else sent_file.text

    meets = {
        where: [any(word in body for word in side) for side in (PAYEE, REPORT)]
        for where, body in bodies.items()
    }
    assert [where for where, (payee, report) in meets.items() if payee and report] == []
    assert sorted(where for where, (payee, _) in meets.items() if payee) == ["csv", "xlsx"]
    assert not [
        where for where in meets if where.startswith(("officer", "payer")) and meets[where][1]
    ]
    assert meets[f"desk {desks[0]}"] == [False, True]  # the report is found where it belongs


def sheet(content: bytes) -> str:
    """A spreadsheet's words."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return str(book.get_sheet_by_index(0).to_python())
