"""督办移送: the kinds of what goes on beside an order, its steps, and what each kind asks for."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.clocks import Scheme
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.terms import Role, Step

R, S = ReferralStage, Step

MOVES: Final[dict[tuple[ReferralStage, Step], ReferralStage]] = {
    (R.OPENED, S.APPROVE_REFERRAL): R.APPROVED,  # order 310 art. 5: the chief decides
    (R.OPENED, S.DENY_REFERRAL): R.DENIED,  # art. 5: with the reasons on file
    (R.APPROVED, S.SEND_REFERRAL): R.SENT,
    (R.SENT, S.PROCEED_REFERRAL): R.SENT,  # 续报: MEP order 17 art. 12
    (R.REPLIED, S.PROCEED_REFERRAL): R.REPLIED,
    (R.SENT, S.REPLY_REFERRAL): R.REPLIED,
    (R.REPLIED, S.REPLY_REFERRAL): R.REPLIED,  # order 310 art. 9: after 复议 they decide again
    (R.SENT, S.CLOSE_REFERRAL): R.CLOSED,
    (R.REPLIED, S.CLOSE_REFERRAL): R.CLOSED,  # 销号验收, 解除挂牌
    (R.OPENED, S.WITHDRAW_REFERRAL): R.WITHDRAWN,
    (R.APPROVED, S.WITHDRAW_REFERRAL): R.WITHDRAWN,
    (R.SENT, S.WITHDRAW_REFERRAL): R.WITHDRAWN,
}
OVER: Final = frozenset({R.CLOSED, R.DENIED, R.WITHDRAWN})
OPENERS: Final = frozenset({Role.HANDLER, Role.TRIAGE, Role.SUPERVISOR})
DECIDERS: Final = frozenset({Role.REVIEWER, Role.TRIAGE, Role.SUPERVISOR})
# the widest of any kind; the kind's own row narrows it
ROLES: Final[dict[Step, frozenset[Role]]] = {
    S.REFER: OPENERS,
    S.APPROVE_REFERRAL: DECIDERS,
    S.DENY_REFERRAL: DECIDERS,
    S.SEND_REFERRAL: OPENERS,
    S.PROCEED_REFERRAL: OPENERS,
    S.REPLY_REFERRAL: OPENERS,
    S.CLOSE_REFERRAL: OPENERS | DECIDERS,
    S.WITHDRAW_REFERRAL: OPENERS,
    S.HAND_BATCH: frozenset({Role.TRIAGE, Role.SUPERVISOR}),
    S.CAMPAIGN: frozenset({Role.SUPERVISOR}),
}
WIDE: Final = frozenset({Role.TRIAGE, Role.SUPERVISOR})
DECISIONS: Final = frozenset({S.APPROVE_REFERRAL, S.DENY_REFERRAL})
ANSWERS: Final = frozenset({S.REPLY_REFERRAL, S.PROCEED_REFERRAL})


@dataclass(frozen=True, slots=True)
class Option:
    """One word to choose from. A document may be `optional`, or come `later` than the sending."""

    code: str
    name: str
    optional: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class KindTerm:
    """A term of a kind. Without a scheme nobody has told its count: set by hand, or a gap."""

    code: str
    name: str
    starts: str
    stops: tuple[str, ...]
    scheme: Scheme | None
    by_hand: bool
    grades: tuple[str, ...]
    outcomes: tuple[str, ...]
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class ReferralKind:
    """One row of the pack."""

    code: str
    name: str
    group: str
    addressees: tuple[str, ...]
    open: frozenset[Role]
    approve: frozenset[Role]
    source: str
    mark: str
    at_once: bool = False  # opening it is sending it
    live: bool = False  # only of an order that is not over
    incoming: bool = False  # its terms count from the day something was learned or received
    several: bool = False
    free: bool = False  # may be about no order
    closed: bool = False  # 保密: seen by those roles alone
    concerns: bool = False  # names the department it is about
    to_concerned: bool = False
    same_hand: bool = False  # whoever enters it may decide on it
    apart: bool = False  # 验收: not closed by whoever put down the answer
    officers: int = 0
    note: str = ""
    causes: tuple[Option, ...] = ()
    grades: tuple[Option, ...] = ()
    entries: tuple[Option, ...] = ()
    documents: tuple[Option, ...] = ()
    outcomes: tuple[Option, ...] = ()
    terms: tuple[KindTerm, ...] = ()

    @property
    def begins(self) -> ReferralStage:
        """Where one stands that was just opened."""
        if self.at_once:
            return R.SENT
        return R.OPENED if self.approve else R.APPROVED

    def named(self, table: str, code: str) -> str:
        """What a chosen word is called; the code itself where the row knows it no more."""
        known: Sequence[Option] = getattr(self, table)
        return next((one.name for one in known if one.code == code), code)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has to do with one: for whether somebody may see it, and what they may do."""

    stage: ReferralStage
    addressees: Set[str]
    concerns: str
    department: str  # of whoever opened it
    lead: str
    opened_by: str


def next_referral_stage(stage: ReferralStage, step: Step) -> ReferralStage:
    """The stage after the step; StepRefused when it may not follow."""
    try:
        return MOVES[stage, step]
    except KeyError:
        raise StepRefused("referral.not_now", stage=stage.value, step=step.value) from None


def may_see(kind: ReferralKind, one: Standing, by: Actor) -> bool:
    """信访工作条例 art. 30: nothing of it reaches those it is about."""
    if by.department and by.department == one.concerns and not kind.to_concerned:
        return False
    if kind.closed:
        return bool(by.roles & WIDE) and bool(by.roles & (kind.open | kind.approve))
    if by.roles & WIDE or not by.department:
        return True
    return by.department in {*one.addressees, one.department, one.lead}


def may_take(kind: ReferralKind, one: Standing, step: Step, by: Actor) -> bool:
    """Whether this doer may take the step by the kind's own row."""
    if step in DECISIONS:
        return bool(by.roles & kind.approve) and (kind.same_hand or not by.is_one_of(one.opened_by))
    answers = by.may(Role.HANDLER) and by.department in one.addressees
    if step in ANSWERS and answers:
        return True
    if step is S.CLOSE_REFERRAL and answers and not kind.at_once:
        return False  # 验收 by those who asked for it, never by those who answer
    if by.roles & kind.open & WIDE:
        return True
    return bool(by.roles & kind.open) and bool(by.department) and by.department == one.department


def check_opens(kind: ReferralKind, by: Actor, *, leads: bool) -> None:
    """A handler opens beside the orders of the own department alone."""
    mine = by.roles & kind.open
    if not mine or not (mine & WIDE or leads):
        raise NotAllowed(S.REFER.value)


def check_addressees(
    kind: ReferralKind, chosen: Sequence[str], accused: Set[str], concerns: str
) -> None:
    """StepRefused without one, with too many, or with one whom the matter is about."""
    if not chosen:
        raise StepRefused("referral.no_addressee")
    if len(chosen) > 1 and not kind.several:
        raise StepRefused("referral.one_addressee")
    if kind.concerns and not concerns:
        raise StepRefused("referral.no_concerned")
    about = {*accused, concerns} if not kind.to_concerned else set()
    if about & set(chosen):
        raise StepRefused("referral.accused")


def check_chosen(kind: ReferralKind, table: str, code: str) -> str:
    """One of the row's words; none where the row has none."""
    offered: Sequence[Option] = getattr(kind, table)
    if (code or offered) and code not in {one.code for one in offered}:
        raise StepRefused(f"referral.choose_{table}")
    return code


def check_officers(kind: ReferralKind, names: Sequence[str]) -> list[str]:
    """order 310 art. 5: at least two officers as a team of its own."""
    team = list(dict.fromkeys(name for name in names if name))
    if len(team) < kind.officers:
        raise StepRefused("referral.officers", least=kind.officers)
    return team if kind.officers else []


def check_documents(kind: ReferralKind, ready: Collection[str]) -> None:
    """What must be there before it goes out."""
    wanted = [one for one in kind.documents if not (one.optional or one.later)]
    if lacking := [one.name for one in wanted if one.code not in ready]:
        raise StepRefused("referral.documents", names="、".join(lacking))


def starting(kind: ReferralKind, step: Step, facts: Mapping[str, str]) -> list[KindTerm]:
    """The terms of this kind that begin with a step, by its grade and outcome."""
    return [
        term
        for term in kind.terms
        if term.starts == step
        and (not term.grades or facts.get("grade") in term.grades)
        and (not term.outcomes or facts.get("outcome") in term.outcomes)
    ]
