"""知识条目生效: another person than the writer puts a version in force, or sends it back."""

from datetime import datetime
from uuid import UUID

from hotline.database import row, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import Article
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Step
from hotline.steps.write_article import LOCK, told


async def approve_article(ref: str, edition: int, *, good: bool, by: Actor, now: datetime) -> None:
    """The version before it is replaced. NotAllowed, NotFound, StepRefused."""
    check_may(Step.APPROVE_ARTICLE, by)
    async with transaction():
        article = await locked_article(ref, edition, by)
        if article.state != "proposed":
            raise StepRefused("article.not_now")
        if by.is_one_of(str(article.written_by)):
            raise StepRefused("article.own")
        article.approved_by, article.approved_at = UUID(by.id), now
        if good:
            await Article.filter(tenant_id=article.tenant_id, ref=ref, state="approved").update(
                state="replaced"
            )
        article.state = "approved" if good else "rejected"
        await put(article)
        await told(article, Step.APPROVE_ARTICLE, by, now)


async def locked_article(ref: str, edition: int, by: Actor) -> Article:
    """A version of the own jurisdiction. NotFound."""
    await row(LOCK, f"article:{ref}")
    tenant_id = (await packs()).pack(by.jurisdiction).tenant
    found = await Article.get_or_none(
        tenant_id=tenant_id, jurisdiction=by.jurisdiction, ref=ref, edition=edition
    )
    if found is None:
        raise NotFound("article")
    return found
