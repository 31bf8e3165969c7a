"""Words: values in, subject and body out."""

from dataclasses import replace

import pytest

from hotline.policy.compose import compose
from hotline.rules.message import Outgoing

VALUES = {
    "number": "QN20260302123456",
    "authority": "某市生态环境局（虚构）",
    "hotline": "12345",
    "progress_url": "https://hotline.example/progress",
    "reason": "属于其他部门职责。",
    "refer_to": "某部门（虚构）",
    "closing": "interim",
    "code": "1234567812345678",
}


def outgoing(template: str, **values: str) -> Outgoing:
    return Outgoing("ref", template, "reporter", {**VALUES, **values})


def test_a_refusal_says_why_and_where_to_go() -> None:
    letter = compose(outgoing("request.refused"))
    assert "属于其他部门职责。" in letter.body
    assert "某部门（虚构）" in letter.body


def test_a_stage_of_closing_is_said_in_words() -> None:
    assert compose(outgoing("request.closed")).subject == "来件 QN20260302123456 已阶段性办结"
    english = replace(outgoing("request.closed"), language="en")
    assert "closed for the present stage" in compose(english).subject


def test_a_missing_value_is_an_error_and_not_a_hole_in_the_letter() -> None:
    bare = Outgoing("ref", "request.refused", "reporter", {"number": "QN20260302123456"})
    with pytest.raises(KeyError):
        compose(bare)


def test_a_subject_is_one_line_whatever_the_values_hold() -> None:
    letter = compose(outgoing("request.accepted", number="QN1\r\nBcc: someone@example.org"))
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


def test_values_are_not_read_as_wordings() -> None:
    letter = compose(outgoing("request.refused", reason="{code} {authority.__class__}"))
    assert "{code} {authority.__class__}" in letter.body


def test_neither_address_nor_values_show_in_a_trace() -> None:
    one = Outgoing("ref", "request.accepted", "reporter", VALUES, email="someone@example.org")
    shown = f"{one!r} {compose(one)!r}"
    assert "someone@example.org" not in shown
    assert "12345678" not in shown
