"""附近已有人反映?: matters like the one told, before it is sent: "that's it" or "mine is new".

Shown is only what lookups.look_alikes lets a citizen see. Whoever types guesses must not learn that
somebody complained: the answer takes the same time whether something hidden was found or not, and
after some tries there is no more looking, without a word about it.
"""

import asyncio
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import TooMany
from hotline.lookups.look_alikes import PublicAlike, Told, public_look_alikes
from hotline.policy.pack import Pack
from hotline.policy.store import NATIONAL
from hotline.rules.classifying import classify
from hotline.steps.attempt import Bucket, Limit, count_attempt
from webforms.citizen import drafts
from webforms.citizen.answers import UNKNOWN, Answers
from webforms.citizen.steps import next_path, wizard_page
from webforms.dates import month
from webforms.doors import form_of
from webforms.render import see_other
from webforms.submissions import Form
from webforms.visit import address, current

OF_A_REPORT: Final = Limit(10, timedelta(hours=1))
OF_AN_ADDRESS: Final = Limit(120, timedelta(hours=1))  # a telephone company's customers share one
TAKES: Final = 0.25  # seconds, whatever is found


@drafts.while_writing
async def show(request: Request, found: drafts.Opened) -> Response:
    """The matters that were found; whoever has none goes on."""
    del request
    if not found.answers.offers:
        return see_other(next_path(found.answers, "story"))
    return _page(found.answers, Form())


@drafts.while_writing
async def save(request: Request, found: drafts.Opened) -> Response:
    """Keep which it is; none of them is an answer too."""
    form = form_of(request)
    same_as = form.choice("same_as", {one["ref"] for one in found.answers.offers})
    if form.problems:
        return _page(found.answers, form, status_code=422)
    changes = {"same_as": same_as}
    return await drafts.keep_and_go(found, changes, next_path(found.answers, "story"))


async def looked_for(answers: Answers, text: str, pack: Pack) -> dict[str, Any]:
    """What the draft keeps of the matters like this text; an earlier choice is asked anew."""
    done = time.monotonic() + TAKES
    offers = await _offers(answers, text, pack)
    await asyncio.sleep(max(0.0, done - time.monotonic()))
    return {"offers": offers, "same_as": ""}


async def _offers(answers: Answers, text: str, pack: Pack) -> tuple[Mapping[str, str], ...]:
    now = current().now
    if not answers.county:  # no draft: the first page is asked first
        return ()
    try:
        await count_attempt(Bucket(NATIONAL, "alike.report", answers.code), OF_A_REPORT, now)
        await count_attempt(Bucket(NATIONAL, "alike.address", address()), OF_AN_ADDRESS, now)
    except TooMany:
        return ()
    found = await public_look_alikes(pack.tenant, _told(answers, text, pack), now)
    return tuple(_offer(one) for one in found)


def _told(answers: Answers, text: str, pack: Pack) -> Told:
    chosen = tuple(kind for kind in answers.kinds if kind != UNKNOWN)
    heard = classify(pack.lexicon, text, chosen)
    return Told(
        text=text,
        county="" if answers.county == UNKNOWN else answers.county,
        township="" if answers.township == UNKNOWN else answers.township,
        kinds=tuple(hit.code for hit in heard.kinds) or chosen,
        landmark=answers.landmark,
        source=" ".join(filter(None, (answers.source_name, answers.source_place))),
    )


def _offer(one: PublicAlike) -> dict[str, str]:
    """A public matter goes by its publication number, another by a word drawn for this draft."""
    visit = current()
    kinds = visit.t("form.comma").join(visit.called(kind) for kind in one.kinds)
    since = month(one.month, visit.language)
    return {
        "ref": one.publication or secrets.token_urlsafe(9),
        "order": one.order,
        "about": " · ".join(filter(None, (kinds, one.place, since))),
        "kinds": kinds,
        "place": one.place,
        "month": since,
        "publication": one.publication,
    }


def _page(answers: Answers, form: Form, *, status_code: int = 200) -> Response:
    return wizard_page("alike", form, status_code=status_code, answers=answers)
