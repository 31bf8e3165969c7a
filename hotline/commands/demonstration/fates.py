"""Which ways the made-up reports take, and how many take each: read from the data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.commands.demonstration.book import page

INTAKE: Final = ("decide", "look")  # the service decides; a person, where it could not


@dataclass(frozen=True, slots=True)
class Fate:
    """One way, with how many reports take it and how old these are."""

    name: str
    count: int
    youngest: float  # days
    oldest: float
    say: str = ""  # a list of undecided.toml; "" for everyday words
    only: tuple[str, ...] = ()  # kinds
    desk: int = 0  # how many of them lie with the demo handler
    door: str = ""
    wish: str = ""
    held: bool = False  # as if an agent were still on the line
    path: tuple[str, ...] = ()

    @property
    def acts(self) -> tuple[str, ...]:
        """Everything that happens after the registration."""
        if self.held or self.path[:1] == ("fail",):
            return self.path
        undecided = self.say.startswith(("triage.", "refused."))
        return (*(INTAKE[:1] if undecided else INTAKE), *self.path)

    @property
    def becomes_order(self) -> bool:
        """Whether it is meant to be accepted."""
        return "look" in self.acts


def fates() -> Iterator[Fate]:
    """Every way of the data."""
    for row in page("fates")["fate"]:
        yield fate(row)


def fate(row: Mapping[str, Any]) -> Fate:
    """One row; what it does not say is the usual."""
    told = {name: value for name, value in row.items() if name not in ("days", "only", "path")}
    youngest, oldest = row["days"]
    return Fate(
        youngest=youngest,
        oldest=oldest,
        only=tuple(row.get("only", ())),
        path=tuple(row.get("path", ())),
        **told,
    )
