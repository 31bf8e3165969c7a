"""Choosing kinds and places by typing: a name, a short name or a code, from the pack alone."""

from collections.abc import Callable
from dataclasses import dataclass

from hotline.policy.pack import Pack
from hotline.rules.classifying import Lexicon
from hotline.rules.places import Place
from webforms.submissions import Form


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: what is kept and what is read."""

    value: str
    label: str


def kind_choices(lexicon: Lexicon) -> list[Choice]:
    """Our kinds, finer ones under the name of their parent."""
    return [
        Choice(kind.code, kind_label(lexicon, kind.code)) for kind in lexicon.kinds if kind.ours
    ]


def kind_label(lexicon: Lexicon, code: str) -> str:
    """大气 · 恶臭/异味; the code itself for a kind the pack no longer has."""
    kind = lexicon.kind(code)
    if kind is None:
        return code
    parent = lexicon.kind(kind.parent) if kind.parent else None
    return f"{parent.name} · {kind.name}" if parent else kind.name


def kind_of(lexicon: Lexicon, typed: str) -> str:
    """The kind that was typed: its label, its code or its own name; "" if there is none."""
    for kind in lexicon.kinds:
        if kind.ours and typed in (kind.code, kind.name, kind_label(lexicon, kind.code)):
            return kind.code
    return ""


def county_choices(pack: Pack) -> list[Choice]:
    """The counties of the jurisdiction, in the order of their codes."""
    gazetteer = pack.gazetteer
    inside = [
        place
        for place in gazetteer.counties()
        if any(above.code == pack.jurisdiction for above in gazetteer.path(place.code))
    ]
    return [Choice(place.code, place.name) for place in sorted(inside, key=lambda one: one.code)]


def township_choices(pack: Pack, county: str) -> list[Choice]:
    """The townships of a county; none while it is open."""
    return [Choice(place.code, place.name) for place in pack.gazetteer.children(county)]


def county_of(pack: Pack, typed: str) -> str:
    """The county that was typed, by name, short name or code; "" if there is none."""
    codes = {typed, *pack.gazetteer.names.get(typed, ())}
    return next((one.code for one in pack.gazetteer.counties() if one.code in codes), "")


def township_of(pack: Pack, county: str, typed: str) -> str:
    """The township of that county that was typed."""
    for place in pack.gazetteer.children(county):
        if typed in (place.code, place.name, *_short(place)):
            return place.code
    return ""


def place_words(pack: Pack, county: str | None, township: str | None) -> str:
    """都匀市小围寨街道: what a desk of this jurisdiction needs to read."""
    found = [pack.gazetteer.get(code) for code in (county, township) if code]
    return "".join(place.name for place in found if place)


def near(pack: Pack) -> Callable[[str], str]:
    """A place told without the jurisdiction that everybody at the desk works for."""
    label = pack.gazetteer.label(pack.code)
    return lambda place: place.removeprefix(label) or place


def read_place(form: Form, pack: Pack) -> tuple[str, str]:
    """County and township as typed or chosen; both may stay open."""
    typed, finer = form.text("county", most=40), form.text("township", most=40)
    county = county_of(pack, typed) if typed else ""
    if typed and not county:
        form.problem("county", "choice.no_county", typed=typed)
    township = township_of(pack, county, finer) if finer else ""
    if finer and county and not township:
        form.problem("township", "choice.no_township", typed=finer)
    return county, township


def read_kinds(form: Form, pack: Pack, *, names: tuple[str, ...] = ("kind", "kind2")) -> list[str]:
    """Kinds as typed or chosen, in that order."""
    found = []
    for name in names:
        typed = form.text(name, most=40)
        code = kind_of(pack.lexicon, typed) if typed else ""
        if typed and not code:
            form.problem(name, "choice.no_kind", typed=typed)
        found += [code] if code else []
    return list(dict.fromkeys(found))


def _short(place: Place) -> tuple[str, ...]:
    ending = ("街道", "镇", "乡")
    return (*place.aliases, *(place.name.removesuffix(one) for one in ending))
