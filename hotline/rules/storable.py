"""Text that UTF-8 and the database can hold: whatever else was sent is replaced, never a crash."""

from typing import Final

REPLACED: Final = "�"


def storable(text: str) -> str:
    """The text without NUL and without lone surrogates; paired ones become their character."""
    if "\0" in text:
        text = text.replace("\0", REPLACED)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
