"""Places of public data sets, coded by whoever published them: A市 holds A7县."""

import re
from collections.abc import Iterable
from typing import Final

from hotline.rules.places import Gazetteer, Place

CODED: Final = re.compile(r"(?<![A-Za-z0-9])([A-Z])(\d{0,2})([市区县])")
PROVINCE: Final = "coded"


def gazetteer_of(texts: Iterable[str]) -> Gazetteer:
    """A gazetteer of the coded places in the texts, so that the service's own rule locates them."""
    found = {match.groups() for text in texts for match in CODED.finditer(text)}
    cities = {letter for letter, _, _ in found}
    return Gazetteer(
        [
            Place(PROVINCE, "西地省", "province", ""),
            *(Place(city, f"{city}市", "prefecture", PROVINCE) for city in sorted(cities)),
            *(
                Place(f"{city}{number}{ending}", f"{city}{number}{ending}", "county", city)
                for city, number, ending in sorted(found)
                if number
            ),
        ]
    )


def places_in(text: str) -> frozenset[str]:
    """`A` for the city, `A7` for a county in it; a city said beside its county is the county."""
    found = {letter + number for letter, number, _ in CODED.findall(text)}
    held = {place[0] for place in found if len(place) > 1}
    return frozenset(found - held)


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name places, and none of one is, holds or lies in one of the other."""
    return bool(one and other) and not any(
        first == second or first == second[0] or second == first[0]
        for first in one
        for second in other
    )
