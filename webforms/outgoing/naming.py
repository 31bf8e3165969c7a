"""Ways and causes in words: the machine's code stays beside them, for whoever mends it."""

from webforms.texts import has_text
from webforms.visit import current


def way_name(way: str) -> str:
    """邮件, 短信; a partner by name."""
    kind, _, name = way.partition(":")
    key = f"messages.ways.{kind}"
    return " ".join(filter(None, (current().t(key) if has_text(key) else way or "—", name)))


def cause_name(error: str) -> str:
    """What is known of a code, and the code itself."""
    code = error.rpartition(".")[2]
    for known in (error, code, f"{code[:1]}xx" if code.isdigit() else ""):
        if known and has_text(f"messages.causes_of.{known}"):
            return f"{current().t(f'messages.causes_of.{known}')} ({error})"
    return error or "—"
