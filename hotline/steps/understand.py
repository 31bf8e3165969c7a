"""Before deciding: unseal, mask, locate, classify. No lock is held; nothing is written."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from hotline.policy.outlines import outlines
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, by_table, facts_of
from hotline.policy.store import packs
from hotline.records import ServiceRequest, Signature, Vault
from hotline.records.learnt import in_force
from hotline.records.sealing import body_key, open_envelope
from hotline.records.signing import Signed, signed
from hotline.records.writing import add
from hotline.rules.acceptance import Acceptance, accept
from hotline.rules.accepting import accepting_body
from hotline.rules.asking import with_model
from hotline.rules.boundaries import Boundaries
from hotline.rules.classifying import Classified, KindHit, classify
from hotline.rules.coordinates import Point
from hotline.rules.kind_model import KindModel
from hotline.rules.locating import Located, locate
from hotline.rules.normalise import body_key_text, legible, tidy
from hotline.rules.pointing import pointed, rounded
from hotline.rules.redaction import MASKING_VERSION, mask
from hotline.rules.report import Story, position
from hotline.rules.terms import Wish
from hotline.steps.handed import handed_to

SHANGHAI = ZoneInfo("Asia/Shanghai")
TITLE = 60
GREETING = 12  # characters; a shorter first line is 尊敬的领导： and says nothing


@dataclass(frozen=True, slots=True)
class Understood:
    """What the service makes of one report: masked words, place, kinds, and under which pack."""

    title: str
    text: str
    landmark: str
    target: str
    signed: Signed
    body_key: bytes
    located: Located
    point: Point | None  # roughly: no single house
    classified: Classified
    acceptance: Acceptance
    pack: Pack
    same_as: str  # the order its sender pointed at
    apart: bool  # a person keeps it from joining by itself
    signatories: int | None  # 联名 on a paper

    @property
    def kinds(self) -> tuple[str, ...]:
        """Codes of the kinds, best first."""
        return tuple(hit.code for hit in self.classified.kinds)


@dataclass(frozen=True, slots=True)
class Known:
    """What a report is understood by: the rules of its place, and what decided orders taught."""

    pack: Pack
    model: KindModel | None


async def understand(request: ServiceRequest, now: datetime) -> Understood:
    """Read one sealed report as the rules see it. UnreadableError, PolicyGap."""
    return await understood(request, await _vault(request), now)


async def understood(request: ServiceRequest, vault: Vault, now: datetime) -> Understood:
    """The same where its sealed half has been read already."""
    story = _story(vault)
    root = (await packs()).pack(request.tenant_id)
    told = " ".join((story.title, story.landmark, story.text))
    on = now.astimezone(SHANGHAI).date()
    named = locate(
        root.gazetteer,
        chosen_county=request.chosen_county,
        chosen_township=request.chosen_township,
        text=mask(tidy(told)).text,
        on=on,
    )
    point = position(story)
    drawn = await outlines(request.tenant_id) if point else Boundaries()
    located = pointed(named, root.gazetteer, drawn, point, on)
    pack = (await packs()).serving_county(request.tenant_id, located.county)
    if located.county is None:
        pack = (await packs()).pack(request.jurisdiction)
    model = await in_force(request.tenant_id, now)
    return _understood(request, story, located, Known(pack, model))


async def read_story(request: ServiceRequest) -> Story:
    """The reporter's own words, unsealed in memory for the service itself."""
    return _story(await _vault(request))


async def _vault(request: ServiceRequest) -> Vault:
    return await Vault.get(tenant_id=request.tenant_id, id=request.id)


def _story(vault: Vault) -> Story:
    envelope = open_envelope(vault.tenant_id, vault.id, vault.kek_id, vault.wrapped_key)
    return Story(**json.loads(envelope.unseal("report", vault.report or b"")))


def _understood(
    request: ServiceRequest, story: Story, located: Located, known: Known
) -> Understood:
    pack = known.pack
    text, title = mask(legible(story.text)).text, mask(legible(story.title)).text
    shown = (title or _opening(text))[:200]
    said = f"{title}\n{text}"
    heard = classify(pack.lexicon, tidy(said), tuple(request.chosen_kinds))
    classified = with_model(heard, pack.lexicon, known.model, said)
    target = " ".join(filter(None, (story.source_name, story.source_place)))
    return Understood(
        title=shown,
        text=text,
        landmark=mask(legible(story.landmark)).text[:400],
        target=mask(legible(target)).text[:400],
        signed=signed(shown, text),
        body_key=body_key(request.tenant_id, body_key_text(story.text or story.title)),
        located=located,
        point=rounded(point) if (point := position(story)) else None,
        classified=classified,
        acceptance=accept(Wish(request.wish), located, classified, pack.acceptance),
        pack=pack,
        same_as=story.same_as,
        apart=bool(story.apart),
        signatories=story.signatories,
    )


def _opening(text: str) -> str:
    """The first line; with what follows it, where it is but a greeting."""
    first = text.strip().split("\n", 1)[0]
    said = first if len(first) > GREETING else " ".join(text.split("\n"))
    return said if len(said) <= TITLE else f"{said[:TITLE]}…"


async def keep(request: ServiceRequest, found: Understood) -> None:
    """Write what was understood into the report's masked columns, and its signature."""
    request.title, request.text = found.title, found.text
    request.landmark, request.target = found.landmark, found.target
    request.body_key = found.body_key
    request.masking_version = MASKING_VERSION
    request.county, request.township = found.located.county, found.located.township
    _keep_point(request, found.point)
    request.kinds = list(found.kinds)
    request.emergency = list(found.classified.emergency)
    request.jurisdiction = found.pack.code
    request.industry = found.classified.industry
    request.body = await handed_to(request, found.pack) or _body(found, request)
    request.signatories = found.signatories
    request.policy = {topic: str(version) for topic, version in found.pack.versions.items()}
    if found.classified.learnt:
        request.policy["kind_model"] = found.classified.learnt
    await add(
        Signature(
            id=request.id,
            tenant_id=request.tenant_id,
            county=request.county,
            registered_at=request.registered_at,
            grams=list(found.signed.grams),
            words=list(found.signed.words),
            title_words=list(found.signed.title_words),
            opening=list(found.signed.opening),
        )
    )


def _body(found: Understood, request: ServiceRequest) -> str | None:
    """分别受理: the body that accepts what whoever would get it answers for."""
    pack = found.pack
    if not pack.accepting or not found.kinds:
        return None
    matter = Matter(
        kinds=tuple(found.kinds),
        county=found.located.county,
        township=found.located.township,
        channel=request.channel,
        wish=request.wish,
    )
    lead = by_table(pack, facts_of(pack, matter)).lead
    return accepting_body(pack.accepting, pack.departments, lead)


def _keep_point(request: ServiceRequest, point: Point | None) -> None:
    if point is None:
        return
    request.longitude, request.latitude = point.longitude, point.latitude
    request.accuracy_m = None if point.accuracy_m is None else ceil(point.accuracy_m)


@dataclass(frozen=True, slots=True)
class Choice:
    """Place and kinds as a person decided them; the first kind leads."""

    county: str
    township: str | None
    kinds: tuple[str, ...]
    also: tuple[str, ...] = ()  # further counties of a cross-boundary matter


def with_desk_choice(found: Understood, choice: Choice, pack: Pack) -> Understood:
    """The same report by a person's choice, under the pack of the chosen county."""
    located = Located(choice.county, choice.township, "chosen", "", (), found.located.heard)
    heard = {hit.code: hit for hit in found.classified.kinds}
    hits = tuple(heard.get(code, KindHit(code, 0.0, ())) for code in choice.kinds)
    return replace(
        found, located=located, classified=replace(found.classified, kinds=hits), pack=pack
    )
