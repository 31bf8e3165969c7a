"""What a reporter does afterwards: add facts and files, withdraw, rate the answer, ask for more."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotAllowed, StepRefused
from hotline.lookups.progress import Progress
from hotline.policy.store import NATIONAL
from hotline.rules.report import LONGEST_TEXT
from hotline.rules.terms import Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.add_file import add_file
from hotline.steps.ask_review import ask_review
from hotline.steps.attach import SentFile
from hotline.steps.attempt import Bucket, count_attempt
from hotline.steps.follow_up import LONGEST, Rating, follow_up
from hotline.steps.prove_card import count_try, prove_card
from hotline.steps.speak import speak
from hotline.steps.supplement import supplement
from hotline.steps.transition import Target
from hotline.steps.withdraw import withdraw
from webforms.citizen.photos import OF_AN_ADDRESS
from webforms.citizen.progress import opened, report_page
from webforms.doors import form_of
from webforms.render import page, see_other
from webforms.uploads import chosen, each
from webforms.visit import address, current

SCORES: Final = ("5", "4", "3", "2", "1")
BACK: Final = "/progress/report"


async def add_facts(request: Request) -> Response:
    """补充."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    text = form.text("facts", most=LONGEST_TEXT, need="faults.text.empty")
    if not form.problems:
        try:
            await supplement(_target(found), text, by=found.reporter, now=current().now)
            return see_other(f"{BACK}#supplements")
        except StepRefused as error:
            form.problem("facts", f"refused.{error.key}", **error.values)
    return await report_page(found, form, status_code=422)


async def say(request: Request) -> Response:
    """往来: an answer to the house, or a question of one's own."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    text = form.text("message", most=LONGEST_REASON, need="speak.empty")
    if not form.problems:
        try:
            await speak(_target(found), text, by=found.reporter, now=current().now)
            return see_other(f"{BACK}#messages")
        except StepRefused as error:
            form.problem("message", f"refused.{error.key}", **error.values)
    return await report_page(found, form, status_code=422)


async def add_files(request: Request) -> Response:
    """补充附件: each by itself, as with the report itself."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    target, now = _target(found), current().now
    for _ in chosen(form, "files"):
        await count_attempt(Bucket(NATIONAL, "upload", address()), OF_AN_ADDRESS, now)

    async def keep(sent: SentFile) -> None:
        await add_file(target, sent, by=found.reporter, now=now)

    await each(form, "files", keep, needed=True)
    if form.problems:
        return await report_page(found, form, status_code=422)
    return see_other(f"{BACK}#added-files")


async def rate(request: Request) -> Response:
    """回访评价, and the wish for 重办."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    score = form.choice("score", SCORES, need="rate.need_score")
    solved = form.choice("solved", ("yes", "no"), need="rate.need_solved")
    text = form.text("comment", most=LONGEST)
    if not form.problems:
        rating = Rating(int(score), solved == "yes", form.ticked("wants_redo"), text)
        try:
            await follow_up(_target(found), rating, by=found.reporter, now=current().now)
            return see_other(f"{BACK}#rating")
        except StepRefused as error:
            form.problem("score", f"refused.{error.key}", **error.values)
    return await report_page(found, form, status_code=422)


async def ask_for_review(request: Request) -> Response:
    """申请复查、复核."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    text = form.text("petition", most=LONGEST_TEXT, need="review.need_petition")
    if not form.problems:
        try:
            target = Target(found.tenant_id, found.request_id)
            await ask_review(target, text, by=found.reporter, now=current().now)
            return see_other(BACK)
        except StepRefused as error:
            form.problem("petition", f"refused.{error.key}", **error.values)
    return await report_page(found, form, status_code=422)


async def show_card(request: Request) -> Response:
    """出示监督员证: every try counts."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    now = current().now
    await count_try(address(), now)
    typed = form.text("card", most=40, need="refused.card.bad_number")
    if not form.problems:
        try:
            await prove_card(_target(found), typed, by=found.reporter, now=now)
            return see_other(BACK)
        except StepRefused as error:
            form.problem("card", f"refused.{error.key}", **error.values)
    return await report_page(found, form, status_code=422)


async def confirm_withdrawal(request: Request) -> Response:
    """What withdrawing means, before it is done."""
    found = await opened(request)
    if found is None:
        return see_other("/progress")
    if Step.WITHDRAW not in found.may:
        return see_other(BACK)
    return page("citizen/withdraw", found=found, problems={}, why="")


async def take_back(request: Request) -> Response:
    """撤回诉求."""
    found, form = await opened(request), form_of(request)
    if found is None:
        return see_other("/progress")
    why = form.text("why", most=LONGEST)
    if not form.problems:
        try:
            await withdraw(_target(found), why, by=found.reporter, now=current().now)
            return see_other(BACK)
        except StepRefused as error:
            form.problem("why", f"refused.{error.key}", **error.values)
    return page("citizen/withdraw", status_code=422, found=found, problems=form.problems, why=why)


def _target(found: Progress) -> Target:
    if not found.may:
        raise NotAllowed("request")
    return Target(found.tenant_id, found.request_id)
