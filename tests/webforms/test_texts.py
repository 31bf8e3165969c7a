"""Every text that pages and refusals ask for is worded; addresses in templates lead to a door."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from hotline.rules.terms import Step
from webforms.routes import ROUTES
from webforms.texts import LANGUAGES, catalogue, has_text

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "webforms" / "templates"
KEYWORDS = {"need"}
CALLS = {"problem": 1, "t": 0, "has_text": 0}


def in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for key in re.findall(r"""\bt\(["']([\w.]+)["'](?!\s*~)""", path.read_text("utf-8")):
            yield path.name, key


def in_code() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "webforms").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((path.name, key) for key in asked_by(node))


def asked_by(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    at = CALLS.get(name)
    asked = [call.args[at]] if at is not None and len(call.args) > at else []
    asked += [keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS]
    for one in asked:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value:
            yield one.value


def refused_by_the_core() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "hotline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "StepRefused":
                for key in (node.args[0].value,) if isinstance(node.args[0], ast.Constant) else ():
                    yield path.name, f"refused.{key}"


def test_every_text_a_page_asks_for_is_worded() -> None:
    asked = {*in_templates(), *in_code(), *refused_by_the_core()}
    missing = sorted(f"{where}: {key}" for where, key in asked if not has_text(key))
    assert len(asked) > 100
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_name_that_people_read(language: str) -> None:
    assert [one for one in Step if f"term.step.{one}" not in catalogue(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_words_no_key_that_chinese_does_not(language: str) -> None:
    assert set(catalogue(language)) - set(catalogue("zh")) == set()


def test_whoever_reads_english_is_not_answered_in_chinese() -> None:
    """Lines of a table that came back and the forms of a Chinese letter stay as they are."""
    chinese = ("import.", "desk.template.")
    left = set(catalogue("zh")) - set(catalogue("en"))
    assert sorted(key for key in left if not key.startswith(chinese)) == []


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_a_translation_fills_in_the_same_values(key: str) -> None:
    assert values_of(catalogue("en")[key]) == values_of(catalogue("zh")[key])


def values_of(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def test_every_address_in_a_template_leads_to_a_door() -> None:
    dead = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        for attribute, address in re.findall(
            r'\b(href|action|src)="(/[^"#?]*)', path.read_text("utf-8")
        ):
            if not leads_somewhere(address):
                dead.append(f"{path.name}: {attribute} {address}")
    assert dead == []


def leads_somewhere(address: str) -> bool:
    """What a template fills in may be a part of any door."""
    filled = re.compile("[^/]+".join(map(re.escape, re.split(r"{{.*?}}", address))))
    plain = re.sub(r"{{.*?}}", "x", address)
    return any(
        route.path_regex.match(plain) or filled.fullmatch(re.sub(r"{.*?}", "x", route.path))
        for route in ROUTES
    )
