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
        at, sizes, words = 0, self._lengths, self._words
        while at < len(text):
            for size in sizes.get(text[at], ()):
                word = text[at : at + size]
                if word in words:
                    yield at, word
                    at += size
                    break
            else:
                at += 1
