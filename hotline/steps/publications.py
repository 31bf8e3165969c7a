"""公开 has rows and a history of its own beside the order's."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.errors import NotFound
from hotline.records import Publication
from hotline.rules.numbering import asked
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.transition import OrderChange

PROPOSED: Final = "proposed"
PUBLISHED: Final = "published"
RETRACTED: Final = "retracted"


async def publication_at(tenant_id: str, number: str, *stages: str) -> Publication:
    """The publication of a number, if it stands at one of these stages."""
    found = await Publication.get_or_none(
        tenant_id=tenant_id, number=asked(number), stage__in=stages
    )
    if found is None:
        raise NotFound("publication")
    return found


async def record(
    change: OrderChange, publication: Publication, step: Step, detail: Mapping[str, Any]
) -> None:
    """One event in the publication's history, named in the order's."""
    change.detail |= {"publication": publication.number, "stage": publication.stage}
    chain = Chain(publication.tenant_id, Aggregate.PUBLICATION, publication.id)
    await append(chain, Happening(step, publication.stage, change.by, change.now), detail)
