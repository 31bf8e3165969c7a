"""知识库: what may be read out for a kind today; every version of an article for its keepers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotline.errors import NotFound
from hotline.policy.pack import Pack
from hotline.records import Article, Staff
from hotline.rules.knowledge import ArticleText, fits, rank, wanted

BESIDE: Final = 6


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One version."""

    ref: str
    edition: int
    text: ArticleText
    state: str
    written_by: str
    written_at: datetime
    approved_by: str
    approved_at: datetime | None
    writer: str = ""  # the account's id: the writer does not approve


async def beside(pack: Pack, kind: str, asked: str, day: date) -> list[ArticleView]:
    """In force today in this jurisdiction or above it: of this kind first, then of every kind."""
    kinds, words = _kinds(pack, kind), wanted(asked)
    above = [place.code for place in pack.gazetteer.path(pack.code)]
    found = await Article.filter(
        tenant_id=pack.tenant, jurisdiction__in=above, state="approved"
    ).order_by("-approved_at")
    fitting = [
        one
        for one in map(_view, found)
        if one.text.is_valid(day) and fits(one.text, words) and (words or one.text.kind in kinds)
    ]
    fitting.sort(key=lambda one: rank(one.text, kinds, words))
    return fitting[:BESIDE]


async def articles(pack: Pack, asked: str) -> list[ArticleView]:
    """The latest version of each article of a jurisdiction, and those that wait."""
    words = wanted(asked)
    found = await Article.filter(tenant_id=pack.tenant, jurisdiction=pack.code).order_by(
        "ref", "-edition"
    )
    latest = {one.ref: one for one in reversed(found)}
    views = [_view(one) for one in latest.values()]
    return sorted(
        (one for one in views if fits(one.text, words)),
        key=lambda one: (one.state != "proposed", one.state == "retired", one.text.title),
    )


async def versions(pack: Pack, ref: str) -> list[ArticleView]:
    """Every version of one article, the newest first. NotFound."""
    found = await Article.filter(tenant_id=pack.tenant, jurisdiction=pack.code, ref=ref).order_by(
        "-edition"
    )
    if not found:
        raise NotFound("article")
    ids = {one.written_by for one in found} | {one.approved_by for one in found}
    staff = Staff.filter(tenant_id=pack.tenant, id__in=[one for one in ids if one])
    names = {str(one.id): one.name for one in await staff}
    return [_view(one, names) for one in found]


def _kinds(pack: Pack, code: str) -> Sequence[str]:
    """The kind, its parent, and every kind."""
    kind = pack.lexicon.kind(code) if code else None
    return [one for one in (code, kind.parent if kind else "") if one] + [""]


def _view(one: Article, names: dict[str, str] | None = None) -> ArticleView:
    known = names or {}
    text = ArticleText(
        title=one.title,
        script=one.script,
        answer=one.answer,
        source=one.source,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        kind=one.kind,
    )
    return ArticleView(
        ref=one.ref,
        edition=one.edition,
        text=text,
        state=one.state,
        written_by=known.get(str(one.written_by), ""),
        written_at=one.written_at,
        approved_by=known.get(str(one.approved_by), "") if one.approved_by else "",
        approved_at=one.approved_at,
        writer=str(one.written_by),
    )
