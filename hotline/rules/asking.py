"""先词库后模型: where the words leave the kind open, a learnt model may answer; else a person."""

from dataclasses import replace
from typing import Final

from hotline.rules.classifying import Classified, KindHit, Lexicon
from hotline.rules.kind_model import KindModel

OPEN: Final = ("kind.none", "kind.unsure")


def with_model(
    classified: Classified, lexicon: Lexicon, model: KindModel | None, text: str
) -> Classified:
    """The model's kind where nothing else was said clearly and it is sure enough for the pack.

    What may be another body's matter stays with a person: a model learnt from our own orders.
    """
    if model is None or classified.cause not in OPEN or classified.not_ours:
        return classified
    answer = model.answer(text)
    kind = lexicon.kind(answer.code)
    if kind is None or not kind.ours or answer.confidence < lexicon.trust:
        return classified
    hit = KindHit(answer.code, lexicon.threshold, (answer.told,))
    return replace(classified, kinds=(hit,), cause="", learnt=answer.told)
