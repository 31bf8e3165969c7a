"""Every address names its role, every queue its worker, every step its word."""

from pathlib import Path

from hotline.rules.lifecycle import ORDER_MOVES, REQUEST_MOVES, ROLES, STANDING
from hotline.rules.terms import Role, Step
from webforms.routes import ROUTES
from workers.queues import HOST, JOBS, QUEUES

ROOT = Path(__file__).parents[2]


def test_every_address_names_the_roles_that_may_pass() -> None:
    bare = [route.path for route in ROUTES if not getattr(route, "roles", None)]
    assert bare == []


def test_the_procfile_has_one_worker_for_each_queue_and_no_other() -> None:
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    workers = {line.split()[-1] for line in lines if line.startswith("worker-")}
    assert workers == set(QUEUES) == set(JOBS) - set(HOST)
    assert set(HOST.values()) <= workers


def test_every_step_that_moves_something_may_be_taken_by_somebody() -> None:
    moving = {step for _, step in (*ORDER_MOVES, *REQUEST_MOVES)} | STANDING
    by_the_service_alone = {Step.TRIAGE, Step.OPEN, Step.REGISTER}
    assert moving - set(ROLES) - by_the_service_alone == set()


def test_every_step_stands_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert [step.value for step in Step if f"`{step.value}`" not in glossary] == []


def test_every_role_stands_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert [role.value for role in Role if f"`{role.value}`" not in glossary] == []
