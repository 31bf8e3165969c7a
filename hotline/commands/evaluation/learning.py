"""The learnt model by the figures: trained on one file, tried on another."""

from collections.abc import Sequence
from typing import Any

from hotline.commands.evaluation.files import Row
from hotline.commands.evaluation.measures import Tally, mean, rounded, share
from hotline.rules.learning import features_of, learnt
from hotline.rules.normalise import tidy


def tested(train: Sequence[Row], test: Sequence[Row]) -> dict[str, Any]:
    """The figures of `evaluate classify`; columns label,tokens or label,title,body."""
    cut = all(row.get("tokens") for row in (*train, *test))
    model = learnt([_features(row, cut) for row in train], [row["label"] for row in train])
    tallies = {label: Tally() for label in sorted({row["label"] for row in test})}
    right = 0
    for row in test:
        said = model.label(_features(row, cut))
        right += said == row["label"]
        for label, tally in tallies.items():
            tally.add(said=said == label, true=row["label"] == label)
    return {
        "accuracy": rounded(share(right, len(test))),
        "macro_f1": rounded(mean(tally.f1 for tally in tallies.values())),
        "f1": {label: rounded(tally.f1) for label, tally in tallies.items()},
    }


def _features(row: Row, cut: bool) -> list[str]:
    """Words where both files are cut into words; else pairs of characters alone."""
    if cut:
        return features_of(str(row["tokens"]).split())
    tokens = "".join(str(row.get("tokens") or "").split())
    said = tokens or tidy(f"{row.get('title', '')}\n{row.get('body', '')}")
    return features_of((), "".join(said.split()))
