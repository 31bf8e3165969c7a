"""Where it happens: counties and townships of the pack, and a spot that anybody could mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from hotline.commands.demonstration.book import Lots, one_of, page, weighted
from hotline.policy.pack import Pack
from hotline.rules.places import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """One place, as a form takes it and as people say it."""

    county: str
    township: str
    name: str  # 都匀市小围寨街道
    full: str  # the same as people say it
    loose: str  # said by somebody who chose the county in a form
    spot: str
    landmark: str


def draw_spot(lots: Lots, pack: Pack, county: str = "") -> Spot:
    """A township of that county, or of any, by how much each speaks up."""
    words = page("places")
    shares: Mapping[str, float] = words["weights"]
    code = county or weighted(lots, shares)
    place = pack.gazetteer.get(code)
    assert place is not None
    township = lots.choice(_townships(pack, code))
    said = _said(place, township)
    return Spot(
        county=code,
        township=township.code,
        name=place.name + township.name,
        full=one_of(lots, words["said"]["full"]).format_map(said),
        loose=one_of(lots, words["said"]["loose"]).format_map(said),
        spot=one_of(lots, words["spots"]["any"]),
        landmark=one_of(lots, words["landmarks"]["any"]),
    )


def _townships(pack: Pack, county: str) -> list[Place]:
    return [place for place in pack.gazetteer.children(county) if place.level == "township"]


def _said(county: Place, township: Place) -> dict[str, str]:
    inside = [alias for alias in county.aliases if alias in county.name]
    level = "街道" if township.name.endswith("街道") else township.name[-1]
    return {
        "county": county.name,
        "short": min(inside, key=len, default=county.name),
        "township": township.name,
        "level": level,
    }
