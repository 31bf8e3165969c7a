"""Numbers and codes drawn by lot; the rule that shapes them is rules.numbering."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from hotline.rules.numbering import code_from, lot_from, public_number

SHANGHAI = ZoneInfo("Asia/Shanghai")


def fresh_number(prefix: str, now: datetime) -> str:
    """A public number: prefix, the day in Shanghai, digits drawn by lot, a check digit."""
    lot = lot_from(secrets.token_bytes(32))
    return public_number(prefix, now.astimezone(SHANGHAI).date(), lot)


def fresh_code() -> str:
    """A new 查询码 of 16 digits."""
    return code_from(secrets.token_bytes(32))
