"""A clue as typed, and the report that is made of it. Its address is checked, never fetched."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.report import Delivery, Report, Story
from hotline.rules.terms import Channel, Wish
from hotline.steps.clue import Clue
from webforms.staff.choices import read_kinds, read_place
from webforms.submissions import Form, a_moment
from webforms.telling import told
from webforms.visit import current

CHANNEL: Final = "media"
LONGEST_URL: Final = 1000


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as typed; kept as they are, right or wrong."""

    outlet: str = ""
    url: str = ""
    published: str = ""
    headline: str = ""
    text: str = ""
    county: str = ""
    township: str = ""
    landmark: str = ""
    source_name: str = ""
    kind: str = ""
    kind2: str = ""


def read_clue(form: Form) -> Clue:
    """The outlet's side; what is wrong is noted in the form."""
    return Clue(
        outlet=form.text("outlet", most=120, need="media.need_outlet"),
        url=_address(form),
        published_at=_published(form),
        headline=form.text("headline", most=200, need="media.need_headline"),
    )


async def read_report(form: Form, pack: Pack, clue: Clue, code: str) -> Report | None:
    """The report, or None with the problems noted. Place and kinds left open are guessed later."""
    county, township = read_place(form, pack)
    kinds = read_kinds(form, pack)
    text = told(form, need="media.need_text")
    landmark, source = form.text("landmark"), form.text("source_name")
    if form.problems:
        return None
    serving = (await packs()).serving_county(pack.tenant, county) if county else pack
    return Report(
        tenant_id=pack.tenant,
        jurisdiction=serving.jurisdiction,
        channel=Channel.MEDIA,
        wish=Wish.REPORT,
        story=Story(
            text=text,
            title=clue.headline,
            landmark=landmark,
            source_name=source,
            outlet=clue.outlet,
            url=clue.url,
        ),
        county=county or None,
        township=township or None,
        kinds=tuple(kinds),
        notice_version=serving.privacy_notice_version,
        occurred_at=clue.published_at,
        code=code,
    )


def delivery_of(typed: Typed, draft_id: UUID) -> Delivery:
    """The same draft is the same clue, however often it is sent."""
    body = json.dumps(asdict(typed), sort_keys=True).encode()
    return Delivery(CHANNEL, str(draft_id), body, strict=False)


def _address(form: Form) -> str:
    """An address on the net, whole; anything else in the field is said to be wrong."""
    typed = form.text("url", most=LONGEST_URL)
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if not good or any(sign.isspace() for sign in typed):
        form.problem("url", "media.bad_address")
    return typed


def _published(form: Form) -> datetime | None:
    """As the browser's field sends it, in China's time; not after now."""
    typed = form.text("published", most=30)
    if not typed:
        form.problem("published", "media.need_published")
        return None
    at = a_moment(typed.replace("/", "-"))
    if at is None:
        form.problem("published", "media.bad_time")
        return None
    if at > current().now:
        form.problem("published", "media.future")
    return at
