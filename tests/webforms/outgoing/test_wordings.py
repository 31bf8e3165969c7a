"""消息用语: checked, looked at, kept as versions, put back; four eyes where they are wanted."""

from collections.abc import Iterator

import httpx
import pytest
from aiosmtpd.controller import Controller

from hotline.commands.launch.services import in_environment
from hotline.database import row, rows
from hotline.policy.wordings import LANGUAGES, catalogue, given
from hotline.rules.report import Contact
from hotline.rules.terms import Role
from hotline.rules.wordings import KNOWN, Template, faults, parts
from tests.notifications.test_delivery import Post, free_port
from tests.support.sitting import another, arrived, seat
from tests.support.visitor import Visitor
from workers.delivery import drain_all

PATH = "/wordings/request.accepted/zh"
OURS = {
    "subject": "您的来件 {number}",
    "short": "您的事项{number}已受理。",
    "body": "您好：编号 {number} 已受理。\n{progress_url}",
    "reason": "按办公室意见改短",
}


@pytest.fixture
def post() -> Iterator[Post]:
    port, one = free_port(), Post()
    controller = Controller(one, hostname="127.0.0.1", port=port)
    controller.start()
    with in_environment({"SMTP_URL": f"smtp://127.0.0.1:{port}"}):
        yield one
    controller.stop()


def changed(**parts_of: str) -> Template:
    given = {"subject": "{number}", "short": "{number}", "body": "{number}", **parts_of}
    return Template("request.accepted", 1, **given)


@pytest.mark.parametrize(
    ("one", "field", "fault"),
    [
        (changed(subject=""), "subject", "wording.empty"),
        (changed(body="编号 {number"), "body", "wording.brace"),
        (changed(body="{number} {name}"), "body", "wording.unknown_hole"),
        (changed(body="{number.__class__}"), "body", "wording.unknown_hole"),
        (changed(body="{number!r}"), "body", "wording.unknown_hole"),
        (changed(subject="{number} {reason}"), "subject", "wording.exposes"),
        (changed(short="{number} {authority}"), "short", "wording.exposes"),
        (changed(short="{number}" + "字" * 130), "short", "wording.too_many_parts"),
        (changed(subject="{number}\nBcc: x"), "subject", "wording.one_line"),
        (changed(subject="x", short="x", body="x"), "body", "wording.no_number"),
    ],
)
def test_a_wording_that_fails_or_exposes_is_refused(one: Template, field: str, fault: str) -> None:
    assert faults(one, KNOWN["request"]) == {field: fault}


@pytest.mark.parametrize(
    ("words", "units", "count"),
    [
        ("字" * 70, 70, 1), ("字" * 71, 71, 2), ("字" * 134, 134, 2), ("字" * 135, 135, 3),
        ("a" * 160, 160, 1), ("a" * 161, 161, 2), ("a" * 306, 306, 2), ("€" * 80, 160, 1),
        ("a" * 69 + "字", 70, 1), ("😀" * 35, 70, 1), ("😀" * 36, 72, 2), ("", 0, 1),
    ],
)  # fmt: skip
def test_a_short_message_is_counted_as_it_is_paid(words: str, units: int, count: int) -> None:
    assert (parts(words).units, parts(words).parts) == (units, count)


def test_a_value_that_only_some_messages_have_is_none_of_the_others() -> None:
    assert "reason" in given("request.refused")
    assert "reason" not in given("request.accepted")
    assert "due_on" in given("order.withdrawn")


def test_every_shipped_wording_passes_its_own_check() -> None:
    for language in LANGUAGES:
        for key, one in catalogue(language).items():
            assert faults(one, given(key)) == {}, key


async def test_a_change_is_looked_at_kept_as_a_version_used_and_put_back(
    visitor: Visitor, post: Post
) -> None:
    admin = await seat(visitor, Role.ADMIN)
    await admin.go(PATH)
    assert "某市生态环境局（虚构）" in admin.text
    await admin.press(PATH, act="keep", **{**OURS, "body": "{number} {name}"})
    assert admin.visitor.problems == {"body": "有不能使用的占位符，请只用列出的"}
    await admin.press(PATH, act="look", **OURS)
    assert "您的来件 QN20260302123456" in admin.text
    assert await rows("SELECT 1 FROM wording") == []
    await admin.press(PATH, act="keep", **OURS)
    assert "已生效" in admin.text

    number = await arrived(contact=Contact(email="reporter@example.org"), wants_reply=True)
    await drain_all()
    assert post.mail()["Subject"] == f"您的来件 {number}"
    sent = await row("SELECT template_version FROM message WHERE recipient = 'reporter'")
    assert sent
    assert sent["template_version"] == 2

    await admin.go(f"{PATH}?from=1")
    shipped = admin.visitor.form(PATH)
    assert shipped["subject"] == "来件 {number} 已受理"
    await admin.press(
        PATH, act="keep", body="编号 {number} 已受理", short="{number}", reason="改回原来的用语"
    )
    states = await rows("SELECT version, state FROM wording ORDER BY version")
    assert [(one["version"], one["state"]) for one in states] == [(2, "past"), (3, "in_force")]


async def test_where_the_house_wants_four_eyes_another_person_approves(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    with in_environment({"WORDING_FOUR_EYES": "1"}):
        writer, other = await seat(visitor, Role.ADMIN), await seat(another(client), Role.ADMIN)
        await writer.go(PATH)
        await writer.press(PATH, act="keep", **OURS)
        path = f"{PATH}/versions/2"
        token = writer.visitor.form(path)
        assert (await writer.client.post(path, data={**token, "act": "approve"})).status_code == 422
        await other.go(PATH)
        await other.press(path, act="approve")
        assert "已生效" in other.text
    made = await row("SELECT state, approved_by <> made_by AS another FROM wording")
    assert made
    assert (made["state"], made["another"]) == ("in_force", True)


async def test_who_reads_english_is_written_to_in_english(visitor: Visitor, post: Post) -> None:
    await seat(visitor, Role.ADMIN)
    given = Contact(email="reporter@example.org", language="en")
    number = await arrived(contact=given, wants_reply=True)
    await drain_all()
    assert post.mail()["Subject"] == f"Report {number} accepted"
