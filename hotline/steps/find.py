"""查实结论: what the investigation found, and, where the kind was wrong, the right kinds."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.terms import Finding, Step
from hotline.rules.wording import remark
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.publications import found_otherwise
from hotline.steps.transition import Target


@dataclass(frozen=True, slots=True)
class Conclusion:
    """属实 / 基本属实 / 部分属实 / 不属实; `kinds` only to put them right."""

    finding: Finding
    kinds: tuple[str, ...] = ()
    remark: str = ""


async def find(target: Target, ask: Conclusion, *, by: Actor, now: datetime) -> None:
    """May be taken again until the order is submitted; every conclusion stays in the history."""
    async with desk_transition(target, Step.FIND, by, now) as change:
        order = change.order
        order.finding = ask.finding.value
        change.detail |= {"finding": ask.finding, "remark": remark(ask.remark)}
        if ask.kinds:
            check_kinds(ask.kinds, await pack_of(order))
            change.detail |= {"kinds": ask.kinds, "kinds_before": order.kinds}
            order.kinds = list(dict.fromkeys(ask.kinds))
        await found_otherwise(order, by, now)


def check_kinds(kinds: tuple[str, ...], pack: Pack) -> None:
    """StepRefused unless every kind is one of ours."""
    for code in kinds:
        kind = pack.lexicon.kind(code)
        if kind is None or not kind.ours:
            raise StepRefused("kind.unknown")
