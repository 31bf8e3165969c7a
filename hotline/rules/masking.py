"""脱敏 of an address: enough to recognise it by, too little to use it."""

import re
from typing import Final

_SIGNS: Final = r"[^\s\x00-\x1f\x7f<>()\[\]\\,;:\"@]"
EMAIL: Final = re.compile(rf"{_SIGNS}{{1,64}}@{_SIGNS}{{1,253}}")
MOBILE: Final = re.compile(r"1[3-9]\d{9}")  # a landline takes no short message


def masked_phone(phone: str) -> str:
    """139****0021."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "*" * len(phone)


def masked_email(email: str) -> str:
    """r***@example.org."""
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***"
