"""账号: what a login and a password must be, and how long to wait after wrong tries."""

import re
import unicodedata
from datetime import timedelta
from typing import Final

from hotline.rules.terms import Role

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 128
LONGEST_NAME: Final = 64
FEWEST_SIGNS: Final = 5  # different characters; aaaaaaaaaa is no password
FREE_TRIES: Final = 5
LONGEST_WAIT: Final = 60  # minutes
# 代理: what decides about money or accounts is a person's own and waits
NEVER_FOR_ANOTHER: Final = frozenset({Role.ADMIN, Role.REWARD, Role.APPROVER, Role.PAYER})
HELD: Final = frozenset(Role) - {Role.PUBLIC, Role.MACHINE}  # what an account may hold
_LOGIN: Final = re.compile(r"\w[\w.@-]{1,63}")


def login_of(typed: str) -> str:
    """The one form of a login: full-width and capital letters mean the same."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def password_of(typed: str) -> str:
    """The one form of a password: the same signs from another keyboard mean the same."""
    return unicodedata.normalize("NFKC", typed)


def account_faults(login: str, name: str, password: str) -> dict[str, str]:
    """Field → message key for everything that keeps an account from being made."""
    found = {}
    if fault := login_fault(login):
        found["login"] = fault
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        found["name"] = "name.length"
    if fault := password_fault(login, password):
        found["password"] = fault
    return found


def login_fault(login: str) -> str:
    """A message key, or "" for a login that may be used: names, numbers and mail forms may."""
    return "" if _LOGIN.fullmatch(login) else "login.form"


def password_fault(login: str, password: str) -> str:
    """A message key, or "" for a password that may be used. Length counts, not kinds of signs."""
    if len(password) < SHORTEST_PASSWORD:
        return "password.too_short"
    if len(password) > LONGEST_PASSWORD:
        return "password.too_long"
    if len(set(password)) < FEWEST_SIGNS or login in password.casefold():
        return "password.too_plain"
    return ""


def wait_after(failures: int) -> timedelta:
    """Growing minutes after the free tries: 1, 2, 4 … an hour at most."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return timedelta(minutes=min(2 ** min(failures - FREE_TRIES, 10), LONGEST_WAIT))
