"""举报奖励公开数据: the years' figures, for anybody."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.reward_figures import reward_figures
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.suppression import LEAST
from webforms.ledger.pages import cacheable, tenant_of
from webforms.money import yuan
from webforms.submissions import whole
from webforms.visit import current

YEARS: Final = range(2000, 2200)


async def show(request: Request) -> Response:
    """The page."""
    known = await packs()
    tenant = tenant_of(known, request.query_params.get("province", ""))
    asked = whole(request.query_params.get("year", ""), digits=4)
    this = current().now.astimezone(SHANGHAI).year
    year = asked if asked in YEARS else this
    return cacheable(
        request,
        "ledger/rewards",
        found=await reward_figures(tenant.code, year or this),
        schemes=tenant.rewards,
        provinces=known.tenants(),
        province=tenant.code,
        least=LEAST,
        yuan=yuan,
    )
