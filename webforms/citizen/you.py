"""You: how the reporter wants to be known, how to be reached, and what is wished for."""

import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.rules.normalise import phone_digits
from hotline.rules.terms import Secrecy
from webforms.carded import read_card
from webforms.citizen import drafts
from webforms.citizen.answers import Answers
from webforms.citizen.places import Option
from webforms.citizen.steps import next_path, wizard_page
from webforms.doors import form_of
from webforms.submissions import Form
from webforms.visit import address, current

MAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


@drafts.while_writing
async def show(request: Request, found: drafts.Opened) -> Response:
    """The page, with what was answered before; nothing personal is asked of the anonymous."""
    del request
    return _page(found.answers, Form())


@drafts.while_writing
async def save(request: Request, found: drafts.Opened) -> Response:
    """Keep who it is; whoever stays anonymous leaves nothing, even if something was typed."""
    form = form_of(request)
    changes = _read(form)
    tenant = (await drafts.pack_of(found)).tenant
    changes["card"] = await read_card(form, tenant, address(), known=found.answers.card)
    if form.problems:
        return _page(Answers(**changes), form, status_code=422)
    changes["checking"] = True
    return await drafts.keep_and_go(found, changes, next_path(found.answers, "you"))


def _read(form: Form) -> dict[str, Any]:
    secrecy = form.choice("secrecy", set(Secrecy), need="you.need_secrecy")
    contact = {"name": "", "phone": "", "email": ""}
    if secrecy != Secrecy.ANONYMOUS:
        contact = _contact(form, secrecy)
    return {
        "secrecy": secrecy,
        **contact,
        "wants_reply": form.ticked("wants_reply"),
        "wants_reward": form.ticked("wants_reward"),
        "may_publish": form.ticked("may_publish"),
    }


def _contact(form: Form, secrecy: str) -> dict[str, str]:
    real = secrecy == Secrecy.REAL_NAME
    name = form.text("name", most=60, need="you.need_name" if real else "")
    phone = form.text("phone", most=40)
    email = form.text("email", most=200)
    if phone and not phone_digits(phone):
        form.problem("phone", "you.bad_phone")
    if email and not MAIL.fullmatch(email):
        form.problem("email", "you.bad_email")
    if secrecy and not (phone or email):
        form.problem("phone", "you.need_phone")
    return {"name": name, "phone": phone, "email": email}


def _page(answers: Answers, form: Form, *, status_code: int = 200) -> Response:
    t = current().t
    options = [Option(one, t(f"term.secrecy.{one}"), t(f"you.about.{one}")) for one in Secrecy]
    return wizard_page("you", form, status_code=status_code, answers=answers, secrecies=options)
