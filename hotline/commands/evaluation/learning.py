"""The learnt model by the figures: trained on one file, tried on another, or on its own parts."""

from collections.abc import Iterable, Sequence
from typing import Any

from hotline.commands.evaluation.files import Row
from hotline.commands.evaluation.measures import Tally, mean, rounded, share
from hotline.rules.learning import Example, features_of, learnt
from hotline.rules.nearly import fold_of, groups
from hotline.rules.normalise import tidy

Said = tuple[str, str]  # the label a text has, and the one the model gave


def tested(train: Sequence[Row], test: Sequence[Row]) -> dict[str, Any]:
    """The figures of `evaluate classify`; columns label,tokens or label,title,body."""
    cut = all(row.get("tokens") for row in (*train, *test))
    return _figures(_tried(train, test, cut))


def crossed(rows: Sequence[Row], folds: int) -> dict[str, Any]:
    """Each part tried by a model of the others; texts that are nearly the same stay together."""
    cut = all(row.get("tokens") for row in rows)
    alike = groups([str(row["tokens"]).split() if cut else list(_run(row)) for row in rows])
    parts = [fold_of(group, folds) for group in alike]
    found = []
    for part in range(folds):
        train = [row for row, own in zip(rows, parts, strict=True) if own != part]
        test = [row for row, own in zip(rows, parts, strict=True) if own == part]
        if train and test:
            found.append(_figures(_tried(train, test, cut)))
    names = sorted({label for one in found for label in one["f1"]})
    return {
        "accuracy": rounded(mean(one["accuracy"] for one in found)),
        "macro_f1": rounded(mean(one["macro_f1"] for one in found)),
        "f1": {name: rounded(mean(_of(name, found))) for name in names},
        "folds": [one["macro_f1"] for one in found],
    }


def _of(name: str, found: Iterable[dict[str, Any]]) -> list[float]:
    return [one["f1"][name] for one in found if name in one["f1"]]


def _tried(train: Sequence[Row], test: Sequence[Row], cut: bool) -> list[Said]:
    model = learnt([Example(_features(row, cut), frozenset((row["label"],))) for row in train])
    return [(row["label"], model.label(_features(row, cut))) for row in test]


def _figures(answers: Sequence[Said]) -> dict[str, Any]:
    tallies = {label: Tally() for label in sorted({true for true, _ in answers})}
    for true, said in answers:
        for label, tally in tallies.items():
            tally.add(said=said == label, true=true == label)
    return {
        "accuracy": rounded(share(sum(true == said for true, said in answers), len(answers))),
        "macro_f1": rounded(mean(tally.f1 for tally in tallies.values())),
        "f1": {label: rounded(tally.f1) for label, tally in tallies.items()},
    }


def _features(row: Row, cut: bool) -> list[str]:
    """Words where both files are cut into words; else pairs of characters alone."""
    return features_of(str(row["tokens"]).split()) if cut else features_of((), _run(row))


def _run(row: Row) -> str:
    tokens = "".join(str(row.get("tokens") or "").split())
    said = tokens or tidy(f"{row.get('title', '')}\n{row.get('body', '')}")
    return "".join(said.split())
