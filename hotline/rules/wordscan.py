"""Which of many words stand in a text: longest word first, each character used once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator


class WordScan:
    """A fixed set of words, looked for in one pass over the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[0]].add(len(word))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Each hit with its position. A longer word hides the shorter ones inside it."""
        at = 0
        while at < len(text):
            word = self._word_at(text, at)
            if word:
                yield at, word
            at += len(word) or 1

    def _word_at(self, text: str, at: int) -> str:
        for size in self._lengths.get(text[at], ()):
            if text[at : at + size] in self._words:
                return text[at : at + size]
        return ""
