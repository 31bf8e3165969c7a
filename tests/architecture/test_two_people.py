"""两人办理: every step that needs a second person asks by both names of a deputy."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.rules.accounts import NEVER_FOR_ANOTHER
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step

CORE = Path(__file__).parents[2] / "hotline"
OWN = re.compile(r"[a-z_]+\.(own|own_[a-z]+|same_person)")
# a step that approves, grants, checks or reviews says here how it turns away whoever did it before
TWO = {
    Step.ANSWER: "answer.own_text",
    Step.EXTEND: "extend.own_request",
    Step.DENY_EXTENSION: "extend.own_request",
    Step.CHECK: "check.own_work",
    Step.REVIEW: "review.own_answer",
    Step.DISCLOSE: "disclose.own_proposal",
    Step.CLEAR_PHOTO: "photo.own",
    Step.APPROVE_RELEASE: "release.own",
    Step.APPROVE_ARTICLE: "article.own",
    Step.REWORD: "wording.own",
    Step.CONFIRM_NUISANCE: "nuisance.own",
    Step.GRANT_IDENTITY: "unmask.own_ask",
    Step.DENY_IDENTITY: "unmask.own_ask",
    Step.CLOSE_REFERRAL: "referral.own_reply",
    Step.REVIEW_REWARD: "reward.same_person",
    Step.APPROVE_REWARD: "reward.same_person",
    Step.REFUSE_REWARD: "reward.same_person",
    Step.CLAW_BACK: "reward.same_person",
    Step.PAY_REWARD: "reward.same_person",
}
# 督办移送: who may approve is one rule of the row (`may_approve`), not a refusal of its own
BY_RULE = {Step.APPROVE_REFERRAL, Step.DENY_REFERRAL}
# of a body outside, or of an honour: nobody proposed it before
ALONE = {Step.CONFIRM_FORWARD, Step.GRANT_HONOUR}
SOUNDS = re.compile(r"(approve|grant|deny|confirm|clear|review|check)(_|$)")
Refusing = tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]


def functions() -> Iterator[Refusing]:
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.relative_to(CORE).as_posix(), node


def keys_of(node: ast.AST) -> set[str]:
    """What a function refuses with, where it tells of the same person."""
    said = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return {one for one in said if isinstance(one, str) and OWN.fullmatch(one)}


REFUSING = {
    f"{path}:{node.name}": (node, keys)
    for path, node in functions()
    if path.startswith(("rules/", "steps/")) and (keys := keys_of(node))
}


def test_whatever_approves_grants_or_reviews_has_its_refusal_and_no_other_is_left() -> None:
    found = set().union(*(keys for _, keys in REFUSING.values()))
    assert found == set(TWO.values())
    sounds = {step for step in Step if SOUNDS.match(step.value)}
    assert sounds - set(TWO) - BY_RULE - ALONE == set()


@pytest.mark.parametrize("name", sorted(REFUSING))
def test_the_check_looks_at_both_names_of_a_deputy(name: str) -> None:
    node, keys = REFUSING[name]
    if keys == {"reward.same_person"}:  # nobody stands in for another where money is decided
        of = [ROLES[step] for step, key in TWO.items() if key in keys]
        assert all(roles <= NEVER_FOR_ANOTHER for roles in of)
        return
    called = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    assert "is_one_of" in called, ast.unparse(node)


# whose call it is at this moment, and which column is written: not who may decide
HANDS = {"taken_by"}
WRITTEN = {"steps/approve_referral.py:approve_referral"}


def test_nobody_compares_one_name_alone_with_who_did_it() -> None:
    wrong = [
        f"{path}:{node.name}: {ast.unparse(one)}"
        for path, node in functions()
        if f"{path}:{node.name}" not in WRITTEN
        for one in ast.walk(node)
        if isinstance(one, ast.Compare) and re.search(r"\bby\.id\b", ast.unparse(one))
        if re.search(r"\b(?!by\b)\w+_by\b", ast.unparse(one))
        if not any(hand in ast.unparse(one) for hand in HANDS)
    ]
    assert wrong == []
