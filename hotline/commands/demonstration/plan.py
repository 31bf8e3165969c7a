"""The plan: every made-up report with what will become of it, drawn from one seed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.commands.demonstration.book import KindWords, Lots, kind, kinds, lots, page, weighted
from hotline.commands.demonstration.fates import Fate, fates
from hotline.commands.demonstration.hours import registered_at, times
from hotline.commands.demonstration.matters import Group, groups
from hotline.commands.demonstration.reporters import Person, draw_person
from hotline.commands.demonstration.special import special
from hotline.commands.demonstration.spots import draw_spot
from hotline.commands.demonstration.telling import Telling, everyday, signed
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, routed

SEED: Final = 12369
SOON: Final = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that happens to a report, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """One report: what is said, by whom, when, and what becomes of it."""

    key: str
    fate: str
    telling: Telling
    person: Person
    at: datetime
    acts: tuple[Act, ...]
    held: bool = False
    follows: str = ""  # the key of the report whose matter this one is about, too

    @property
    def lots(self) -> Lots:
        """This report's own draws, whatever happened to others before."""
        return lots(SEED, self.key)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a plan is drawn for."""

    pack: Pack
    now: datetime
    seed: int = SEED


def plan(drawing: Drawing) -> list[Planned]:
    """Everything, in the order of registration. The same drawing gives the same plan."""
    found = [one for fate in fates() for one in _of_fate(drawing, fate)]
    found += [one for group in groups() for one in _of_group(drawing, group)]
    found += list(_again(drawing, found))
    return sorted(found, key=lambda one: (one.at, one.key))


def _of_fate(drawing: Drawing, fate: Fate) -> Iterator[Planned]:
    for place in range(fate.count):
        key = f"{fate.name}.{place}"
        drawn = lots(drawing.seed, key)
        door = fate.door or _door(drawn, fate)
        person = draw_person(drawn, door, fate.wish)
        if fate.say:
            telling = special(drawn, drawing.pack, fate.say, place)
        else:
            county, words = _what(drawn, drawing.pack, fate, at_desk=place < fate.desk)
            telling = everyday(drawn, draw_spot(drawn, drawing.pack, county), words, door)
            telling = signed(drawn, telling, person.contact.name, person.contact.phone)
            if place < fate.desk:
                spot = telling.spot
                telling = replace(telling, kinds=(words.code,), county=spot.county)
        at = registered_at(drawn, (fate.youngest, fate.oldest), drawing.now)
        made = Planned(key, fate.name, telling, person, at, (), fate.held)
        yield replace(made, acts=_acts(drawing, drawn, at, fate.acts))


def _of_group(drawing: Drawing, group: Group) -> Iterator[Planned]:
    """One matter told by several people, the first of them first."""
    drawn = lots(drawing.seed, group.name)
    spot = draw_spot(drawn, drawing.pack, group.row["county"])
    at = registered_at(drawn, group.days, drawing.now)
    first: Planned | None = None
    for place, member in enumerate(group.members):
        person = draw_person(drawn, weighted(drawn, page("fates")["doors"]))
        telling, acts = group.told(member, spot), _acts(drawing, drawn, at, member.acts)
        made = Planned(f"{group.name}.{place}", group.name, telling, person, at, acts)
        if first:
            person = first.person if member.first_again else person
            made = replace(made, follows=first.key, person=person)
        first = first or made
        yield made
        at = min(at + timedelta(hours=drawn.uniform(*group.row["apart"])), drawing.now - SOON)


def _again(drawing: Drawing, found: Sequence[Planned]) -> Iterator[Planned]:
    """A closed matter begins anew: another report, which a person links to it."""
    for one in [one for one in found if one.acts and one.acts[-1].name == "again"]:
        drawn = lots(drawing.seed, one.key, "again")
        person = draw_person(drawn, "phone")
        at = one.acts[-1].at
        acts = _acts(drawing, drawn, at, ("decide", "link"))
        text = f"{one.telling.text}上次说已经处理好了，现在又开始了。"
        telling = replace(one.telling, text=text)
        yield Planned(f"{one.key}.again", one.fate, telling, person, at, acts, follows=one.key)


def _acts(drawing: Drawing, drawn: Lots, at: datetime, names: Sequence[str]) -> tuple[Act, ...]:
    moments = times(drawn, at, names, drawing.now, drawing.pack.calendar)
    return tuple(Act(name, moment) for name, moment in zip(names, moments, strict=True))


def _door(drawn: Lots, fate: Fate) -> str:
    shares = dict(page("fates")["doors"])
    return "phone" if fate.held and fate.say else weighted(drawn, shares)


def _what(drawn: Lots, pack: Pack, fate: Fate, *, at_desk: bool) -> tuple[str, KindWords]:
    """A county, or none in particular, and a kind; at the desk, one that the desk answers for."""
    if not at_desk:
        return "", _kind(drawn, lambda words: not fate.only or words.code in fate.only)
    desk = pack.department(page("people")["desk"])
    return desk.county, _kind(drawn, lambda words: _lead(pack, words, desk.county) == desk.code)


def _kind(drawn: Lots, fits: Callable[[KindWords], bool]) -> KindWords:
    shares = {words.code: words.weight for words in kinds() if fits(words)}
    return kind(weighted(drawn, shares))


def _lead(pack: Pack, words: KindWords, county: str) -> str | None:
    return routed(pack, Matter((words.code,), county)).lead
