"""Made-up examples: the same in every run, so that a change is refused for what it does, never by
chance; HOTLINE_TEST_LONG looks for others. None has to be quick: machines are not alike."""

import os

from hypothesis import HealthCheck, settings


def the_same_for_all() -> None:
    """For every test that is collected from now on."""
    settings.register_profile(
        "hotline",
        deadline=None,
        derandomize=not os.environ.get("HOTLINE_TEST_LONG"),
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("hotline")
