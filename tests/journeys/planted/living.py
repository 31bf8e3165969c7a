"""What happens to the matters: told more, handled, answered, made public, rated, taken back."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import cycle

from hotline.database import rows
from hotline.errors import StepRefused
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.marking import Kept
from hotline.rules.terms import ActorKind, Finding, Role, Secrecy
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer import answer
from hotline.steps.ask_identity import ask_identity
from hotline.steps.close import close
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.find import Conclusion, find
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.sign import sign
from hotline.steps.speak import speak
from hotline.steps.submit import submit
from hotline.steps.supplement import supplement
from hotline.steps.transition import Target
from hotline.steps.unmask import unmask
from hotline.steps.withdraw import withdraw
from hotline.steps.write import Writing, write
from tests.journeys.planted.people import Person
from tests.journeys.planted.planting import Doors
from tests.journeys.walking import SAID
from tests.steps.desk import at, handler_of, staff
from tests.support.sitting import another

VISITED = "上午9点30分"
TOLD = Proposal("某企业排烟问题", "群众反映一家企业夜间生产影响生活。", "经查，已责令改正。")


async def lived(doors: Doors, people: list[Person]) -> None:
    """The reporters say more, the desks do their work; who they are is said everywhere."""
    await _by_page(doors, people[0])
    await _sorted_out(len(people) // 4)
    reports = await ServiceRequest.filter(stage="accepted").order_by("number")
    for report, person in zip(reports, cycle(people), strict=False):
        own = Actor(ActorKind.REPORTER, str(report.id))
        await supplement(at(report), f"又冒烟了。{person.sentence}", by=own, now=datetime.now(UTC))
        await speak(at(report), f"请回电。{person.sentence}", by=own, now=datetime.now(UTC))
        await _looked_up(report, person)
    for order in await WorkOrder.filter(stage="dispatched"):
        await _handled(order, people[1])
    answered = await ServiceRequest.filter(stage__in=("answered", "closed")).order_by("number")
    for report, person in zip(answered, cycle(people), strict=False):
        own, now = Actor(ActorKind.REPORTER, str(report.id)), datetime.now(UTC)
        rating = Rating(2, solved=False, text=person.sentence)
        await follow_up(at(report), rating, by=own, now=now)


async def _sorted_out(many: int) -> None:
    """What is told in nearly the same words waits for a person; some become matters."""
    by, taken = staff(Role.TRIAGE), Acceptance("522701", None, ("air.odour",))
    for report in await ServiceRequest.filter(stage="triage").limit(many):
        await accept(at(report), taken, by=by, now=datetime.now(UTC))


async def _by_page(doors: Doors, person: Person) -> None:
    """More facts through the page, then the report is taken back, by whoever holds the code."""
    number, code = next(iter(doors.codes.items()))
    visitor = another(doors.client)
    await visitor.go("/progress")
    await visitor.send("/progress", number=number, code=code)
    await visitor.send("/progress/supplements", facts=person.sentence)
    report = await ServiceRequest.get(number=number)
    if len(doors.codes) > 1:
        own, now = Actor(ActorKind.REPORTER, str(report.id)), datetime.now(UTC)
        await withdraw(at(report), person.sentence, by=own, now=now)


async def _looked_up(report: ServiceRequest, person: Person) -> None:
    if report.secrecy == Secrecy.ANONYMOUS:
        return
    why, now = f"回拨{person.phone}核实{person.name}先生的情况", datetime.now(UTC)
    await ask_identity(at(report), why, by=staff(Role.SUPERVISOR), now=now)
    await unmask(Target(report.tenant_id, report.id), why, by=staff(Role.AGENT), now=now)


async def _handled(order: WorkOrder, person: Person) -> None:
    """To its public end; whoever writes a reporter into a text that leaves is refused."""
    handler, reviewer, now = handler_of(order), staff(Role.REVIEWER), datetime.now(UTC)
    remark = f"已联系{person.name}先生，电话{person.phone}"
    await sign(at(order), by=handler, now=now)
    await find(at(order), Conclusion(Finding.TRUE, remark=remark), by=handler, now=now)
    for kind, said in SAID.items():
        await _refused(write(at(order), Writing(kind, said + person.phone), by=handler, now=now))
        await write(at(order), Writing(kind, said), by=handler, now=now)
    await submit(at(order), by=handler, now=now)
    await answer(at(order), by=reviewer, now=now)
    await close(at(order), by=reviewer, now=now)
    telling = Proposal(TOLD.title, TOLD.problem, person.sentence)
    await _refused(propose(at(order), telling, by=handler, now=now))
    kept = (Kept("measure", VISITED, f"到场时间，{person.sentence}"),)
    visited = replace(TOLD, measure=f"{TOLD.measure}{VISITED}到场。", kept=kept)
    number = await propose(at(order), visited, by=handler, now=now)
    publisher, now = staff(Role.PUBLISHER), datetime.now(UTC)
    await approve(order.tenant_id, number, by=publisher, now=now, kept={0})


async def _refused(act: object) -> None:
    try:
        await act  # type: ignore[misc]
    except StepRefused:
        return
    raise AssertionError


async def accepted() -> int:
    """How many reports the desks have."""
    return len(await rows("SELECT id FROM service_request WHERE stage <> 'received'"))


def bodies(raw: list[bytes]) -> bytes:
    """What the mails say, without whom they go to."""
    said = []
    for one in raw:
        mail = message_from_bytes(one, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        del mail["To"], mail["X-RcptTo"]
        said += [repr(mail.items()), mail.get_content()]
    return "\n".join(said).encode()
