"""试用: a sample, or what was stored, read by a profile that is not in force; nothing is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.errors import BadReport
from hotline.lookups.partner import Platform, stored
from hotline.policy.pack import Pack
from hotline.rules.documents import NotAnObject
from hotline.rules.partner import Profile
from hotline.rules.partner_reading import Translated, translated
from hotline.rules.partner_words import answered
from webforms.hooks.reading import Sending
from webforms.partners.door import REFUSED, worded
from webforms.partners.mending import flat
from webforms.partners.reading import document_of, report_of

NUMBER: Final = "（受理编号）"
MOST_SAMPLE: Final = 200_000


@dataclass(frozen=True, slots=True)
class Tried:
    """What a profile makes of one document: our fields, faults, and the receipt in its form."""

    fields: dict[str, str] = field(repr=False)
    faults: dict[str, str]
    numbers: dict[str, str]
    receipt: str
    files: tuple[str, ...] = field(default=(), repr=False)
    fault: str = ""  # of the document as a whole


@dataclass
class Replayed:
    """What a profile makes of everything that is stored, without a word of it."""

    same: int = 0
    different: dict[str, int] = field(default_factory=dict)  # by field
    failing: dict[str, int] = field(default_factory=dict)  # by field and fault
    unread: int = 0

    @property
    def all(self) -> int:
        """How many were looked at, roughly: one may differ in several fields."""
        return self.same + sum(self.different.values()) + sum(self.failing.values()) + self.unread


def tried(sample: bytes, spoken: Profile, sender: Sending, pack: Pack, now: datetime) -> Tried:
    """One sample. Nothing is proved: a sample carries no signature that holds."""
    try:
        given = document_of(spoken, sample)
    except NotAnObject as error:
        receipt = _receipt(spoken, Translated("", {}, {}, {}), error.key)
        return Tried({}, {}, {}, receipt, fault=error.key)
    said = translated(given, spoken)
    faults: dict[str, str] = {}
    try:
        report_of(said, sender, pack, now)
    except BadReport as error:
        faults = dict(error.errors)
    receipt = _receipt(spoken, said, REFUSED if faults else "")
    return Tried(flat(said.given), faults, dict(said.numbers), receipt, said.files)


async def replayed(of: Platform, spoken: Profile, before: Profile) -> Replayed:
    """Every stored delivery under the profile in force and under another."""
    found = Replayed()
    async for one in stored(of.tenant_id, of.name):
        try:
            was = translated(document_of(before, one.body), before)
            will = translated(document_of(spoken, one.body), spoken)
        except NotAnObject:
            found.unread += 1
            continue
        _compare(found, was, will)
    return found


def _compare(found: Replayed, was: Translated, will: Translated) -> None:
    now, then = flat(will.given), flat(was.given)
    for name, key in will.faults.items():
        if name not in was.faults:
            found.failing[f"{name}: {key}"] = found.failing.get(f"{name}: {key}", 0) + 1
    differ = [name for name in sorted(now | then) if now.get(name) != then.get(name)]
    differ += ["id"] if was.id != will.id else []
    for name in differ:
        found.different[name] = found.different.get(name, 0) + 1
    if not differ and not will.faults:
        found.same += 1


def _receipt(spoken: Profile, said: Translated, reason: str) -> str:
    values = dict.fromkeys(("at", "account"), "") | {
        "reason": worded(reason) if reason else "",
        "id": said.id,
        "number": "" if reason else NUMBER,
        "foreign_number": str(said.given.get("foreign_number") or ""),
    }
    which = spoken.answers.held if reason else spoken.answers.taken
    return answered(spoken.answers, which, values).decode()
