"""知识库: what an agent may read out today, what fits best, and what an article must say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hotline.rules.normalise import tidy

LONGEST_TITLE, LONGEST_SOURCE, LONGEST_TEXT = 120, 400, 4000


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What one version says. `kind`: "" for every kind; `valid_to`: till further notice."""

    title: str
    script: str
    answer: str
    source: str
    valid_from: date
    valid_to: date | None = None
    kind: str = ""

    def is_valid(self, day: date) -> bool:
        """Within its days."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def faults(text: ArticleText) -> dict[str, str]:
    """Field → key of everything that is wrong. A law is cited, or it is hearsay."""
    found = {
        name: f"article.need_{name}"
        for name in ("title", "answer", "source")
        if not getattr(text, name).strip()
    }
    if text.valid_to and text.valid_to < text.valid_from:
        found["valid_to"] = "article.days"
    return found


def wanted(asked: str) -> tuple[str, ...]:
    """The words of a search, each to be found; two Chinese characters are a word."""
    return tuple(dict.fromkeys(tidy(asked).casefold().split()))


def fits(text: ArticleText, words: Iterable[str]) -> bool:
    """Whether each word stands somewhere in it."""
    said = tidy("\n".join((text.title, text.script, text.answer, text.source))).casefold()
    return all(word in said for word in words)


def rank(text: ArticleText, kinds: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """Smallest first: the kind itself, its parent, every kind; the word in the title."""
    of_kind = kinds.index(text.kind) if text.kind in kinds else len(kinds)
    title = tidy(text.title).casefold()
    return of_kind, 0 if any(word in title for word in words) else 1
