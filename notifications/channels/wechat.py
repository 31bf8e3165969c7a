"""Template and subscription messages of an official account: number and a link, no matter.

Quiet hours do not hold them back: WeChat itself is silent where its owner wants it so.
"""

from typing import Any, Final, Protocol

from hotline.policy.compose import Note
from hotline.rules.message import Failed, Outcome, Outgoing, Sent
from notifications.wechat_api import STALE, Api, ApiFailed
from notifications.wechat_templates import PATHS, Approved

ROUTE: Final = "wechat"


class Tokens(Protocol):
    """The one access token of an account, shared by all processes."""

    async def token(self, account: str, *, refused: str = "") -> str:
        """`refused`: the one the platform takes no more. ApiFailed."""
        ...


async def send(outgoing: Outgoing, note: Note, by: Approved, api: Api, tokens: Tokens) -> Outcome:
    """Taken by the platform, or why not; a token refused is renewed and tried once more."""
    message = _message(outgoing, note, by)
    try:
        token = await tokens.token(outgoing.account)
        try:
            await api.send(token, PATHS[by.kind], message)
        except ApiFailed as failed:
            if failed.code not in STALE:
                raise
            token = await tokens.token(outgoing.account, refused=token)
            await api.send(token, PATHS[by.kind], message)
    except ApiFailed as failed:
        return Failed(f"{ROUTE}.{failed.code}"[:80], permanent=failed.permanent)
    return Sent(ROUTE, note.version)


def _message(outgoing: Outgoing, note: Note, by: Approved) -> dict[str, Any]:
    values = {
        "number": outgoing.values["number"],
        "progress_url": outgoing.values["progress_url"],
        "text": note.text,
    }
    link = {"template": "url", "subscribe": "page"}[by.kind]
    data = {name: {"value": wording.format_map(values)} for name, wording in by.fields.items()}
    return {
        "touser": outgoing.openid,
        "template_id": by.id,
        **({link: values["progress_url"]} if by.link else {}),
        "client_msg_id": outgoing.reference[:32],  # a repeat is told by the platform itself
        "data": data,
    }
