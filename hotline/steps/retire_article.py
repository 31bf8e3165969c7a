"""知识条目停用: a version in force is read out no longer; it stays to be looked up."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Step
from hotline.steps.approve_article import locked_article
from hotline.steps.write_article import told


async def retire_article(ref: str, edition: int, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, StepRefused."""
    check_may(Step.RETIRE_ARTICLE, by)
    async with transaction():
        article = await locked_article(ref, edition, by)
        if article.state != "approved":
            raise StepRefused("article.not_now")
        article.state = "retired"
        await put(article)
        await told(article, Step.RETIRE_ARTICLE, by, now)
