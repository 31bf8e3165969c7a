"""The shared access token, for whoever talks to the platform: table, lock and API put together."""

from hotline.errors import NotFound
from hotline.lookups.wechat_account import Account, wechat_account
from hotline.settings import settings
from hotline.steps.wechat_token import Renew, shared_token
from notifications.wechat_api import Api, ApiFailed
from workers.job import utc_now


class SharedTokens:
    """One token an account, whichever process asks."""

    async def token(self, account: str, *, refused: str = "") -> str:
        """`refused`: the one the platform takes no more. ApiFailed."""
        found = await wechat_account(account)
        if found is None:
            raise ApiFailed("no_account")
        try:
            return await shared_token(
                (found.tenant_id, found.id), _renewal(found), utc_now(), refused=refused
            )
        except NotFound:
            raise ApiFailed("no_account") from None


def _renewal(account: Account) -> Renew:
    async def renew(force: bool) -> tuple[str, int]:
        fresh = await Api(settings().wechat_api, settings().outgoing_within).token(
            account.app_id, account.app_secret, force=force
        )
        return fresh.value, fresh.seconds

    return renew
