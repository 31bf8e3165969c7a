"""分类: what is a report about? Several kinds at once; what is not ours is recognised too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.rules.alarms import Alarms
from hotline.rules.dictated import Dictated
from hotline.rules.together import Together
from hotline.rules.wordscan import WordScan

HINT: Final = 0.5  # the trade alone: a cement works may well be dusty
LATER: Final = 0.1  # less for what it is complained of less often
WORD: Final = 1.0
BESIDE: Final = 2.0  # two cues close together
STRONG: Final = 3.0
MOST_KINDS: Final = 4
# A kind with less than this share of the best kind's score is an aside, not a kind of the report.
ASIDE: Final = 0.34
# How much louder our kinds must be than what other bodies answer for.
LOUDER: Final = 1.5
OTHER: Final = "other"  # 其他: a kind only when no other kind was heard


@dataclass(frozen=True, slots=True)
class Kind:
    """One category of the tree: what people say about it, whether it is ours, and if not, whose."""

    code: str
    name: str
    parent: str
    words: tuple[str, ...]
    strong: tuple[str, ...]
    ours: bool
    refer_to: str
    name_en: str = ""  # for readers of English; none: the name itself


@dataclass(frozen=True, slots=True)
class KindHit:
    """A kind heard in a text, and the words that said so."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """What was heard. An empty `cause` means the answer may be used without a person."""

    kinds: tuple[KindHit, ...]
    not_ours: tuple[KindHit, ...]
    emergency: tuple[str, ...]
    cause: str  # "" | kind.none | kind.unsure
    industry: str | None = None
    learnt: str = ""  # which model answered where the words did not, and how sure it was


@dataclass(frozen=True, slots=True)
class Industry:
    """行业: a trade, the words it is known by, and the kinds it is often complained of for."""

    code: str
    name: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The pack's kinds and words. `threshold`: below this score a kind was not really said."""

    kinds: tuple[Kind, ...]
    alarms: Alarms
    threshold: float
    trust: float = 1.0  # how sure a learnt model must be to answer without a person
    industries: tuple[Industry, ...] = ()
    together: Together = field(default_factory=lambda: Together({}, (), {}))
    dictated: Dictated = field(default_factory=lambda: Dictated(()))
    scan: WordScan = field(init=False, repr=False, compare=False)
    trades: WordScan = field(init=False, repr=False, compare=False)
    weights: Mapping[str, Mapping[str, float]] = field(init=False, repr=False, compare=False)
    by_code: Mapping[str, Kind] = field(init=False, repr=False, compare=False)
    trade_of: Mapping[str, Industry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weights = _weights(self.kinds)
        object.__setattr__(self, "by_code", {kind.code: kind for kind in self.kinds})
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "scan", WordScan(weights))
        object.__setattr__(self, "trade_of", _trades(self.industries))
        object.__setattr__(self, "trades", WordScan(self.trade_of))

    def kind(self, code: str) -> Kind | None:
        return self.by_code.get(code)


def classify(lexicon: Lexicon, text: str, chosen: tuple[str, ...]) -> Classified:
    """`text` is title and body, masked. `chosen` are the kinds the reporter ticked, if any."""
    said = _as_meant(lexicon, text)
    trade = _trade(lexicon, said)
    hits = _hits(lexicon, said, trade)
    ours = [hit for hit in hits if _is_ours(lexicon, hit.code)]
    others = [hit for hit in hits if not _is_ours(lexicon, hit.code)]
    kinds = _with_chosen(lexicon, ours, chosen)
    clear = tuple(hit for hit in others if hit.score >= lexicon.threshold)
    return Classified(
        kinds=_main(_said(lexicon, kinds, () if chosen else clear)),
        not_ours=clear,
        emergency=lexicon.alarms.raised(said),
        cause=_cause(lexicon, kinds, others),
        industry=trade.code if trade else None,
    )


def alarms(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """紧急: what a report's emergency would be, and nothing else of it."""
    return lexicon.alarms.raised(_as_meant(lexicon, text))


def _as_meant(lexicon: Lexicon, text: str) -> str:
    return lexicon.dictated.corrected(text.casefold())


def _said(lexicon: Lexicon, ours: list[KindHit], others: tuple[KindHit, ...]) -> list[KindHit]:
    """What was said clearly; failing that, a guess for the person who will look at it.

    Nothing, where another body's matter is clearly louder and nobody ticked a kind of ours.
    """
    clear = [hit for hit in ours if hit.score >= lexicon.threshold]
    return [] if _best(others) > LOUDER * _best(clear) else clear or ours


def _cause(lexicon: Lexicon, ours: list[KindHit], others: list[KindHit]) -> str:
    """Ours when clearly louder; another body's only when nothing of ours was said at all."""
    mine = sum(hit.score for hit in ours)
    theirs = sum(hit.score for hit in others)
    if not mine and not theirs:
        return "kind.none"
    if max(_best(ours), _best(others)) < lexicon.threshold:
        return "kind.unsure"
    ours_clear = _best(ours) >= lexicon.threshold and mine > LOUDER * theirs
    others_clear = _best(others) >= STRONG and not mine
    return "" if ours_clear or others_clear else "kind.unsure"


def _best(hits: Iterable[KindHit]) -> float:
    return max((hit.score for hit in hits), default=0.0)


def _trade(lexicon: Lexicon, text: str) -> Industry | None:
    """The trade spoken of most; of two as often, the first."""
    named = Counter(lexicon.trade_of[word].code for _, word in lexicon.trades.found(text))
    best = max(named, key=lambda code: named[code], default="")
    return next((trade for trade in lexicon.industries if trade.code == best), None)


def _hits(lexicon: Lexicon, text: str, trade: Industry | None) -> list[KindHit]:
    """Each word or pair of words counts once a kind, however often it is repeated."""
    heard: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for _, word in lexicon.scan.found(text):
        for code, weight in lexicon.weights[word].items():
            heard[code][word] = weight
    for code, words in lexicon.together.said(text):
        heard[code][words] = BESIDE
    if trade and not _theirs(lexicon, heard) >= lexicon.threshold:
        for turn, code in enumerate(trade.hints):
            heard[code][trade.name] = HINT - turn * LATER
    hits = [KindHit(code, sum(words.values()), tuple(words)) for code, words in heard.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.code))


def _theirs(lexicon: Lexicon, heard: Mapping[str, Mapping[str, float]]) -> float:
    """How clearly another body's matter was heard."""
    others = (words for code, words in heard.items() if not _is_ours(lexicon, code))
    return max((sum(words.values()) for words in others), default=0.0)


def _with_chosen(lexicon: Lexicon, ours: list[KindHit], chosen: tuple[str, ...]) -> list[KindHit]:
    """What the reporter ticked counts as said clearly; a word of a finer kind makes it finer."""
    scores = {hit.code: hit for hit in ours}
    for code in chosen:
        if not _is_ours(lexicon, code):
            continue
        finer = [hit.code for hit in ours if hit.code.startswith(f"{code}.")]
        for target in finer or [code]:
            hit = scores.get(target, KindHit(target, 0.0, ()))
            scores[target] = KindHit(target, hit.score + lexicon.threshold, hit.words)
    return sorted(scores.values(), key=lambda hit: (-hit.score, hit.code))


def _main(hits: Iterable[KindHit]) -> tuple[KindHit, ...]:
    """The best kinds; 其他 gives way to any other, asides are left out."""
    best = _finest(list(hits))
    best = [hit for hit in best if hit.code != OTHER] or best
    floor = ASIDE * best[0].score if best else 0.0
    return tuple(hit for hit in best if hit.score >= floor)[:MOST_KINDS]


def _finest(hits: list[KindHit]) -> list[KindHit]:
    """A first-level kind gives its words to the clearest finer kind below it."""
    result: dict[str, KindHit] = {}
    coarse = {hit.code: hit for hit in hits if "." not in hit.code}
    for hit in hits:
        above = coarse.pop(hit.code.partition(".")[0], None) if "." in hit.code else None
        extra = above or KindHit("", 0.0, ())
        result[hit.code] = KindHit(hit.code, hit.score + extra.score, hit.words + extra.words)
    said = [hit for hit in result.values() if "." in hit.code or hit.code in coarse]
    return sorted(said, key=lambda hit: (-hit.score, hit.code))


def _is_ours(lexicon: Lexicon, code: str) -> bool:
    kind = lexicon.kind(code)
    return kind is not None and kind.ours


def _trades(industries: Iterable[Industry]) -> dict[str, Industry]:
    return {word.casefold(): trade for trade in industries for word in trade.words}


def _weights(kinds: Iterable[Kind]) -> dict[str, dict[str, float]]:
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for kind in kinds:
        for word in kind.words:
            weights[word.casefold()][kind.code] = WORD
        for word in kind.strong:
            weights[word.casefold()][kind.code] = STRONG
    return dict(weights)
