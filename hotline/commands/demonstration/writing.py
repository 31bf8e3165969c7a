"""The three texts of a handled matter, and the one for the public, put together from phrases."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hotline.commands.demonstration.book import Lots, group_of, one_of, page, some_of
from hotline.commands.demonstration.telling import Telling
from hotline.policy.pack import Pack
from hotline.records import WorkOrder
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Finding, TextKind
from hotline.steps.disclose import Proposal


def written(
    lots: Lots, pack: Pack, order: WorkOrder, telling: Telling, at: datetime
) -> dict[TextKind, str]:
    """All three, of one investigation."""
    words = page("answers")
    parts = {**_place(pack, order), **_facts(lots, order, telling, at)}
    parts["number"] = order.number
    parts["department"] = pack.department(order.lead or "").name
    founded = order.finding != Finding.UNFOUNDED
    reply = one_of(lots, words["reply" if founded else "reply_unfounded"])
    return {
        TextKind.RESULT: words["result"].format_map(parts),
        TextKind.LETTER: words["letter"].strip().format_map(parts),
        TextKind.REPLY: reply.format_map(parts),
    }


def told_anew(lots: Lots, pack: Pack, order: WorkOrder) -> Proposal:
    """For the public: in nobody's words."""
    words, group = page("public"), group_of(order.kinds[0])
    telling = lots.choice([one for one in words["telling"] if one["group"] == group])
    parts = {**_place(pack, order), "finding": words["finding"][order.finding]}
    measure = words["unfounded"] if order.finding == Finding.UNFOUNDED else telling
    return Proposal(
        title=telling["title"].format_map(parts),
        problem=telling["problem"].format_map(parts),
        measure=measure["measure"].format_map(parts),
    )


def _place(pack: Pack, order: WorkOrder) -> Mapping[str, str]:
    found = {name: pack.gazetteer.get(code) for name, code in
             (("county", order.county or ""), ("township", order.township or ""))}  # fmt: skip
    names = {name: place.name if place else "" for name, place in found.items()}
    names["township"] = names["township"] or names["county"]
    known = pack.lexicon.kind(order.kinds[0])
    place = names["county"] + (names["township"] if order.township else "")
    return {**names, "place": place, "kind": known.name if known else ""}


def _facts(lots: Lots, order: WorkOrder, telling: Telling, at: datetime) -> dict[str, str]:
    words, local = page("answers"), at.astimezone(SHANGHAI)
    seen = local - timedelta(days=lots.randint(1, 4))
    who = telling.source or "被反映单位"
    return {
        "who": who,
        "check": one_of(lots, words["check"]).format(day=f"{seen.month}月{seen.day}日"),
        "found": one_of(lots, words[f"found_{order.finding}"]).format(who=who),
        "measures": "；".join(_measures(lots, order)).format(who=who),
        "measures_soft": one_of(lots, words["measures_soft"]),
        "later": one_of(lots, words["later"]),
        "today": f"{local.year}年{local.month}月{local.day}日",
    }


def _measures(lots: Lots, order: WorkOrder) -> list[str]:
    """As hard as what was found."""
    words = page("answers")["measures"]
    medium = order.kinds[0].partition(".")[0]
    if order.finding in (Finding.PARTLY, Finding.UNFOUNDED):
        return some_of(lots, words["mild"], 2)
    return some_of(lots, words.get(medium, words["manage"]), 3)
