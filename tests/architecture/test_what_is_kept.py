"""What a process keeps from one call to the next is named, and either forgotten or lasting."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from hotline.steps import flood
from hotline.steps.allowance import spend
from tests.steps.builders import NOW
from tests.support.begun import FORGOTTEN, just_begun
from workers import queues

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("hotline", "workers", "notifications", "webforms")
NOT_KEPT: Final = ("re.compile", "logging.getLogger", "structlog.get_logger", "ContextVar")
BY_ITSELF: Final = "what it was asked with says all of the answer"
OF_FILES: Final = "of files that came with the program"
OF_LOOP: Final = "holds callers of an event loop, and nothing once they are answered"
LASTING: Final = {
    "hotline.commands.evaluation.texts": OF_FILES,
    "hotline.commands.demonstration.book": OF_FILES,
    "hotline.commands.names": OF_FILES,
    "hotline.database._raw": "the connections, which a test that cuts them makes anew",
    "hotline.lookups.draft._open": OF_LOOP,
    "hotline.policy.store._held": "the packs, read anew where their rows changed (`db`)",
    "hotline.policy.wordings": OF_FILES,
    "hotline.records.constraints": "statements, written once",
    "hotline.records.files": BY_ITSELF,
    "hotline.records.sealing": BY_ITSELF,
    "hotline.records.writing": BY_ITSELF,
    "hotline.rules": BY_ITSELF,
    "hotline.steps.converse._turns": OF_LOOP,
    "hotline.steps.draft._finished": OF_LOOP,
    "hotline.steps.hashing": OF_LOOP,
    "hotline.steps.import_mapping": OF_FILES,
    "hotline.steps.phone_first._batch": OF_LOOP,
    "hotline.steps.register._batch": OF_LOOP,
    "hotline.steps.register._closing": OF_LOOP,
    "hotline.steps.wechat_store._stored": OF_LOOP,
    "notifications.wire": OF_FILES,
    "webforms.api.document": OF_FILES,
    "webforms.assets": OF_FILES,
    "webforms.crowding": OF_FILES,
    "webforms.hooks.door": BY_ITSELF,
    "webforms.render": OF_FILES,
    "webforms.texts": OF_FILES,
    "workers.job._loop": "of a worker process; tests run jobs in workers of their own",
    "workers.queues._client": BY_ITSELF,
    "workers.queues._under_way": "waited for between tests (`db`)",
}


def kept(module: ast.Module) -> Iterator[str]:
    """The module's names that may know more after a call than before it."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (
                one.id
                for one in targets
                if isinstance(one, ast.Name) and one.id.islower() and is_holder(node.value)
            )
        if isinstance(node, ast.FunctionDef) and any(map(is_cache, node.decorator_list)):
            yield node.name


def is_holder(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) not in NOT_KEPT
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.Attribute)


def is_cache(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2] in {"cache", "lru_cache"}


def names() -> set[str]:
    found = set()
    for path in (one for room in ROOMS for one in (ROOT / room).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        found |= {f"{module}.{name}" for name in kept(tree) if not name.startswith("__")}
    return found


def within(there: set[str], named: str) -> set[str]:
    """Those of this name, or of the room of this name."""
    return {one for one in there if one == named or one.startswith(f"{named}.")}


def test_whatever_a_process_keeps_is_forgotten_between_tests_or_lasting() -> None:
    there = names()
    lasting = {named: within(there, named) for named in LASTING}

    assert there - set(FORGOTTEN) - set().union(*lasting.values()) == set()
    assert set(FORGOTTEN) - there == set()
    assert [named for named, found in lasting.items() if not found] == []


@pytest.mark.usefixtures("db")
async def test_a_process_that_has_just_begun_knows_of_no_flood_and_of_no_minute() -> None:
    await spend("520000", "made-up", 60, NOW)
    flood.sent(flood.Sender("520000", "203.0.113.9", "13900000000", "（虚构）"), NOW)
    queues.nudge(queues.INTAKE)
    assert flood._tasks
    assert flood._pending

    just_begun()

    assert not flood._tasks
    assert not flood._pending
    assert not queues._last
