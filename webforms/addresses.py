"""地址表: every address found at once, however long the table grows; the first that fits stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

CHOSEN: Final = "address"  # in the scope: the line of the table that was found


class Addresses(BaseRoute):
    """The whole table as one route: an address is compared only with what may be meant by it.

    One without a part that varies is looked up; for the rest those are tried that begin alike.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        varying = [one for one in routes if "{" in one.path]
        by_start: defaultdict[str, list[Route]] = defaultdict(list)
        for one in varying:
            by_start[_start(one.path)].append(one)
        self._varying = dict(by_start)
        self._whole = {
            path: [one for one in routes if one.path == path or _varies_to(one, path)]
            for path in {one.path for one in routes} - {one.path for one in varying}
        }

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first line that takes the method, else the first of this address at all."""
        if scope["type"] != "http":
            return Match.NONE, {}
        found: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._near(scope["path"]):
            match, inner = route.matches(scope)
            if match is Match.FULL:
                return match, {**inner, CHOSEN: route}
            if match is Match.PARTIAL and found[0] is Match.NONE:
                found = match, {**inner, CHOSEN: route}
        return found

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """By the line that was found."""
        await scope[CHOSEN].handle(scope, receive, send)

    def _near(self, path: str) -> Iterable[Route]:
        whole = self._whole.get(path)
        return self._varying.get(_start(path), ()) if whole is None else whole


def _start(path: str) -> str:
    return path.split("/", 2)[1] if "/" in path else ""


def _varies_to(route: Route, path: str) -> bool:
    return "{" in route.path and route.path_regex.match(path) is not None
