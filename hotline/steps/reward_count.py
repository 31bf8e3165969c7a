"""奖励计算 of one case: facts and lines are kept apart from what points at the reporter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hotline.records import RewardCase
from hotline.records.sealing import Envelope
from hotline.rules.reward import Facts, compute
from hotline.rules.reward_case import chosen, proposed
from hotline.rules.reward_facts import facts_of, lines_apart, parted
from hotline.rules.reward_scheme import RewardScheme
from hotline.rules.reward_top_up import less

FACTS: Final = "reward.facts"
LINES: Final = "reward.lines"


@dataclass(frozen=True, slots=True)
class Counting:
    """What one computation needs. `beside`: facts that are kept, not counted."""

    facts: Facts
    beside: Mapping[str, Any]
    schemes: Sequence[RewardScheme]
    key: Envelope
    sum_fen: int | None = None


def count(case: RewardCase, counting: Counting) -> None:
    """Compute anew and write the result to the case. StepRefused for a sum out of the range."""
    reward = compute(counting.schemes, counting.facts, case.reported_on)
    reward = less(reward, case.already_fen or 0)
    told, sealed = parted(counting.facts)
    lines, sealed_lines = lines_apart(reward.lines)
    case.facts, case.lines = {**told, **counting.beside}, lines
    case.sealed_facts = _sealed(counting.key, FACTS, sealed)
    case.sealed_lines = _sealed(counting.key, LINES, sealed_lines) if sealed_lines else None
    case.scheme, case.missing = reward.version, list(reward.missing)
    case.min_fen, case.max_fen = reward.min_fen, reward.max_fen
    case.stage = proposed(reward).value
    case.sum_fen = chosen(reward, counting.sum_fen)


def facts_in(case: RewardCase, key: Envelope) -> Facts:
    """The facts of a stored case, those of the reporter too."""
    plain = key.unseal(FACTS, case.sealed_facts) if case.sealed_facts else b"{}"
    return facts_of(case.facts, json.loads(plain))


def _sealed(key: Envelope, field: str, said: object) -> bytes:
    return key.seal(field, json.dumps(said, ensure_ascii=False).encode())
