"""起草知识条目: a new article, or the next version of one; nobody reads it out before approval."""

import secrets
from datetime import datetime

from hotline.database import row, transaction
from hotline.errors import BadReport, NotFound
from hotline.policy.store import packs
from hotline.records import Article, new_id
from hotline.rules.actor import Actor
from hotline.rules.knowledge import ArticleText, faults
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append

LOCK = "SELECT pg_advisory_xact_lock(hashtext($1))"
LAST = """
SELECT max(edition) AS edition FROM article
WHERE tenant_id = $1 AND jurisdiction = $2 AND ref = $3
"""


async def write_article(ref: str, text: ArticleText, by: Actor, now: datetime) -> str:
    """`ref` "": a new one. Returns its ref. BadReport, NotAllowed, NotFound."""
    check_may(Step.WRITE_ARTICLE, by)
    if found := faults(text):
        raise BadReport(found)
    tenant_id = (await packs()).pack(by.jurisdiction).tenant
    async with transaction():
        edition = await _next(tenant_id, ref, by) if ref else 1
        article = await Article.create(
            id=new_id(),
            tenant_id=tenant_id,
            jurisdiction=by.jurisdiction,
            ref=ref or secrets.token_urlsafe(9),
            edition=edition,
            kind=text.kind,
            title=text.title,
            script=text.script,
            answer=text.answer,
            source=text.source,
            valid_from=text.valid_from,
            valid_to=text.valid_to,
            state="proposed",
            written_by=by.id,
            written_at=now,
        )
        await told(article, Step.WRITE_ARTICLE, by, now)
    return str(article.ref)


async def told(article: Article, step: Step, by: Actor, now: datetime) -> None:
    """Its event: one chain a version."""
    chain = Chain(article.tenant_id, Aggregate.ARTICLE, article.id)
    detail = {"ref": article.ref, "edition": article.edition}
    await append(chain, Happening(step, article.state, by, now), detail)


async def _next(tenant_id: str, ref: str, by: Actor) -> int:
    await row(LOCK, f"article:{ref}")
    last = await row(LAST, tenant_id, by.jurisdiction, ref)
    if last is None or last["edition"] is None:
        raise NotFound("article")
    return int(last["edition"]) + 1
