"""A report is added to, taken back and followed by the key it came by, and by no other."""

import asyncio
import json

import httpx
import pytest

from hotline.database import row, rows
from hotline.rules.terms import Scope
from tests.support.machine import (
    REPORTS,
    Machine,
    a_picture,
    counted,
    decided,
    new_machine,
)
from tests.support.sender import REPORT


async def test_a_partner_follows_its_own_report_and_reads_nothing_back(machine: Machine) -> None:
    number = await machine.register()
    await decided()

    told = (await machine.get(f"{REPORTS}/{number}")).json()

    assert (told["number"], told["stage"]) == (number, "accepted")
    assert [one["step"] for one in told["milestones"]][:2] == ["register", "accept"]
    assert "withdraw" in told["may"]
    words = json.dumps(told, ensure_ascii=False)
    for secret in ("13800000000", "张某某", "黑烟", "大河村口"):
        assert secret not in words


async def test_anothers_and_an_unknown_number_look_alike(
    client: httpx.AsyncClient, machine: Machine
) -> None:
    number = await machine.register()
    other = await new_machine(client, "other-app")
    paths = (
        ("", "GET"),
        ("/supplements", "POST"),
        ("/attachments", "POST"),
        ("/withdrawal", "POST"),
    )

    for noun, method in paths:
        answers = set()
        for asked in (number, "QN20260101000000000", "nonsense"):
            more = {"files": {"file": ("a.jpg", a_picture(), "image/jpeg")}}
            body = {"json": {"reason": "反映人要求撤回", "text": "又冒烟了，很呛人。"}}
            answer = await client.request(
                method,
                f"{REPORTS}/{asked}{noun}",
                headers={**other.headers, "idempotency-key": "x"},
                **({} if method == "GET" else more if noun == "/attachments" else body),
            )
            answers.add((answer.status_code, answer.text))
        assert {status for status, _ in answers} == {404}, noun
        assert len(answers) == 1, noun
    found = await row("SELECT stage FROM service_request WHERE number = $1", number)
    assert found is not None
    assert found["stage"] == "received"


async def test_facts_are_added_once_however_often_they_come(machine: Machine) -> None:
    number = await machine.register()
    path, facts = f"{REPORTS}/{number}/supplements", {"text": "昨夜又冒烟，电话13900000001。"}

    answers = await asyncio.gather(*(machine.post(path, facts, id="more") for _ in range(3)))
    other = await machine.post(path, {"text": "别的补充内容"}, id="more")

    assert [answer.status_code for answer in answers] == [201] * 3
    assert {answer.content for answer in answers} == {answers[0].content}
    assert (other.status_code, other.json()["code"]) == (409, "other_body")
    kept = await rows("SELECT text FROM supplement")
    assert [one["text"] for one in kept] == ["昨夜又冒烟，电话〔手机〕。"]


async def test_the_same_id_for_another_report_is_a_conflict(machine: Machine) -> None:
    first, second = (
        await machine.register(),
        await machine.register(text="另一家厂的废水直排河里。"),
    )
    facts = {"text": "昨夜又发生了一次。"}

    await machine.post(f"{REPORTS}/{first}/supplements", facts, id="more")
    answer = await machine.post(f"{REPORTS}/{second}/supplements", facts, id="more")

    assert answer.status_code == 409


async def test_a_picture_is_kept_once_with_the_same_answer(machine: Machine) -> None:
    number = await machine.register()

    answers = [await machine.upload(number, a_picture()) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert await counted("attachment") == 1


async def test_what_is_no_picture_is_refused_in_words(machine: Machine) -> None:
    number = await machine.register()

    answer = await machine.upload(number, b"no picture at all")

    assert (answer.status_code, answer.json()["code"]) == (422, "not_now")
    assert "现场.jpg" in answer.json()["detail"]
    assert await counted("attachment") == 0


async def test_a_report_is_taken_back_once(machine: Machine) -> None:
    number = await machine.register()
    await decided()
    reason = {"reason": "反映人来电说问题已经解决"}

    answers = [await machine.post(f"{REPORTS}/{number}/withdrawal", reason) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == {"number": number, "status": "withdrawn"}
    late = await machine.post(f"{REPORTS}/{number}/supplements", {"text": "还是要补充一点。"})
    assert late.status_code == 422
    (event,) = await rows(
        "SELECT actor_kind, actor_id FROM event WHERE step = 'withdraw' AND aggregate = 'request'"
    )
    assert (event["actor_kind"], event["actor_id"]) == ("partner", "key:county-app")


@pytest.mark.parametrize("reason", ["", "短", "a\u0001" * 501, None, 5])
async def test_a_reason_is_measured_as_it_was_sent(machine: Machine, reason: object) -> None:
    number = await machine.register()

    answer = await machine.post(f"{REPORTS}/{number}/withdrawal", {"reason": reason})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/reason")


async def test_a_key_does_only_what_its_scopes_allow(client: httpx.AsyncClient) -> None:
    reader = await new_machine(client, "reader", scopes={Scope.REPORTS_READ})
    writer = await new_machine(client, "writer", scopes={Scope.REPORTS_WRITE})

    refused = await reader.post(REPORTS, REPORT)
    number = await writer.register()

    assert (refused.status_code, refused.json()["code"]) == (403, "no_scope")
    assert (await writer.get(f"{REPORTS}/{number}")).status_code == 403
