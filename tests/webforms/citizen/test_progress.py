"""The way of a report, by number and code: wrong and unknown look alike, tries are limited."""

import time
from datetime import UTC, date, datetime
from uuid import uuid4

import httpx
import pytest

from hotline.database import row, rows
from hotline.records import Membership, ServiceRequest, WorkOrder, files
from hotline.rules.actor import Actor
from hotline.rules.numbering import LOT_DIGITS, public_number
from hotline.rules.terms import ActorKind, Finding, Role, TextKind
from hotline.steps.answer import answer
from hotline.steps.decide import decide
from hotline.steps.find import Conclusion, find
from hotline.steps.sign import sign
from hotline.steps.submit import submit
from hotline.steps.transition import Target
from hotline.steps.write import Writing, write
from tests.support.turns import turns
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import sent
from webforms.app import create_app
from workers.job import utc_now

ALIKE = 1.10
REPLY = "经现场核查，您反映的异味问题属实，已责令立即改正并立案查处。"


async def decided(visitor: Visitor) -> tuple[str, str]:
    """A report that the worker has decided."""
    number, code = await sent(visitor)
    found = await ServiceRequest.get(number=number)
    await decide(found.tenant_id, found.id, utc_now())
    return number, code


async def answered(number: str) -> None:
    """The desk's part of the walk."""
    report = await ServiceRequest.get(number=number)
    member = await Membership.get(request_id=report.id)
    order = await WorkOrder.get(id=member.order_id)
    target, now = Target(order.tenant_id, order.id), datetime.now(UTC)

    def staff(role: Role) -> Actor:
        at = order.lead or ""
        return Actor(ActorKind.STAFF, str(uuid4()), frozenset({role}), at, order.jurisdiction)

    handler = staff(Role.HANDLER)
    await sign(target, by=handler, now=now)
    await find(target, Conclusion(Finding.TRUE), by=handler, now=now)
    for kind in TextKind:
        await write(target, Writing(kind, REPLY), by=handler, now=now)
    await submit(target, by=handler, now=now)
    await answer(target, by=staff(Role.REVIEWER), now=now)


def nobodys_number(like: str) -> str:
    """A well-formed number that was never given."""
    return public_number(like.rstrip("0123456789"), date(2026, 1, 5), "1" * LOT_DIGITS)


async def look(visitor: Visitor, number: str, code: str) -> httpx.Response:
    await visitor.go("/progress")
    return await visitor.send("/progress", number=number, code=code)


async def test_number_and_code_open_the_report_however_they_are_typed(visitor: Visitor) -> None:
    number, code = await sent(visitor)
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4))

    await look(
        visitor,
        f" {number.lower()} ",
        spaced.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )

    assert visitor.path == "/progress/report"
    assert visitor.page is not None
    assert "已登记" in visitor.page.text


async def test_no_page_of_a_report_is_kept_in_a_cache_or_names_it_in_an_address(
    visitor: Visitor,
) -> None:
    number, code = await sent(visitor)

    answer = await look(visitor, number, code)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert number not in str(answer.url)
    assert code not in answer.text


async def test_wrong_code_and_unknown_number_answer_alike(visitor: Visitor) -> None:
    number, _ = await sent(visitor)
    unknown = nobodys_number(number)

    wrong = await look(visitor, number, "1234567812345678")
    other = await look(visitor, unknown, "1234567812345678")

    assert wrong.status_code == other.status_code == 422
    assert len(wrong.content) == len(other.content)
    ours = [{k: v for k, v in one.headers.items() if k != "date"} for one in (wrong, other)]
    assert ours[0] == ours[1]
    assert (
        wrong.text.replace(number, unknown).partition("<main")[2].partition("_token")[0]
        == (other.text.partition("<main")[2].partition("_token")[0])
    )


async def test_wrong_code_and_unknown_number_take_the_same_time(visitor: Visitor) -> None:
    number, _ = await sent(visitor)
    await visitor.go("/progress")

    assert await slower_by(visitor, number, nobodys_number(number)) < ALIKE


async def slower_by(visitor: Visitor, *numbers: str) -> float:
    """The slower by the faster, of two hundred tries each in an order of chance, or more of them.

    Each by the middle of its faster half: neighbours only ever add, and one who guesses knows it.
    """
    token = visitor.form("/progress")
    took: dict[str, list[float]] = {number: [] for number in numbers}

    def ratio() -> float:
        slower, faster = sorted(
            (sorted(times)[len(times) // 4] for times in took.values()), reverse=True
        )
        return slower / faster

    for turn, tried in enumerate(turns(numbers, 200, lambda: ratio() < ALIKE)):
        data = {**token, "number": tried, "code": f"{turn:016d}"}
        await rows("DELETE FROM attempt")
        start = time.perf_counter()
        await visitor.client.post("/progress", data=data)
        took[tried].append(time.perf_counter() - start)
    return ratio()


@pytest.mark.usefixtures("counting")
async def test_after_ten_wrong_codes_a_number_must_wait_even_for_the_right_one(
    visitor: Visitor,
) -> None:
    number, code = await sent(visitor)
    for _ in range(10):
        await look(visitor, number, "1234567812345678")

    answer = await look(visitor, number, code)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60


@pytest.mark.usefixtures("counting")
async def test_whoever_guesses_elsewhere_does_not_shut_the_reporter_out(visitor: Visitor) -> None:
    number, code = await sent(visitor)
    elsewhere = httpx.ASGITransport(create_app(), client=("203.0.113.9", 1))
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://hotline.test") as client:
        guesser = Visitor(client)
        for _ in range(11):
            guessed = await look(guesser, number, "1234567812345678")
    assert guessed.status_code == 429

    await look(visitor, number, code)

    assert visitor.path == "/progress/report"


async def test_the_code_alone_proves_and_a_cookie_of_another_make_does_not(
    visitor: Visitor,
) -> None:
    visitor.client.cookies.set("progress", "gAAAAABforged")

    await visitor.go("/progress/report")

    assert visitor.path == "/progress"


async def test_an_answered_report_shows_the_approved_reply_and_takes_one_rating(
    visitor: Visitor,
) -> None:
    number, code = await decided(visitor)
    await answered(number)

    await look(visitor, number, code)
    assert visitor.page is not None
    assert REPLY.split("，")[1] in visitor.page.text
    await visitor.send("/progress/rating", score="2", solved="no", wants_redo="yes", comment="")

    assert "不满意，没有解决，已申请重新办理" in visitor.page.text
    assert await row("SELECT score, solved, wants_redo FROM feedback") == {
        "score": 2,
        "solved": False,
        "wants_redo": True,
    }
    assert 'action="/progress/rating"' not in visitor.page.text


async def test_a_rating_without_a_score_is_asked_again_and_keeps_the_words(
    visitor: Visitor,
) -> None:
    number, code = await decided(visitor)
    await answered(number)
    await look(visitor, number, code)

    await visitor.send("/progress/rating", comment="还是有味道")

    assert visitor.page is not None
    assert list(visitor.problems) == ["score", "solved"]
    assert "还是有味道</textarea>" in visitor.page.text


async def test_facts_added_later_are_sealed_and_shown_masked(visitor: Visitor) -> None:
    number, code = await decided(visitor)
    await look(visitor, number, code)

    await visitor.send("/progress/supplements", facts="今天凌晨又有，电话13900000000（虚构）")

    assert visitor.page is not None
    assert "今天凌晨又有" in visitor.page.text
    assert "13900000000" not in visitor.page.text


async def test_files_added_later_are_counted_and_sealed_like_others(visitor: Visitor) -> None:
    number, code = await decided(visitor)
    await look(visitor, number, code)

    sound = ("files", ("夜里.amr", b"#!AMR\n" + bytes(26), "audio/amr"))
    await visitor.upload("/progress/files", [sound])
    assert visitor.page is not None
    assert (visitor.path, "已附 1 个文件" in visitor.page.text) == ("/progress/report", True)

    await visitor.upload("/progress/files", [sound, ("files", ("a.txt", b"text", "text/plain"))])
    assert list(visitor.problems) == ["files", "files-1"]
    (kept,) = await rows("SELECT tenant_id, request_id, id, stored FROM attachment")
    assert kept["request_id"] == (await ServiceRequest.get(number=number)).id
    assert b"AMR" not in await files.get(kept["stored"])


async def test_a_withdrawn_report_says_so_and_offers_nothing_more(visitor: Visitor) -> None:
    number, code = await decided(visitor)
    await look(visitor, number, code)
    await visitor.go("/progress/withdrawal")

    await visitor.send("/progress/withdrawal", why="")

    assert visitor.path == "/progress/report"
    assert visitor.page is not None
    assert "已撤回" in visitor.page.text
    assert 'href="/progress/withdrawal"' not in visitor.page.text
    for action in ("supplements", "files"):
        assert f'action="/progress/{action}"' not in visitor.page.text


async def test_leaving_closes_the_report_on_this_device(visitor: Visitor) -> None:
    number, code = await sent(visitor)
    await look(visitor, number, code)

    await visitor.send("/progress/leave")
    await visitor.go("/progress/report")

    assert visitor.path == "/progress"
