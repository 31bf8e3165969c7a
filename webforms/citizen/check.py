"""Check the answers, then send: however often the button is pressed, one report, one receipt."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport
from hotline.lookups import attachment
from hotline.lookups.draft import DraftView
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.report import Delivery
from hotline.rules.terms import ActorKind
from hotline.steps.draft import DraftKey, finish_draft
from hotline.steps.flood import sent
from hotline.steps.register import Closing, register
from hotline.steps.transition import Target
from webforms.carded import shown
from webforms.citizen import drafts
from webforms.citizen.answers import UNKNOWN, Answers, report_of
from webforms.citizen.pace import TRAP, Turn, sender_of, turn_of
from webforms.citizen.places import place_label
from webforms.citizen.steps import wizard_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.submissions import Form
from webforms.texts import DEFAULT
from webforms.visit import current
from workers.queues import INTAKE, nudge

CHANNEL: Final = "web"
REPORTER: Final = Actor(ActorKind.REPORTER, "web")
PAGE_OF: Final = {"text": "story", "occurred": "story", "contact": "you"}


async def show(request: Request) -> Response:
    """Everything on one page; what is missing is asked first."""
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    if missing := found.answers.missing_page():
        return see_other(f"/report/{missing}")
    return await _page(found, Form())


async def send(request: Request) -> Response:
    """Register; the draft's id makes a second click the same delivery."""
    form, found = form_of(request), await drafts.opened(request)
    if found.key is None or found.view is None:
        return see_other("/report")
    if found.is_sent:
        return see_other("/report/receipt")
    if missing := found.answers.missing_page():
        return see_other(f"/report/{missing}")
    return await _sent(found, form, found.key, found.view)


async def _sent(found: drafts.Opened, form: Form, key: DraftKey, draft: DraftView) -> Response:
    """All there is was told: registered, unless its turn has not come."""
    pack = await drafts.pack_of(found)
    if form.raw("notice") != pack.privacy_notice_version:
        form.problem("notice", "check.notice_changed")
        return await _page(found, form, status_code=422)
    sender = sender_of(key.tenant_id, found.answers)
    if turn := turn_of(form, sender, draft.id):
        return await _slowed(found, form, turn)
    try:
        await _register(found.answers, pack, draft)
    except BadReport as error:
        return await _refused(found, form, error)
    nudge(INTAKE)
    sent(sender, current().now)
    response = see_other("/report/receipt")
    drafts.set_cookie(response, key, sent=True)
    return response


async def _register(answers: Answers, pack: Pack, draft: DraftView) -> None:
    """The draft is closed by the same commit; whoever registered it before may not have done so."""
    delivery = Delivery(CHANNEL, str(draft.id), draft.plain, strict=False)
    chosen = "" if current().language == DEFAULT else current().language
    report = report_of(answers, pack, chosen)
    closing = Closing(draft.envelope, _kept(answers, pack))
    receipt = await register(report, delivery, by=REPORTER, now=current().now, closing=closing)
    if answers.card and not receipt.again:
        sender = Actor(ActorKind.REPORTER, str(receipt.request_id))
        await shown(Target(pack.tenant, receipt.request_id), answers.card, sender)
    if receipt.again:
        kept = {**closing.receipt, "number": receipt.number}
        await finish_draft(draft.envelope, kept, receipt.request_id, receipt.registered_at)


async def _slowed(found: drafts.Opened, form: Form, turn: Turn) -> Response:
    """429 with the turn; the draft keeps the report meanwhile."""
    response = await _page(found, form, turn=turn, status_code=429)
    response.headers["retry-after"] = str(turn.seconds)
    return response


async def _refused(found: drafts.Opened, form: Form, error: BadReport) -> Response:
    for name, key in error.errors.items():
        form.problem(PAGE_OF.get(name, "where"), f"faults.{key}")
    return await _page(found, form, status_code=422)


def _kept(answers: Answers, pack: Pack) -> dict[str, Any]:
    """What the draft holds from now on: enough to show the receipt, nothing of the story."""
    return {
        "code": answers.code,
        "jurisdiction": pack.jurisdiction,
        "wish": answers.wish,
        "secrecy": answers.secrecy,
        "wants_reply": answers.wants_reply,
        "wants_reward": answers.wants_reward,
    }


async def _page(
    found: drafts.Opened, form: Form, *, turn: Turn | None = None, status_code: int = 200
) -> Response:
    assert found.key is not None
    assert found.view is not None
    known, answers, pack = await packs(), found.answers, await drafts.pack_of(found)
    kinds = [current().called(kind) for kind in pack.lexicon.kinds if kind.code in answers.kinds]
    return wizard_page(
        "check",
        form,
        status_code=status_code,
        turn=turn,
        trap=TRAP,
        answers=answers,
        pack=pack,
        place=place_label(known, answers.county, answers.township),
        kinds=kinds,
        unsure=UNKNOWN in answers.kinds,
        photos=await attachment.of_draft(found.key.tenant_id, found.view.id),
    )
