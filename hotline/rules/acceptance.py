"""受理: may a report be taken? Refused alone only when it is clearly another body's matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hotline.errors import PolicyGap
from hotline.rules.classifying import Classified
from hotline.rules.forwarding import Outside
from hotline.rules.locating import Located
from hotline.rules.terms import Wish


@dataclass(frozen=True, slots=True)
class Reason:
    """不受理的理由: what the reporter is told and where to go. `kinds`: which kinds call for it."""

    code: str
    text: str
    refer_to: str
    source: str
    mark: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptanceRules:
    """The pack's reasons, the one for other bodies' matters, the wishes that want an answer."""

    reasons: tuple[Reason, ...]
    others: str
    answered: tuple[str, ...]
    refer_to: Mapping[str, str]  # kind → where to go; a reason's own address when it has none
    outside: tuple[Outside, ...] = ()  # 转送: bodies that the pack knows

    def reason(self, code: str) -> Reason:
        for reason in self.reasons:
            if reason.code == code:
                return reason
        raise PolicyGap("", "acceptance", f"reason {code}")

    def for_kind(self, kind: str) -> Reason:
        """诉讼 and 纪检 have reasons of their own; the rest is 其他部门职责."""
        for reason in self.reasons:
            if any(kind == own or kind.startswith(f"{own}.") for own in reason.kinds):
                return reason
        return self.reason(self.others)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The decision, its reason (the pack's, or the cause for the desk) and where to go."""

    decision: Literal["accept", "refuse", "triage", "answer_wait"]
    reason: str
    refer_to: str


def accept(
    wish: Wish, located: Located, classified: Classified, rules: AcceptanceRules
) -> Acceptance:
    """受理, 不受理, 待答复 (an answer is all that is wanted) or the triage desk with the cause."""
    if clearly_not_ours(classified):
        kind = classified.not_ours[0].code
        reason = rules.for_kind(kind)
        return Acceptance("refuse", reason.code, rules.refer_to.get(kind) or reason.refer_to)
    if wish.value in rules.answered:
        return Acceptance("answer_wait", "", "")
    cause = _open_question(located, classified)
    return Acceptance("triage", cause, "") if cause else Acceptance("accept", "", "")


def clearly_not_ours(classified: Classified) -> bool:
    """Nothing of ours heard, another body's matter heard clearly, and no alarm in it."""
    alone = bool(classified.not_ours) and not classified.kinds
    return alone and not classified.cause and not classified.emergency


def _open_question(located: Located, classified: Classified) -> str:
    if not classified.kinds:
        return classified.cause or "kind.unsure"
    if classified.cause:
        return classified.cause
    return "" if located.county else located.cause or "place.none"
