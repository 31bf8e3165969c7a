"""对接平台 by the operator: the guide's own profile is tried, let in, pushed to, exported. 虚构."""

import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hotline.commands.launch.services import Services
from hotline.database import row
from hotline.lookups.case_export import COLUMNS, cases
from hotline.lookups.search import search
from hotline.rules.partner_profile import profile
from hotline.rules.partner_table import ProfileError
from hotline.rules.sight import Sight
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from tests.commands.test_operator import ROOT, START
from tests.steps.desk import TENANT, staff
from tests.support.platform import ORDER, application, new_platform, shipped

GUIDE = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
PROFILE, SAMPLE = (re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.S)[0] for kind in ("toml", "json"))


def run(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """One command to its end."""
    return subprocess.run(
        [sys.executable, "-c", START, "partner", *words],
        cwd=ROOT, env={**os.environ}, input=typed, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


async def test_the_guides_own_profile_is_tried_let_in_and_pushed_to(
    db: Services, tmp_path: Path
) -> None:
    (tmp_path / "p.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "s.json").write_text(SAMPLE, encoding="utf-8")
    file, sample = str(tmp_path / "p.toml"), str(tmp_path / "s.json")

    tried = run("try", file, sample, "--jurisdiction", "522700")
    assert tried.returncode == 0, tried.stderr + tried.stdout
    assert "市级编号\tC-9" in tried.stdout

    given = "a secret of the platform's"
    added = run(
        "add", "guide", "--jurisdiction", "522700", "--profile", file, "--given", typed=given
    )
    assert added.returncode == 0, added.stderr
    assert "/hooks/partner/guide" in added.stdout
    async with application() as client:
        time, body = str(int(datetime.now(UTC).timestamp())), SAMPLE.encode()
        sign = hashlib.sha256(time.encode() + body + given.encode()).hexdigest()
        answer = await client.post(
            "/hooks/partner/guide", content=body, headers={"X-Sign": sign, "X-Time": time}
        )
    number = answer.json()["number"]
    assert answer.json()["ok"] is True

    book = tmp_path / "cases.xlsx"
    exported = run("export", str(book), "--jurisdiction", "522700", "--since", "2020-01-01")
    assert exported.returncode == 0, exported.stderr
    header, case = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert header == list(COLUMNS)
    assert (case[1], case[3], case[8], case[9]) == (number, "C-9", "（已封存）", "（已封存）")
    assert given not in run("list").stdout


async def test_an_export_masks_and_a_search_finds_every_number_of_theirs(db: Services) -> None:
    async with application() as client:
        platform = await new_platform(client)
        told = {**ORDER, "content": f"{ORDER['content']}我叫张三丰（虚构），电话13800000000。"}
        number = (await platform.push(told)).json()["data"]["acceptNo"]
    found = await row("SELECT id FROM service_request")
    assert found is not None
    now = datetime.now(UTC)
    await decide(TENANT, found["id"], now)

    by = staff(Role.TRIAGE)
    for asked in (ORDER["orderNo"], ORDER["cityNo"], number):
        assert [hit.number for hit in (await search(by, asked)).hits] == [number], asked

    since, until = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    within = Sight(TENANT, frozenset({"522700"}), "")
    (case,) = [one async for one in cases(within, since, until, now)]
    said = dict(zip(COLUMNS, case, strict=True))
    assert (said["市级编号"], said["办件来源"], said["办件状态"]) == (
        ORDER["cityNo"],
        "12345热线",
        "待签收",
    )
    assert said["办理单位"]
    assert said["派发时间"]
    assert "13800000000" not in json.dumps(case, ensure_ascii=False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('over = "{sorted}&key={secret}"', 'over = "{sorted}"', "secret"),
        ('over = "{sorted}&key={secret}"', 'over = "{nonce}{secret}"', "cover"),
        ('text = "data.content"', 'text = "data..content"', "expression"),
        ('text = "data.content"', 'words = "data.content"', "none of our fields"),
        ('acceptNo = "{number}"', 'acceptNo = "{secret}"', "nobody gives"),
        ('acceptNo = "{number}"', 'acceptNo = "{number.__class__}"', "plain name"),
        ('sign = "sm3"', 'sign = "crc32"', "one of"),
        ("[call.steps.accept.body]", "[call.steps.forget.body]", "none of"),
        ("[document]", "[documents]", "document"),
    ],
)
def test_a_profile_that_cannot_be_used_says_where(old: str, new: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        profile(shipped("made-up-12345").replace(old, new))
