"""Accounts for tests. Every name here is made up（虚构）."""

from datetime import UTC, datetime
from typing import Final

from hotline.lookups import staff as lookup
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.terms import Role
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, PATH, Post
from hotline.steps.sign_in import sign_in

NOW: Final = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD: Final = "correct horse battery"


def token_of(path: str | None) -> str:
    assert path is not None
    assert path.startswith(PATH)
    return path.removeprefix(PATH)


async def a_handler(login: str = "wang.li") -> Post:
    tenant = (await packs()).tenants()[0]
    post = Post(tenant.code, frozenset({Role.HANDLER}), tenant.departments[0].code)
    await enrol(Person(login, "王某（虚构）", PASSWORD), post, OPERATOR, NOW)
    return post


async def signed_in(login: str = "wang.li", at: datetime = NOW) -> tuple[str, Actor]:
    token = await sign_in(login, PASSWORD, at)
    actor = await lookup.session(token, at)
    assert actor is not None
    return token, actor
