"""发布稿: what the authority says in public in its own words: kinds, and what each must hold."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from hotline.rules.redaction import leaks
from hotline.rules.wording import plain

LONGEST_TITLE, LONGEST_BODY, LONGEST_CONSENT = 80, 8000, 400


class ReleaseKind(StrEnum):
    """种类."""

    TYPICAL = "typical"  # 典型案例
    EXEMPLAR = "exemplar"  # 先进典型
    MONTHLY = "monthly"  # 月报
    YEARLY = "yearly"  # 年报
    RESPONSE = "response"  # 舆情回应
    BRIEFING = "briefing"  # 新闻通报


class ReleaseStage(StrEnum):
    """Where one stands."""

    DRAFT = "draft"  # 起草
    OFFERED = "offered"  # 待审核
    PUBLISHED = "published"  # 已发布
    WITHDRAWN = "withdrawn"  # 已撤下


BULLETINS: Final = (ReleaseKind.MONTHLY, ReleaseKind.YEARLY)
SYSTEM: Final = "system"  # drafted by the service: a person reads and changes it first


@dataclass(frozen=True, slots=True)
class ReleaseText:
    """What is written, and for a good example who agreed to be named, and on which day."""

    title: str
    body: str
    consent: str = ""
    consent_on: date | None = None

    def cleaned(self) -> "ReleaseText":
        """The same, in one form of writing."""
        return replace(
            self, title=plain(self.title), body=plain(self.body), consent=plain(self.consent)
        )


def faults(kind: ReleaseKind, text: ReleaseText) -> dict[str, str]:
    """Field → key of what keeps it from being offered. A praised person's name may stand."""
    found = {name: f"release.need_{name}" for name in ("title", "body") if not getattr(text, name)}
    may_stand = {"name"} if kind is ReleaseKind.EXEMPLAR and text.consent else set()
    for name, most in (("title", LONGEST_TITLE), ("body", LONGEST_BODY)):
        if len(getattr(text, name)) > most:
            found[name] = "release.too_long"
        elif set(leaks(getattr(text, name))) - may_stand:
            found[name] = "release.personal"
    if kind is ReleaseKind.EXEMPLAR and not (text.consent and text.consent_on):
        found["consent"] = "release.need_consent"
    return found
