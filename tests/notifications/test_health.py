"""通道状况: who takes messages is asked first; who failed is asked again after a while."""

from notifications.health import COOL, Health


def order(health: Health, now: float) -> list[str]:
    return sorted(("a", "b"), key=lambda name: health.rank(name, now))


def test_who_failed_just_now_is_last_and_comes_back_by_itself() -> None:
    health = Health()
    health.note("a", 0.0, taken=False)
    assert order(health, 1.0) == ["b", "a"]
    assert order(health, COOL + 1) == ["a", "b"]


def test_who_mostly_fails_stays_behind_until_it_is_forgotten_or_takes_again() -> None:
    health = Health()
    for second in range(4):
        health.note("a", float(second), taken=False)
    assert order(health, COOL + 5) == ["b", "a"]
    assert order(health, 3600.0) == ["a", "b"]
    for second in range(5):
        health.note("a", COOL + second, taken=True)
    assert order(health, COOL + 5) == ["a", "b"]
