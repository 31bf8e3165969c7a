"""What a topic's file may name at its top: a misspelt name is told, never passed over."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

ABOUT: Final = frozenset({"version", "valid_from", "valid_to", "source", "mark", "unknown"})
NAMES: Final[Mapping[str, str]] = {
    "identity": "code name short parent serves prefix hotline historical_hotlines authority",
    "places": "place county former misspelt not_places",
    "departments": "department template group duty answers_for accepting",
    "kinds": "kind industry threshold trust cue dictated idle calm denials drills english"
    " emergency emergency_together",
    "routing": "rule",
    "clocks": "scheme limit expects",
    "acceptance": "reason others answered outside",
    "calendar": "year",
    "texts": "privacy_notice privacy_notice_version before_you_start before_you_start_en emergency"
    " emergency_en false_reports false_reports_en not_taken not_taken_en taken taken_en"
    " privacy_notice_en",
    "reward": "scheme",
    "disclosure": "rule table column number unit finding co_notice",
    "phone": "level",
    "protection": "custodian retention aside_days payee_days",
    "referral": "kind clock column level sensitive",
    "assessment": "measure exclusion least satisfied_from",
}


def misnamed(topic: str, content: Mapping[str, Any]) -> Iterator[str]:
    """Names that nothing reads; of a topic that is none, its file."""
    if topic in NAMES:
        yield from sorted(content.keys() - set(NAMES[topic].split()) - ABOUT)
    else:
        yield f"{topic}.toml"
