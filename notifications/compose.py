"""Words: frozen values in, subject and body out. Nothing is looked up here."""

from dataclasses import dataclass, field
from typing import Final

from hotline.rules.message import Outgoing
from notifications.messages import DEFAULT, template, word

WORDED: Final = frozenset({"closing"})  # values that are words of the catalogue


@dataclass(frozen=True, slots=True)
class Letter:
    """A worded message, and which version of the wording it is."""

    subject: str
    body: str = field(repr=False)
    version: int


@dataclass(frozen=True, slots=True)
class Note:
    """The short wording, for a screen that others may see: nothing of the matter."""

    text: str = field(repr=False)
    version: int


def brief(outgoing: Outgoing, language: str = DEFAULT) -> Note:
    """The short message. KeyError for an unknown key, one without a short wording, or a gap."""
    wording = template(outgoing.template, language)
    if not wording.short:
        raise KeyError(wording.key)
    values = {name: _said(outgoing, name, language) for name in wording.holes()}
    return Note(" ".join(wording.short.format_map(values).split()), wording.version)


def compose(outgoing: Outgoing, language: str = DEFAULT) -> Letter:
    """The letter. KeyError for an unknown key or a value that is missing."""
    wording = template(outgoing.template, language)
    values = {name: _said(outgoing, name, language) for name in wording.holes()}
    subject = wording.subject.format_map(values)
    return Letter(" ".join(subject.split()), wording.body.format_map(values), wording.version)


def _said(outgoing: Outgoing, name: str, language: str) -> str:
    value = outgoing.values[name]
    return word(f"{name}.{value}", language) if name in WORDED else value
