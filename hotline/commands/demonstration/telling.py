"""What people say: phrases put together as on the telephone, in a form, in a chat, in dialect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hotline.commands.demonstration.book import KindWords, Lots, kinds, one_of, page, weighted
from hotline.commands.demonstration.spots import Spot

# shares of manners by door: how the words sound, whichever way they came
MANNERS: Final[Mapping[str, Mapping[str, float]]] = {
    "phone": {"phone": 76, "dictated": 14, "dialect": 10},
    "12345": {"phone": 84, "dictated": 16},
    "web": {"web": 72, "dialect": 14, "long": 14},
    "wechat": {"wechat": 74, "dialect": 20, "web": 6},
    "letter": {"long": 100},
    "visit": {"phone": 100},
}
SECOND_MATTER: Final = 0.16  # shares of kinds add up to more than all reports
SIGNED: Final = 0.07
FILLERS: Final = 3
NAMED: Final = 0.62  # how often whoever did it is known by name


@dataclass(frozen=True, slots=True)
class Telling:
    """One report as told, with what a form would have asked for."""

    text: str
    spot: Spot
    about: str = ""  # the kind that a person would hear in it
    title: str = ""
    landmark: str = ""
    source: str = ""
    occurred: str = ""
    kinds: tuple[str, ...] = ()
    county: str = ""  # chosen in the form
    township: str = ""
    outlet: str = ""
    url: str = ""


def firm(lots: Lots, words: KindWords) -> str:
    """Whoever did it: a made-up firm, or nobody's name."""
    who = lots.choice(words.who)
    if words.plain:
        return who
    return named(lots, who) if lots.random() < NAMED else f"一家{who}"


def named(lots: Lots, who: str) -> str:
    """A firm with a name, and the name says that there is no such firm."""
    return f"{one_of(lots, page('firms')['brands'])}{who}（虚构）"


def everyday(lots: Lots, spot: Spot, words: KindWords, door: str) -> Telling:
    """What most reports are like."""
    manner = weighted(lots, MANNERS[door])
    who = firm(lots, words)
    placed = door != "wechat" or lots.random() < 0.4
    parts = _parts(lots, words, manner, who)
    parts["place"] = spot.loose if placed and manner in ("web", "wechat") else spot.full
    parts["spot"] = spot.spot
    told = one_of(lots, page("patterns")["dialect" if manner == "dictated" else manner])
    text = told.strip().format_map(parts)
    if manner == "dictated":
        text = dictated(lots, text)
    when = parts["when"] if door in ("web", "phone") else ""
    telling = Telling(
        text, spot, words.code, source=who if "（虚构）" in who else "", occurred=when
    )
    return _as_chosen(lots, telling, words, placed=placed, door=door)


def dictated(lots: Lots, text: str) -> str:
    """As a transcriber hears it: other characters, no full stops, words of thinking."""
    words = page("patterns")
    for right, wrong in words["misheard"].items():
        if lots.random() < 0.6:
            text = text.replace(right, wrong, 1)
    clauses = [
        clause for clause in text.replace("。", "，").replace("：", "，").split("，") if clause
    ]
    for _ in range(FILLERS):
        clauses.insert(lots.randint(0, len(clauses)), one_of(lots, words["fillers"]))
    return "".join(clause + lots.choice(["", " ", "，"]) for clause in clauses).strip(" ，")


def signed(lots: Lots, telling: Telling, name: str, phone: str) -> Telling:
    """Some put their name and number into the text, where it must be hidden again."""
    if not phone or lots.random() >= SIGNED:
        return telling
    mine = f"我叫{name.removesuffix('（虚构）')}（虚构），电话{phone}。"
    return replace(telling, text=f"{telling.text}{mine}")


def _parts(lots: Lots, words: KindWords, manner: str, who: str) -> dict[str, str]:
    voice = {"phone": "agent", "dialect": "dialect", "dictated": "dialect"}.get(manner, "plain")
    harms = page("harms")
    lists = [harms[words.harm], *([harms["dialect"]] if voice == "dialect" else [])]
    harm, harm2 = _two(lots, lists)
    other = lots.choice([kind for kind in kinds() if kind.group != words.group])
    deed2 = lots.choice(other.deeds).format(who=firm(lots, other))
    deed = lots.choice(words.deeds).format(who=who)
    if manner != "long" and lots.random() < SECOND_MATTER:
        deed = f"{deed}，另外{deed2}"
    return {
        "opening": one_of(lots, page("openings")[voice]),
        "deed": deed,
        "deed2": deed2,
        "when": one_of(lots, page("times")[lots.choice(words.when)]),
        "harm": harm,
        "harm2": harm2,
        "past": one_of(lots, page("closings")["past"]),
        "closing": one_of(lots, page("closings")[voice]),
    }


def _two(lots: Lots, lists: Sequence[Sequence[str]]) -> tuple[str, str]:
    one, other = lots.sample([phrase for phrases in lists for phrase in phrases], 2)
    return one, other


def _as_chosen(
    lots: Lots, telling: Telling, words: KindWords, *, placed: bool, door: str
) -> Telling:
    """What was ticked beside the words; in a chat nothing is asked for."""
    if not placed:
        return telling
    spot, ticks = telling.spot, lots.random() < (0.8 if door == "phone" else 0.6)
    titled = door in ("12345", "web") and lots.random() < 0.5
    return replace(
        telling,
        title=one_of(lots, words.titles).format(who=lots.choice(words.who)) if titled else "",
        landmark=spot.landmark if lots.random() < 0.6 else "",
        kinds=(words.code,) if ticks else (),
        county=spot.county,
        township=spot.township if lots.random() < 0.85 else "",
    )
