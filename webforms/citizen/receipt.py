"""回执: number, code, and what happens next; seen again on this device for a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import attachment
from hotline.lookups.own_reward import Secret, own_reward
from hotline.lookups.progress import progress
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.clocks import Due, due
from hotline.rules.terms import Channel, Step
from hotline.steps.draft import discard_draft
from webforms import cookies
from webforms.citizen import drafts
from webforms.render import page, see_other
from webforms.visit import current


@dataclass(frozen=True)
class Promise:
    """One term: what will have happened by when."""

    name: str
    by: Due


async def show(request: Request) -> Response:
    """The receipt; whoever has none goes to the query page."""
    found = await drafts.opened(request)
    if not found.is_sent or found.view is None:
        return see_other("/progress")
    receipt = found.view.answers
    pack = (await packs()).pack(receipt["jurisdiction"])
    registered = found.view.updated_at  # it was closed by the commit that registered it
    return page(
        "citizen/receipt",
        receipt=receipt,
        pack=pack,
        registered=registered,
        until=found.view.expires_at,
        promises=promises(pack, receipt, registered),
        secret=await _secret(receipt),
        files=await attachment.of_draft(drafts.tenant_of(found, await packs()), found.view.id),
    )


async def _secret(receipt: Mapping[str, Any]) -> Secret:
    """Whether the words of a wished-for reward can still be shown."""
    if not receipt["wants_reward"]:
        return ""
    found = await progress(receipt["number"], receipt["code"])
    return (await own_reward(found.tenant_id, found.request_id, current().now)).secret


async def forget(request: Request) -> Response:
    """On a shared phone or computer: this device no longer knows of the report."""
    found = await drafts.opened(request)
    if found.key is not None:
        await discard_draft(found.key, current().now)
    response = see_other("/")
    cookies.drop(response, cookies.DRAFT)
    cookies.drop(response, cookies.PROGRESS)
    return response


def promises(pack: Pack, receipt: Mapping[str, Any], registered: datetime) -> list[Promise]:
    """The pack's terms that begin with the registration of such a report, the nearest first."""
    found = [
        Promise(scheme.name, due(scheme, registered, pack.calendar))
        for scheme in pack.schemes
        if scheme.holder == "request"
        and scheme.starts == Step.REGISTER
        and (not scheme.wishes or receipt["wish"] in scheme.wishes)
        and (not scheme.channels or Channel.WEB in scheme.channels)
    ]
    return sorted(found, key=lambda promise: promise.by.at)
