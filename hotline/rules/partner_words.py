"""What we say to a platform: its own documents with our values put in."""

from collections.abc import Mapping
from typing import Any

from hotline.rules.documents import Form, written
from hotline.rules.partner import Answers, Said


def filled(body: Any, values: Mapping[str, str]) -> Any:
    """The document with every hole filled; a value never becomes part of the form."""
    if isinstance(body, Mapping):
        return {name: filled(inner, values) for name, inner in body.items()}
    if isinstance(body, list):
        return [filled(inner, values) for inner in body]
    return body.format_map(values) if isinstance(body, str) else body


def answered(answers: Answers, said: Said, values: Mapping[str, str]) -> bytes:
    """One answer as bytes."""
    return said_as(said.body, values, answers.form, answers.root)


def said_as(body: Any, values: Mapping[str, str], form: Form, root: str) -> bytes:
    """A document with holes as bytes in a form."""
    return written(filled(body, values), form, root)
