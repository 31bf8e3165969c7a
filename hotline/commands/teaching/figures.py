"""Is a learnt model worth asking? The words alone beside the words with the model, unseen texts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from hotline.commands.evaluation.measures import Tally, mean, rounded, share
from hotline.lookups.decided import Decided
from hotline.rules.classifying import Lexicon, classify
from hotline.rules.kind_model import Answer, Trained
from hotline.rules.normalise import tidy

ENOUGH: Final = 5  # texts of a kind, below which its F1 is chance
Said = tuple[str, str]  # the first kind a person decided, and the one that was said


def compared(examples: Sequence[Decided], trained: Trained, lexicon: Lexicon) -> dict[str, Any]:
    """Macro-F1 of both, the share that goes to a person, and each kind of the model's own."""
    alone, both, left, still = [], [], 0, 0
    for one, answer in zip(examples, trained.held_out, strict=True):
        heard = classify(lexicon, tidy(one.text), ())
        guess = heard.kinds[0].code if heard.kinds else ""
        is_open = bool(heard.cause) and not heard.not_ours
        taken = is_open and answer is not None and answer.confidence >= lexicon.trust
        alone.append((one.kinds[0], guess))
        both.append((one.kinds[0], answer.code if taken and answer else guess))
        left += bool(heard.cause)
        still += bool(heard.cause) and not taken
    n = len(examples)
    return {
        "lexicon": {"macro_f1": _macro(alone), "to_person": rounded(share(left, n))},
        "with_model": {"macro_f1": _macro(both), "to_person": rounded(share(still, n))},
        "kinds": _by_kind(examples, trained.held_out, lexicon.trust),
    }


def is_no_worse(figures: dict[str, Any]) -> bool:
    """With the model at least as often right as the words alone."""
    return bool(figures["with_model"]["macro_f1"] >= figures["lexicon"]["macro_f1"])


def _macro(answers: Sequence[Said]) -> float:
    counts = Counter(true for true, _ in answers)
    return rounded(mean(_tally(k, answers).f1 for k, n in counts.items() if n >= ENOUGH))


def _tally(kind: str, answers: Iterable[Said]) -> Tally:
    tally = Tally()
    for true, said in answers:
        tally.add(said=said == kind, true=true == kind)
    return tally


def _by_kind(
    examples: Sequence[Decided], answers: Sequence[Answer | None], trust: float
) -> dict[str, dict[str, float]]:
    """What the model is sure enough of: how often it holds, and how much of the kind it finds."""
    tallies: dict[str, Tally] = {}
    for one, answer in zip(examples, answers, strict=True):
        said = answer.code if answer and answer.confidence >= trust else ""
        for code in {*one.kinds, said} - {""}:
            tally = tallies.setdefault(code, Tally())
            tally.add(said=said == code, true=code in one.kinds)
    return {
        code: {"precision": rounded(tally.precision), "recall": rounded(tally.recall)}
        for code, tally in sorted(tallies.items())
    }
