"""The draft behind the pages: found by a cookie, kept sealed by the server for three days."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, wraps
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, PolicyGap
from hotline.lookups import draft as lookup
from hotline.policy.pack import Pack
from hotline.policy.store import NATIONAL, Packs, packs
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.draft import LIFE, RECEIPT_LIFE, DraftKey, discard_draft, keep_draft
from hotline.steps.numbers import fresh_code
from webforms import cookies
from webforms.citizen.answers import Answers, answers_of
from webforms.citizen.places import pack_for
from webforms.render import see_other
from webforms.visit import address, current

KIND: Final = "citizen"
# a whole town behind one telephone company's address may write at once; a machine writes more
OF_AN_ADDRESS: Final = Limit(600, timedelta(hours=1))


@dataclass(frozen=True)
class Opened:
    """What the reader's cookie opens: nothing yet, an open draft, or one that was sent."""

    key: DraftKey | None
    view: lookup.DraftView | None

    @cached_property
    def answers(self) -> Answers:
        """The answers of an open draft; none if there is none."""
        return answers_of(self.view.answers) if self.view and not self.view.is_sent else Answers()

    @property
    def is_sent(self) -> bool:
        """The report went in: only the receipt is left."""
        return self.view is not None and self.view.is_sent


Page = Callable[[Request, Opened], Awaitable[Response]]


def while_writing(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page of a report that is still being written; once it was sent there is but the receipt."""

    @wraps(page)
    async def shown(request: Request) -> Response:
        found = await opened(request)
        return see_other("/report/receipt") if found.is_sent else await page(request, found)

    return shown


async def opened(request: Request) -> Opened:
    """The draft of the reader at hand."""
    key = key_of(request)
    if key is None:
        return Opened(None, None)
    view = await lookup.draft(key.tenant_id, KIND, key.token, current().now)
    return Opened(key, view)


def key_of(request: Request) -> DraftKey | None:
    """Tenant and token as the cookie has them."""
    tenant, _, token = request.cookies.get(cookies.DRAFT, "").partition(".")
    return (
        DraftKey(tenant, KIND, token) if tenant.isdigit() and len(tenant) == 6 and token else None
    )


async def keep(found: Opened, changes: Mapping[str, Any], tenant: str = "") -> DraftKey:
    """Keep these answers; a draft that is gone or sent is begun afresh with all there is.

    A draft moves to the tenant of its place: what was staged lies under the old one and is swept.
    """
    if found.key and found.view and not found.is_sent:
        if tenant in ("", found.key.tenant_id):
            await keep_draft(found.key, changes, current().now)
            return found.key
        changes = {**found.view.answers, **changes, "seen_photos": False}
        await discard_draft(found.key, current().now)
    await count_attempt(Bucket(NATIONAL, "draft", address()), OF_AN_ADDRESS, current().now)
    key = DraftKey(tenant or first_tenant(await packs()), KIND, cookies.fresh_token())
    await keep_draft(key, {"code": fresh_code(), **changes}, current().now)
    return key


async def keep_and_go(
    found: Opened, changes: Mapping[str, Any], path: str, tenant: str = ""
) -> Response:
    """Keep these answers and show the next page."""
    key = await keep(found, changes, tenant)
    response = see_other(path)
    set_cookie(response, key)
    return response


async def view_of(key: DraftKey) -> lookup.DraftView:
    """The draft that was just kept."""
    view = await lookup.draft(key.tenant_id, KIND, key.token, current().now)
    if view is None:
        raise NotFound("draft")
    return view


def set_cookie(response: Response, key: DraftKey, *, sent: bool = False) -> None:
    """The way back to the draft, for as long as it is kept."""
    seconds = int((RECEIPT_LIFE if sent else LIFE).total_seconds())
    value = f"{key.tenant_id}.{key.token}"
    cookies.put(response, cookies.DRAFT, value, seconds=seconds, secure=current().secure)


async def pack_of(found: Opened) -> Pack:
    """The pack of the place the draft is about."""
    known = await packs()
    return pack_for(known, found.answers.county, tenant_of(found, known))


def tenant_of(found: Opened, known: Packs) -> str:
    """The tenant the draft lies in."""
    return found.key.tenant_id if found.key and found.view else first_tenant(known)


def first_tenant(found: Packs) -> str:
    """Where a draft lies until its place is known; the report goes by its place."""
    tenants = found.tenants()
    if not tenants:
        raise PolicyGap("", "identity", "a pack that takes reports")
    return tenants[0].tenant
