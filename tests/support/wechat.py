"""The platform of WeChat towards one account: signs and encrypts with wechatpy, not with our code.

People, places and plants are made up（虚构）.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from xml.etree import ElementTree

import httpx
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from hotline.lookups import wechat_account
from hotline.steps.wechat_account import Secrets, add_account

APP_ID, APP_SECRET = "wx0123456789abcdef", "fedcba9876543210fedcba9876543210"
NAME, ORIGINAL = "qiannan", "gh_0123456789ab"
IDS = count(23_000_000_000_000_001)


@dataclass
class Platform:
    """What the platform sends to our address, and how it reads the answer."""

    client: httpx.AsyncClient
    secrets: Secrets
    openid: str = "oMadeUp_openid_of_nobody_001"
    at: int = field(default_factory=lambda: int(time.time()) - 250)
    nonces: Any = field(default_factory=lambda: count(1))

    def xml(self, kind: str, inner: str, *, id: int | None = None) -> str:
        """One message, ten seconds after the one before."""
        self.at += 10
        name = f"<MsgId>{id or next(IDS)}</MsgId>" if kind != "event" else ""
        return (
            f"<xml><ToUserName><![CDATA[{ORIGINAL}]]></ToUserName>"
            f"<FromUserName><![CDATA[{self.openid}]]></FromUserName>"
            f"<CreateTime>{self.at}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>"
            f"{inner}{name}</xml>"
        )

    def query(self, *parts: str, name: str = "signature", at: int | None = None) -> dict[str, str]:
        """Signed with wechatpy."""
        signed = {"timestamp": str(at or int(time.time())), "nonce": f"n{next(self.nonces)}"}
        signer = WeChatSigner()
        signer.add_data(self.secrets.token, signed["timestamp"], signed["nonce"], *parts)
        return {**signed, name: signer.signature}

    async def post(self, xml: str, query: dict[str, str] | None = None) -> httpx.Response:
        """As the account's mode wants it."""
        if not self.secrets.aes_key:
            return await self.send(xml.encode(), query or self.query())
        nonce, timestamp = f"n{next(self.nonces)}", str(int(time.time()))
        crypto = WeChatCrypto(self.secrets.token, self.secrets.aes_key, APP_ID)
        body = crypto.encrypt_message(xml, nonce, timestamp)
        signed = body.partition("<MsgSignature><![CDATA[")[2].partition("]]>")[0]
        query = {"timestamp": timestamp, "nonce": nonce, "msg_signature": signed}
        return await self.send(body.encode(), {**query, "encrypt_type": "aes"})

    async def send(self, body: bytes, query: dict[str, str]) -> httpx.Response:
        """These very bytes."""
        return await self.client.post(f"/hooks/wechat/{NAME}", content=body, params=query)

    def read(self, answer: httpx.Response) -> str:
        """The words of an answer, "" for none; read by wechatpy."""
        assert answer.status_code == 200, answer.text
        if answer.content == b"success":
            return ""
        xml = answer.content
        if self.secrets.aes_key:
            outer = _elements(answer.text)
            crypto = WeChatCrypto(self.secrets.token, self.secrets.aes_key, APP_ID)
            xml = crypto.decrypt_message(
                answer.text, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"]
            )
        said = parse_message(xml)
        assert said.source == ORIGINAL
        assert said.target == self.openid
        return str(said.content)

    async def says(self, kind: str, inner: str) -> str:
        """One message and its answer."""
        return self.read(await self.post(self.xml(kind, inner)))

    async def text(self, words: str) -> str:
        """Words."""
        return await self.says("text", f"<Content><![CDATA[{words}]]></Content>")

    async def picture(self, media: str = "media-1") -> str:
        """A photo."""
        inner = f"<PicUrl><![CDATA[http://x/y]]></PicUrl><MediaId><![CDATA[{media}]]></MediaId>"
        return await self.says("image", inner)

    async def event(self, name: str, key: str = "") -> str:
        """Something that happened."""
        inner = f"<Event><![CDATA[{name}]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
        return await self.says("event", inner)


async def new_platform(client: httpx.AsyncClient, *, plain: bool = False) -> Platform:
    """An account that was just added."""
    wechat_account.forget()
    app = (APP_ID, APP_SECRET)
    secrets = await add_account(NAME, "522700", app, datetime.now(UTC), plain=plain)
    return Platform(client, secrets)


def _elements(xml: str) -> dict[str, str]:
    return {one.tag: one.text or "" for one in ElementTree.fromstring(xml)}
