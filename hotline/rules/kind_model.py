"""学得模型: kinds learnt from decided orders, each answer with a confidence that was measured.

Of what reporters wrote it keeps pairs of characters alone, and only those that stood in reports of
several matters: what one person told is not in it. Digits and signs are never part of a pair.
"""

import json
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hotline.rules.calibrating import Curve, fitted
from hotline.rules.learning import Example, Kept, Model, learnt
from hotline.rules.nearly import fold_of

ENOUGH: Final = 30  # examples of a kind, in as many matters, below which it is not learnt
FOLDS: Final = 3
KEPT: Final = Kept(seldom=5, most=20_000)
_TOLD: Final = re.compile(r"learnt model, confidence (\d\.\d\d), version (\d+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """One kind with its confidence, and the version of the model that said so."""

    code: str
    confidence: float
    version: int

    @property
    def told(self) -> str:
        """For whoever asks why."""
        return f"learnt model, confidence {self.confidence:.2f}, version {self.version}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a decision kept of a model's part in it."""

    version: int
    confidence: str


def told_in(kept: str) -> Told | None:
    """Read back; None where no model was asked."""
    found = _TOLD.fullmatch(kept)
    return Told(int(found[2]), found[1]) if found else None


@dataclass(frozen=True, slots=True)
class KindModel:
    """A model with the curve of each kind."""

    version: int
    model: Model
    curves: Mapping[str, Curve]

    def answer(self, text: str) -> Answer:
        """The likeliest kind of a masked text."""
        margins = self.model.margins(pairs_of(text))
        sure = {code: self.curves[code].confidence(margin) for code, margin in margins.items()}
        best = max(sorted(sure), key=lambda code: sure[code])
        return Answer(best, sure[best], self.version)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and what models that had not seen a text said of it (None: too few examples)."""

    model: KindModel
    held_out: tuple[Answer | None, ...]


def pairs_of(text: str) -> list[str]:
    """Two characters of writing that stand side by side."""
    said = text.casefold()
    return [
        said[at : at + 2]
        for at in range(len(said) - 1)
        if said[at].isalpha() and said[at + 1].isalpha()
    ]


def learnable(examples: Iterable[Example]) -> dict[str, int]:
    """Kinds with enough examples, and how many matters each has."""
    matters: dict[str, set[int]] = {}
    for one in examples:
        for label in one.labels:
            matters.setdefault(label, set()).add(one.group)
    return {code: len(found) for code, found in sorted(matters.items()) if len(found) >= ENOUGH}


def trained(examples: Sequence[Example]) -> Trained:
    """Learnt from all; measured on each third by models of the other two."""
    known = set(learnable(examples))
    fit = [replace(one, labels=one.labels & known) for one in examples]
    margins: list[dict[str, float]] = [{} for _ in fit]
    for fold in range(FOLDS):
        model = learnt([one for one in fit if fold_of(one.group, FOLDS) != fold], KEPT)
        for at, one in enumerate(fit):
            if fold_of(one.group, FOLDS) == fold:
                margins[at] = model.margins(one.features)
    curves = {code: _curve(code, fit, margins) for code in sorted(known)}
    whole = KindModel(0, learnt(fit, KEPT), curves)
    return Trained(whole, tuple(_answer(own, curves) for own in margins))


def _curve(code: str, examples: Sequence[Example], margins: Sequence[dict[str, float]]) -> Curve:
    seen = [(own[code], code in one.labels) for one, own in zip(examples, margins, strict=True)]
    return fitted([margin for margin, _ in seen], [held for _, held in seen])


def _answer(margins: Mapping[str, float], curves: Mapping[str, Curve]) -> Answer | None:
    sure = {code: curves[code].confidence(margin) for code, margin in margins.items()}
    best = max(sorted(sure), key=lambda code: sure[code], default="")
    return Answer(best, sure[best], 0) if best else None


def packed(model: KindModel) -> bytes:
    """Small enough for a row of a table."""
    head = {
        "pairs": list(model.model.columns),
        "curves": {code: [curve.slope, curve.shift] for code, curve in model.curves.items()},
    }
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    rows = [array("f", model.model.rarity)]
    rows += [array("f", model.model.weights[code]) for code in model.curves]
    return zlib.compress(told + b"\n" + b"".join(row.tobytes() for row in rows))


def unpacked(content: bytes, version: int) -> KindModel:
    """The same model again, to four bytes a number."""
    told, _, numbers = zlib.decompress(content).partition(b"\n")
    head = json.loads(told)
    flat = array("f")
    flat.frombytes(numbers)
    size = len(head["pairs"])
    rows = {
        code: flat[size + at * (size + 1) : size + (at + 1) * (size + 1)]
        for at, code in enumerate(head["curves"])
    }
    columns = {pair: at for at, pair in enumerate(head["pairs"])}
    curves = {code: Curve(*numbers) for code, numbers in head["curves"].items()}
    return KindModel(version, Model(columns, flat[:size], rows), curves)
