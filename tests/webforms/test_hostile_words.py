"""Markup, templates and formats in every field: shown as words to everybody, run by nobody."""

from datetime import UTC, datetime
from urllib.parse import quote

import httpx

from hotline.database import row
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from tests.support.sitting import DESK, another, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import TOLD, WHAT, receipt_of, sent, tell_where
from tests.webforms.desk.walk import PUBLIC, at, closed

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{number}%s${7*7}"


def harmless(page: httpx.Response) -> None:
    assert page.status_code < 500, page.url
    for sign in ("<script>alert", "<img src=x", "\"'><"):
        assert sign not in page.text, page.url


async def told(visitor: Visitor) -> tuple[str, str]:
    """A report with hostile words wherever words may stand."""
    await tell_where(visitor, landmark=EVIL, source_name=EVIL, source_place=EVIL)
    await visitor.send("/report/what", **WHAT)
    story = {**TOLD, "text": f"塑料厂（虚构）每天夜里排放刺鼻气味。{EVIL}", "hours": EVIL}
    await visitor.send("/report/story", **story)
    await visitor.send("/report/photos", act="next")
    you = {"secrecy": "real_name", "name": EVIL[:60], "phone": "13800000000", "wants_reply": "yes"}
    await visitor.send("/report/you", **you)
    assert visitor.page is not None
    for path in ("where", "what", "story", "you", "check"):
        harmless(await visitor.go(f"/report/{path}"))
    await visitor.send("/report/submission")
    harmless(visitor.page)
    return receipt_of(visitor)


async def test_hostile_words_of_a_reporter_are_words_on_every_page(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number, code = await told(visitor)
    found = await row("SELECT id FROM service_request")
    assert found is not None
    await decide("520000", found["id"], datetime.now(UTC))
    order = await order_number(number)
    chief = await seat(another(client), Role.SUPERVISOR, Role.TRIAGE, Role.PUBLISHER)
    handler = await seat(another(client), Role.HANDLER, department=DESK)

    for path in ("/desk", "/desk/rows", "/triage", f"/triage/reports/{number}", at(order)):
        harmless(await chief.go(path))
    harmless(await chief.press(at(order, "identity"), report=number, why=EVIL))
    await handler.go(at(order))
    harmless(await handler.press(at(order, "objection"), reason=EVIL))
    harmless(await chief.go(at(order)))
    await visitor.go("/progress")
    await visitor.send("/progress", number=number, code=code)
    await visitor.send("/progress/supplements", facts=EVIL)
    assert visitor.page is not None
    harmless(visitor.page)
    harmless(await visitor.send("/progress/supplements", facts="<b"))
    harmless(await chief.go(at(order)))
    await chief.go("/desk")
    harmless(await chief.client.post("/desk/search", data={**form_of(chief.visitor), "q": EVIL}))


def form_of(visitor: Visitor) -> dict[str, str]:
    return {"_token": visitor.form("/desk/search")["_token"]}


async def test_hostile_words_of_staff_are_words_in_the_public_ledger(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number, _ = await sent(visitor)
    found = await row("SELECT id FROM service_request")
    assert found is not None
    await decide("520000", found["id"], datetime.now(UTC))
    order = await order_number(number)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    chief = await seat(another(client), Role.REVIEWER, Role.PUBLISHER)
    await closed(handler, chief, order)
    await handler.go(at(order))
    words = {**PUBLIC, "title": EVIL[:60], "problem": EVIL, "measure": EVIL}
    harmless(await handler.press(at(order, "publication"), **words))

    harmless(await chief.go("/publish"))
    proposed = await row("SELECT number FROM publication")
    assert proposed is not None
    await chief.press(f"/publish/{proposed['number']}/approval")
    for path in ("/public", f"/public/cases/{proposed['number']}"):
        page = await visitor.go(path)
        harmless(page)
        assert "&lt;script&gt;" in page.text


async def test_hostile_words_of_a_newspaper_are_words(visitor: Visitor) -> None:
    media = await seat(visitor, Role.MEDIA)
    await media.go("/media")
    await visitor.send("/media/clues")
    path = visitor.path
    clue = {"outlet": EVIL, "headline": EVIL, "text": f"某河段水体发黑。{EVIL}",
            "published": "2026-01-05T08:00", "url": "javascript:alert(1)//made.up"}  # fmt: skip
    refused = await visitor.send(path, **clue)
    harmless(refused)
    assert visitor.problems.keys() == {"url"}

    await visitor.send(path, **{**clue, "url": f"https://made.up/{quote(EVIL)}"})

    assert visitor.path == "/media"
    assert visitor.page is not None
    harmless(visitor.page)
    assert 'href="https://made.up' not in visitor.page.text
