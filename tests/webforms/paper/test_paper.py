"""A letter and a visit: checked, sealed, counted from the day of arrival, once however sent."""

from hotline.database import row, rows
from hotline.records import Clock, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import ActorKind, Role
from hotline.steps.decide import decide
from hotline.steps.transition import Target
from hotline.steps.unmask import unmask
from tests.support.sitting import Sitting, seat
from tests.support.visitor import Visitor

LETTER = {
    "channel": "letter",
    "paper_date": "2026-01-01",
    "received_on": "2026-01-02",
    "signatories": "37",
    "name": "张某某（虚构）",
    "phone": "13800000000",
    "address": "都匀市某路一号（虚构）",
    "secrecy": "confidential",
    "speaker1": "李某某（虚构） 13800000001",
    "speaker2": "王某某（虚构）",
    "wish": "report",
    "text": "都匀市小围寨街道一砖厂夜间冒黑烟，居民窗台落灰（虚构）。",
    "wants_reply": "yes",
}

ASKING = Actor(ActorKind.STAFF, "agent", frozenset({Role.AGENT}), jurisdiction="522700")


async def a_paper(visitor: Visitor) -> tuple[Sitting, str]:
    """A clerk with a fresh form; its address."""
    clerk = await seat(visitor, Role.AGENT)
    await clerk.go("/papers")
    await visitor.send("/papers/entries")
    return clerk, visitor.path


async def test_a_letter_becomes_a_report_whose_terms_count_from_its_arrival(
    visitor: Visitor,
) -> None:
    clerk, path = await a_paper(visitor)

    await clerk.press(path, **LETTER)

    report = await ServiceRequest.get()
    assert report.number in clerk.text
    assert (report.channel, str(report.paper_date)) == ("letter", "2026-01-01")
    await decide(report.tenant_id, report.id, report.registered_at)
    found = await ServiceRequest.get()
    assert found.signatories == 37
    begun = {
        clock.started_at.astimezone(SHANGHAI).date()
        for clock in await Clock.filter(holder="request")
    }
    assert {str(day) for day in begun} == {"2026-01-02"}


async def test_who_signed_lies_sealed_until_somebody_with_a_reason_looks(visitor: Visitor) -> None:
    clerk, path = await a_paper(visitor)
    await clerk.press(path, **LETTER)
    report = await ServiceRequest.get()
    await decide(report.tenant_id, report.id, report.registered_at)

    kept = str(await rows("SELECT * FROM service_request")) + str(
        await rows("SELECT * FROM event_detail")
    )
    assert not any(one in kept for one in ("13800000001", "李某某", "某路一号"))
    contact = await unmask(
        Target(report.tenant_id, report.id),
        "联系代表（虚构）",
        by=ASKING,
        now=report.registered_at,
    )
    assert [(one.name, one.phone) for one in contact.representatives] == [
        ("李某某（虚构）", "13800000001"),
        ("王某某（虚构）", ""),
    ]
    assert contact.address == LETTER["address"]


async def test_the_same_form_sent_twice_is_one_report(visitor: Visitor) -> None:
    clerk, path = await a_paper(visitor)
    form = {**visitor.form(path), **LETTER}

    for _ in range(2):
        await clerk.client.post(path, data=form)

    assert (await row("SELECT count(*) AS n FROM service_request")) == {"n": 1}


async def test_days_that_cannot_be_are_said_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    clerk, path = await a_paper(visitor)

    await clerk.press(path, **{**LETTER, "paper_date": "2026-01-03", "signatories": "很多"})
    assert set(visitor.problems) == {"paper_date", "signatories"}
    await clerk.press(path, **{**LETTER, "received_on": "2999-01-01"})
    assert "received_on" in visitor.problems
    assert LETTER["text"] in clerk.text
    assert await rows("SELECT id FROM service_request") == []


async def test_of_an_unnamed_writer_nothing_is_kept(visitor: Visitor) -> None:
    clerk, path = await a_paper(visitor)

    await clerk.press(path, **{**LETTER, "secrecy": "anonymous", "wants_reply": ""})

    assert await rows("SELECT id FROM vault WHERE contact IS NOT NULL") == []
