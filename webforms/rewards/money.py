"""Sums in words and from fields: yuan on the page, whole fen behind it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from webforms.money import yuan
from webforms.submissions import Form
from webforms.visit import current

YUAN: Final = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,2}))?")
SUMS: Final = frozenset({"fen", "low", "high"})


def fen_of(form: Form, name: str) -> int | None:
    """What was typed, in fen; None when nothing was, a problem when it is no sum."""
    typed = form.raw(name).replace(",", "")
    if not typed:
        return None
    found = YUAN.fullmatch(typed)
    if found is None:
        form.problem(name, "reward.bad_yuan")
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def line_words(line: Mapping[str, Any]) -> str:
    """One line of a computation."""
    values = {name: _said(name, value) for name, value in line.items() if name != "rule"}
    return current().t(f"reward.line.{line['rule']}", **values)


def _said(name: str, value: object) -> str:
    if name in SUMS and isinstance(value, int):
        return yuan(value)
    return f"{value / 100:g}%" if name == "percent_bp" and isinstance(value, int) else str(value)
