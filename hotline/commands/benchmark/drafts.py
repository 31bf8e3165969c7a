"""Reports that lie ready as drafts, each of a person of its own, but for the last button."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hotline import database
from hotline.policy.store import packs
from hotline.records.base import new_id
from hotline.steps.draft import DraftKey, keep_draft
from webforms import cookies, csrf


async def forms(report: Mapping[str, Any], count: int) -> list[tuple[dict[str, str], str]]:
    """The fields of each last form, and its browser's cookies."""
    await database.connect(pool=1)
    try:
        pack = (await packs()).serving()[-1]
        made = []
        for _ in range(count):
            visitor, key = cookies.fresh_token(), DraftKey(pack.tenant, "citizen", new_id().hex)
            await keep_draft(key, _answers(report, key.token), datetime.now(UTC))
            sent = {csrf.FIELD: csrf.form_token(visitor), "notice": pack.privacy_notice_version}
            jar = f"{cookies.VISITOR}={cookies.signed_visitor(visitor)}"
            made.append((sent, f"{jar}; {cookies.DRAFT}={pack.tenant}.{key.token}"))
        return made
    finally:
        await database.disconnect()


def _answers(report: Mapping[str, Any], lot: str) -> dict[str, Any]:
    """Every page answered, by another telephone and in other words than any before: no flood."""
    return {
        "county": report["county"],
        "landmark": report["landmark"],
        "wish": "report",
        "kinds": ["air"],
        "text": f"{report['text']}{lot}",
        "seen_photos": True,
        "secrecy": report["secrecy"],
        "phone": f"138{int(lot[-8:], 16) % 10**8:08}",
        "code": "1234567890123456",
    }
