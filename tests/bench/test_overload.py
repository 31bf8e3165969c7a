"""`bench overload` in its short form: too much is refused politely, and over when it is over."""

import json

from tests.support.benching import bench

SHORT = ["overload", "--json", "--requests", "100", "--seconds", "3"]


def test_four_times_as_many_as_there_are_places_do_no_harm() -> None:
    found = json.loads(bench(*SHORT)[-1])
    before, after = found["memory_mb"]
    assert found["refused"] > 0
    assert found["accepted_rps"] > 0
    assert found["impolite"] == 0
    assert found["recovered_s"] <= 10
    assert after - before < 60
