"""词库: from the kinds topic of a pack to what the rules listen for."""

from collections.abc import Iterable, Mapping

from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.alarms import Alarms
from hotline.rules.alarms_english import EnglishAlarms
from hotline.rules.classifying import Industry, Kind, Lexicon
from hotline.rules.dictated import Dictated, Heard
from hotline.rules.together import Together


def lexicon_of(topic: Topic) -> Lexicon:
    """Kinds, trades, alarms, cues and what dictation misspells."""
    return Lexicon(
        kinds=_kinds(topic),
        alarms=_alarms(topic),
        threshold=float(topic.need("threshold")),
        trust=float(topic.need("trust")),
        industries=_industries(topic),
        together=_together(topic, {row["code"]: row["together"] for row in _paired(topic)}),
        dictated=Dictated(map(_heard, topic.rows("dictated"))),
    )


def _kinds(topic: Topic) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            code=topic.need("code", row),
            name=topic.need("name", row),
            parent=row.get("parent", ""),
            words=tuple(row.get("words", ())),
            strong=tuple(row.get("strong", ())),
            ours=topic.need("ours", row),
            refer_to=row.get("refer_to", ""),
            name_en=row.get("name_en", ""),
        )
        for row in topic.rows("kind")
    )


def _heard(row: Content) -> Heard:
    return Heard(row["code"], tuple(row.get("written", ())), tuple(row.get("ordinary", ())))


def _paired(topic: Topic) -> list[Content]:
    return [row for row in topic.rows("kind") if "together" in row]


def _industries(topic: Topic) -> tuple[Industry, ...]:
    return tuple(
        Industry(
            code=topic.need("code", row),
            name=topic.need("name", row),
            words=tuple(topic.need("words", row)),
            hints=tuple(row.get("hints", ())),
        )
        for row in topic.rows("industry")
    )


def _alarms(topic: Topic) -> Alarms:
    return Alarms(
        words=tuple(topic.need("emergency")),
        calm=tuple(topic.content.get("calm", ())),
        denials=tuple(topic.content.get("denials", ())),
        drills=tuple(topic.content.get("drills", ())),
        pairs=_together(topic, {"": topic.content.get("emergency_together", ())}),
        english=_english(topic.content.get("english", {})),
    )


def _english(content: Content) -> EnglishAlarms | None:
    """英文紧急词, where the pack has any."""
    if not content:
        return None
    lists = ("calm", "denials", "fillers", "drills", "past", "counts", "made", "present")
    return EnglishAlarms(
        tuple(content["emergency"]),
        **{name: tuple(content.get(name, ())) for name in lists},
        cues={name: tuple(words) for name, words in content.get("cue", {}).items()},
        pairs=tuple(content.get("emergency_together", ())),
    )


def _together(topic: Topic, pairs: Mapping[str, Iterable[str]]) -> Together:
    return Together(topic.content.get("cue", {}), topic.content.get("idle", ()), pairs)
