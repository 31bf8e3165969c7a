"""The pages that no walk comes to by itself, full and with something wrong."""

from pathlib import Path

from tests.browser.devices import Opener
from tests.browser.running import Running
from tests.browser.seldom import between_bodies, make, of_the_answered, of_the_house
from tests.browser.tour import SELDOM, Tour


def test_every_page_that_comes_seldom_is_for_everybody(
    opened: Opener, service: Running, tmp_path: Path
) -> None:
    tour, (answered, in_hand) = Tour(opened, service, tmp_path), make(service)
    between_bodies(tour, in_hand)
    of_the_answered(tour, answered)
    of_the_house(tour)
    assert "\n".join(tour.found) == ""
    assert tour.missed(SELDOM) == []
    assert tour.never_wrong() == set()
