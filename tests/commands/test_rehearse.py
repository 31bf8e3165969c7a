"""派单演练 and 规则包 of the installation, run as the operator runs them. Made up（虚构）."""

import asyncio
import json
import subprocess
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from hotline.commands.launch.services import Services
from hotline.policy.store import contents
from hotline.policy.writing import as_toml
from tests.steps.desk import dispatched
from tests.support.cli import operator

Run = Callable[..., Coroutine[Any, Any, "subprocess.CompletedProcess[str]"]]
ROW = {
    "kind": "air.odour", "lead": "housing", "co": [], "law": "x", "place": "522701",
    "source": "a made-up notice（虚构）", "mark": "K",
}  # fmt: skip


@pytest.fixture
def run(db: Services) -> Run:
    async def command(*words: str) -> "subprocess.CompletedProcess[str]":
        return await asyncio.to_thread(operator, db, *words)

    return command


async def draft(folder: Path, **changed: Any) -> str:
    """The prefecture's table with one row more, as a file."""
    own = (await contents())["522700"]["routing"]
    path = folder / "draft.toml"
    path.write_text(as_toml({**own, "rule": [{**ROW, **changed}, *own["rule"]]}), "utf-8")
    return str(path)


async def test_a_rehearsal_prints_what_each_department_gains_and_loses(
    run: Run, tmp_path: Path
) -> None:
    order = await dispatched()
    words = ("--jurisdiction", "522700", "--routing", await draft(tmp_path))
    done = await run("rehearse", *words, "--since", "2020-01-01", "--json")
    assert done.returncode == 0, done.stderr
    assert f"522701.housing: +1 -0  {order.number}" in done.stdout
    (told,) = json.loads(done.stdout.splitlines()[-1])
    assert (told["rehearse"], told["looked"], told["changed"]) == ("522700", 1, 1)
    assert told["shifts"][0]["losses"] == 1


async def test_a_row_that_does_not_compile_is_printed_with_its_line(
    run: Run, tmp_path: Path
) -> None:
    path = await draft(tmp_path, lead="nowhere")
    done = await run("rehearse", "--jurisdiction", "522700", "--routing", path)
    assert done.returncode == 1
    line = next(
        number
        for number, text in enumerate(Path(path).read_text("utf-8").splitlines(), start=1)
        if "nowhere" in text
    )
    assert f"line {line}, row 1 (air.odour 522701): department nowhere unknown" in done.stdout


async def test_what_cannot_be_read_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("rule = [", "utf-8")
    for name in ("bad.toml", "absent.toml"):
        path = str(tmp_path / name)
        done = await run("rehearse", "--jurisdiction", "522700", "--routing", path)
        assert done.returncode == 1
        assert done.stderr.startswith("错误 / error:")
        assert "Traceback" not in done.stderr


async def test_the_table_in_force_is_checked_and_exported(run: Run) -> None:
    checked = await run("policy", "check", "--installed")
    assert checked.returncode == 0, checked.stderr
    assert "0 行失效 broken" in checked.stdout
    exported = await run("policy", "export", "--jurisdiction", "522700")
    assert 'kind = "solid.household"' in exported.stdout
    assert (await run("policy", "export", "--jurisdiction", "1")).returncode == 1
