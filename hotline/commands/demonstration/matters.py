"""一事多人: one matter that several people tell, some of them in the very same words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hotline.commands.demonstration.book import kind, lots, page
from hotline.commands.demonstration.spots import Spot
from hotline.commands.demonstration.telling import Telling, named


@dataclass(frozen=True, slots=True)
class Member:
    """One of those who tell it."""

    text: str  # the wording, with the place left open
    acts: tuple[str, ...]
    first_again: bool = False  # the first of them, once more


@dataclass(frozen=True, slots=True)
class Group:
    """The matter, the county it lies in if that is fixed, and who tells it."""

    name: str
    row: Mapping[str, Any]
    members: tuple[Member, ...]

    @property
    def days(self) -> tuple[float, float]:
        """How old it is."""
        youngest, oldest = self.row["days"]
        return youngest, oldest

    def told(self, member: Member, spot: Spot) -> Telling:
        """Everybody means the same place and the same firm."""
        words = kind(self.row["kind"])
        who = self.row["who"] if words.plain else named(lots(self.name), self.row["who"])
        said = {"place": spot.name, "spot": spot.spot, "who": who}
        return Telling(
            text=member.text.format_map(said),
            spot=spot,
            about=words.code,
            landmark=spot.landmark,
            source=who,
            kinds=(words.code,),
            county=spot.county,
            township=spot.township,
        )


def groups() -> Iterator[Group]:
    """Every such matter of the data."""
    for place, row in enumerate(page("joined")["matter"]):
        yield Group(f"group{place}", row, tuple(_members(row)))


def _members(row: Mapping[str, Any]) -> Iterator[Member]:
    first, *others = row["texts"]
    yield Member(first, ("decide", "look", *row["path"]))
    for copy in row["copies"]:
        yield Member(first, ("decide",), first_again=copy == "same")
    joining = len(others) - row["leave"]
    for place, text in enumerate(others):
        yield Member(text, ("decide", "join") if place < joining else ("decide",))
    for one in row.get("also", ()):
        yield Member(one.get("text", first), tuple(one["acts"]))
