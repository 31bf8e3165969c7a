"""审核要件: what an order must have before it may be submitted, answered or closed."""

from collections.abc import Iterable, Set
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.terms import TextKind

CATCH_ALL: Final = "other"  # 其他环境问题: a matter may come in under it, and is not finished so


def check_kinds(kinds: Iterable[str]) -> None:
    """StepRefused while the matter has no kind but the catch-all."""
    if not [kind for kind in kinds if kind.partition(".")[0] != CATCH_ALL]:
        raise StepRefused("kind.catch_all")


def check_finding(finding: str | None) -> None:
    """StepRefused before a conclusion."""
    if finding is None:
        raise StepRefused("finding.missing")


def check_texts(ready: Set[TextKind]) -> None:
    """StepRefused, naming the first of the three texts that is not there."""
    for kind in TextKind:
        if kind not in ready:
            raise StepRefused("text.missing", kind=kind.value)
