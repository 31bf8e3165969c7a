"""The table of addresses is searched at once, and finds what reading it from the top finds."""

import pytest
from starlette.routing import Match, Route

from webforms.addresses import CHOSEN, Addresses
from webforms.routes import ROUTES

METHODS = ("GET", "POST", "DELETE")


def from_the_top(scope: dict[str, str]) -> tuple[Match, Route | None]:
    """The first line that takes address and method, else the first of the address."""
    found = [(route.matches(scope)[0], route) for route in ROUTES]
    matching = [one for one in found if one[0] is not Match.NONE]
    full = [one for one in matching if one[0] is Match.FULL]
    return next(iter(full or matching), (Match.NONE, None))


@pytest.mark.parametrize("method", METHODS)
def test_every_address_is_found_as_before(method: str) -> None:
    table = Addresses(ROUTES)
    paths = {route.path.translate(str.maketrans("{}:", "xx_")) for route in ROUTES}
    for path in (*paths, *(f"{path}/" for path in paths), "/none", "", "none"):
        scope = {"type": "http", "path": path, "method": method, "root_path": ""}

        match, inner = table.matches(scope)

        assert (match, inner.get(CHOSEN)) == from_the_top(scope), path
