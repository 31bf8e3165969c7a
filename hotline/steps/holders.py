"""To whom an order is handed by a person: departments that are known, have a desk, and differ."""

from collections.abc import Set
from dataclasses import dataclass

from hotline.errors import PolicyGap, StepRefused
from hotline.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Holders:
    """主办 and 协办, as department codes."""

    lead: str
    co: tuple[str, ...] = ()


def checked(holders: Holders, pack: Pack, accused: Set[str] = frozenset()) -> Holders:
    """StepRefused for a department that is unknown, takes no orders, or is what it is about."""
    others = tuple(code for code in dict.fromkeys(holders.co) if code != holders.lead)
    for code in (holders.lead, *others):
        _check_desk(code, pack)
        if code in accused:  # 回避: nobody may override it
            raise StepRefused("dispatch.accused", department=pack.department(code).name)
    return Holders(holders.lead, others)


def _check_desk(code: str, pack: Pack) -> None:
    try:
        department = pack.department(code)
    except PolicyGap as gap:
        raise StepRefused("dispatch.unknown_department") from gap
    if not department.desk:
        raise StepRefused("dispatch.no_desk", department=department.name)
