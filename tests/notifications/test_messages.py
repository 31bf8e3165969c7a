"""Every message that a step queues has a wording, and no wording asks for what is never given."""

import ast
from pathlib import Path

import pytest

from hotline.policy.wordings import DEFAULT, LANGUAGES, catalogue, word
from hotline.rules.wordings import KNOWN

ROOT = Path(__file__).parents[2]
TELLERS = {"tell_reporter", "tell_department", "_to_department", "create"}


def keys_in(source: str) -> set[str]:
    """Every message key in the arguments of a call that queues a message."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    said = [call for call in calls if _name(call.func) in TELLERS]
    words = [word for call in said for word in ast.walk(call) if isinstance(word, ast.Constant)]
    return {
        word.value
        for word in words
        if isinstance(word.value, str) and word.value.startswith(("request.", "order.", "duty."))
    }


def _name(called: ast.expr) -> str:
    return str(getattr(called, "id", getattr(called, "attr", "")))


def used_keys() -> set[str]:
    steps = (ROOT / "hotline" / "steps").glob("*.py")
    return {key for step in steps for key in keys_in(step.read_text("utf-8"))}


def test_the_guard_itself_finds_keys() -> None:
    assert keys_in('await tell_reporter(r, "request.made_up", now)') == {"request.made_up"}
    assert used_keys() >= {"request.accepted", "order.dispatched"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_a_step_uses_is_worded(language: str) -> None:
    assert used_keys() - set(catalogue(language)) == set()


def test_no_wording_is_left_over() -> None:
    named = {
        node.value
        for step in (ROOT / "hotline" / "steps").glob("*.py")
        for node in ast.walk(ast.parse(step.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(catalogue(DEFAULT)) - named == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_words_the_same_keys_in_the_same_versions(language: str) -> None:
    ours, first = catalogue(language), catalogue(DEFAULT)
    assert {k: one.version for k, one in ours.items()} == {
        k: one.version for k, one in first.items()
    }


def test_a_wording_that_asks_for_something_unknown_is_refused() -> None:
    for one in catalogue(DEFAULT).values():
        assert one.holes() <= KNOWN[one.key.partition(".")[0]]
        assert "number" in one.holes(), one.key
    assert "text" not in KNOWN["request"] | KNOWN["order"]
    assert "name" not in KNOWN["request"] | KNOWN["order"]


def test_no_subject_tells_what_the_report_is_about() -> None:
    told = {k: one.subject for k, one in catalogue(DEFAULT).items() if "{reason}" in one.subject}
    assert told == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_closing_has_a_word_for_both_ways(language: str) -> None:
    assert word("closing.final", language) != word("closing.interim", language)
