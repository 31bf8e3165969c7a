"""What the core may refuse, drawn as a tree.

HotlineError
├── StepRefused       not allowed now; a key and values, worded in the texts catalogue
├── BadReport         what was handed in cannot be taken; one key per field
├── DeliveryConflict  the same delivery id came with another body; kept for a person
├── Stale             someone else changed it meanwhile; carries both versions
├── NotAllowed        this person may not
├── NotFound          no such order, request or code
├── TooMany           too many attempts; carries the seconds to wait
└── PolicyGap         the pack does not say; a person must add it, nothing is guessed
"""

from collections.abc import Mapping


class HotlineError(Exception):
    """Base of everything the core refuses on purpose."""


class StepRefused(HotlineError):
    """The procedure does not allow it now. `key` names the wording, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class BadReport(HotlineError):
    """Input that cannot be taken: field name → message key. Nothing was stored."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {key}" for field, key in errors.items()))
        self.errors = dict(errors)


class DeliveryConflict(HotlineError):
    """Same delivery id, other body (409). The second body lies sealed with a person."""


class Stale(HotlineError):
    """Someone else moved it first: the version the caller saw and the one that stands."""

    def __init__(self, seen: int, stands: int) -> None:
        super().__init__(f"seen {seen}, stands {stands}")
        self.seen = seen
        self.stands = stands


class NotAllowed(HotlineError):
    """This person may not do this."""


class NotFound(HotlineError):
    """No such order, request, code or file, or none that this person may know of."""


class TooMany(HotlineError):
    """Too many attempts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class PolicyGap(HotlineError):
    """The jurisdiction's pack does not say; names the topic and what is missing."""

    def __init__(self, jurisdiction: str, topic: str, missing: str) -> None:
        super().__init__(f"{jurisdiction}: {topic} does not say {missing}")
        self.jurisdiction = jurisdiction
        self.topic = topic
        self.missing = missing
