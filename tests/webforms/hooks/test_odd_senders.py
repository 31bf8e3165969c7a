"""Odd senders at the signed door: names, verbs, zones, fields."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from hotline.commands.launch.services import Services
from hotline.rules.terms import Channel
from hotline.steps.channel import add_channel
from tests.support.sender import NAME, REPORT, Sender, application, new_partner, signature


@pytest.fixture
async def client(db: Services) -> AsyncIterator[httpx.AsyncClient]:
    async with application() as client:
        yield client


@pytest.fixture
async def partner(client: httpx.AsyncClient) -> Sender:
    return await new_partner(client)


async def test_a_name_belongs_to_one_channel_alone(partner: Sender) -> None:
    with pytest.raises(Exception, match="name_taken"):
        await add_channel(NAME, "520000", Channel.PARTNER, datetime.now(UTC))


async def test_only_a_post_is_answered(client: httpx.AsyncClient, db: Services) -> None:
    assert (await client.get(f"/hooks/{NAME}")).status_code == 405


async def test_a_sender_that_signs_in_another_zone_is_told_it_is_stale(partner: Sender) -> None:
    body, at = json.dumps(REPORT).encode(), datetime.now(UTC)
    headers = {
        "webhook-timestamp": str(int(at.timestamp()) + 8 * 3600),
        "webhook-signature": signature(partner.secret, "msg_z", at + timedelta(hours=8), body),
    }
    answer = await partner.post(body, id="msg_z", headers=headers)

    assert answer.json()["errors"][0]["code"] == "signature.stale"


async def test_a_field_whose_very_name_is_no_text_is_said_to_be_unknown(partner: Sender) -> None:
    body = json.dumps({**REPORT, "contact": {"\ud800": "x", "a\0b": "y"}}).encode()

    answer = await partner.post(body)

    assert answer.status_code == 422
    assert "field.unknown" in {one["code"] for one in answer.json()["errors"]}
