"""What is not ours is refused with where to go; what cannot be decided waits for a person."""

from typing import Any

import pytest

from hotline.database import row, rows
from tests.support.sender import REPORT, Sender
from workers.intake import drain_all

BARE = {name: REPORT[name] for name in ("wish", "contact", "secrecy")}


async def test_what_another_body_answers_for_is_refused_with_where_to_go(partner: Sender) -> None:
    text = "都匀市某公司（虚构）拖欠工资三个月，一直不给农民工发工资。"
    request = await _decided(partner, {**BARE, "text": text, "county": "522701"})

    assert request["stage"] == "refused"
    assert request["refuse_reason"]
    assert request["refer_to"]
    told = await rows("SELECT template FROM message")
    assert [one["template"] for one in told] == ["request.refused"]


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ({"text": "有个砖厂（虚构）天天冒黑烟，气味刺鼻，请管一管。"}, "place."),
        ({"text": "你们好，这件事情请尽快处理一下，谢谢。", "county": "522701"}, "kind."),
        (
            {"text": "请问冒黑烟该找谁？", "county": "522701", "wish": "consult"},
            "wish.",
        ),
    ],
)
async def test_what_cannot_be_decided_waits_with_its_cause(
    partner: Sender, body: dict[str, Any], cause: str
) -> None:
    request = await _decided(partner, {**BARE, **body})

    assert request["stage"] == "triage"
    assert str(request["triage_cause"]).startswith(cause)
    assert await rows("SELECT id FROM work_order") == []


async def _decided(partner: Sender, body: dict[str, Any]) -> dict[str, Any]:
    answer = await partner.post(body)
    assert answer.status_code == 200, answer.text
    await drain_all()
    request = await row("SELECT * FROM service_request")
    assert request is not None
    return request
