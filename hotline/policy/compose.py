"""Words: frozen values in, subject and body out. Nothing is looked up here."""

from dataclasses import dataclass, field
from typing import Final

from hotline.policy.wordings import template, word
from hotline.rules.message import Outgoing
from hotline.rules.wordings import Template, holes

# 虚构: a case made up for looking at a wording
MADE_UP: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "number": "QN20260302123456",
        "authority": "某市生态环境局（虚构）",
        "hotline": "12345",
        "progress_url": "https://hotline.example/progress",
        "reason": "不属于本部门职责（虚构）。",
        "refer_to": "某部门（虚构）",
        "closing": "interim",
        "extended_to": "2026-04-30",
        "code": "1234 5678 1234 5678",
        "department": "某县水务局（虚构）",
        "due_on": "2026-03-31",
        "desk_url": "https://hotline.example/desk",
    },
}
MADE_UP["en"] = {
    **MADE_UP["zh"],
    "authority": "Environment Bureau of Example City (made up)",
    "reason": "Another department is competent (made up).",
    "refer_to": "Example Department (made up)",
}
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


def brief(outgoing: Outgoing) -> Note:
    """The short message. KeyError for an unknown key, one without a short wording, or a gap."""
    wording = _wording(outgoing)
    if not wording.short:
        raise KeyError(wording.key)
    return Note(_line(outgoing, wording.short), wording.version)


def compose(outgoing: Outgoing) -> Letter:
    """The letter. KeyError for an unknown key or a value that is missing."""
    wording = _wording(outgoing)
    body = wording.body.format_map(_values(outgoing, wording.body))
    return Letter(_line(outgoing, wording.subject), body, wording.version)


def preview(wording: Template, language: str) -> tuple[Letter, Note]:
    """What a made-up case would read: letter and short message."""
    one = Outgoing(
        "", wording.key, "reporter", MADE_UP[language], language=language, wording=wording
    )
    note = brief(one) if wording.short else Note("", wording.version)
    return compose(one), note


def _wording(outgoing: Outgoing) -> Template:
    """The house's own version, or the one that was shipped."""
    return outgoing.wording or template(outgoing.template, outgoing.language)


def _line(outgoing: Outgoing, words: str) -> str:
    return " ".join(words.format_map(_values(outgoing, words)).split())


def _values(outgoing: Outgoing, words: str) -> dict[str, str]:
    return {name: _said(outgoing, name) for name in holes(words)}


def _said(outgoing: Outgoing, name: str) -> str:
    value = outgoing.values[name]
    return word(f"{name}.{value}", outgoing.language) if name in WORDED else value
