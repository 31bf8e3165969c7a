"""Our own hard texts, all made up, are located as `evaluate locate` counts."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from hotline.commands.evaluation.texts import placed

TEXTS = [
    json.loads(line)
    for line in Path(__file__).with_name("hard_places.jsonl").read_text("utf-8").splitlines()
]


def test_there_are_enough_of_each_hardship() -> None:
    hard = Counter(row["case"] for row in TEXTS)
    assert len(TEXTS) >= 500
    assert hard["homophone"] >= 30
    assert min(hard[case] for case in ("former", "zone", "two", "none", "township", "shared")) >= 20
    assert len({row["text"] for row in TEXTS}) == len(TEXTS)


def test_every_jurisdiction_has_its_share() -> None:
    zones = {row["county"] for row in TEXTS if row["county"] and not row["county_code"]}
    shares = Counter(
        row["county_code"][: 4 if row["county_code"].startswith("5227") else 2] for row in TEXTS
    )
    assert min(shares[province] for province in ("22", "36", "50", "52", "5227")) >= 40
    assert len(zones) >= 20


def test_the_county_is_right_or_a_person_is_asked() -> None:
    found = placed(TEXTS, date(2026, 6, 1))
    assert found["right"] >= 0.95
    assert found["wrong"] <= 0.02
