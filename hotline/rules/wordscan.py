"""Which of many words stand in a text: longest word first, each character used once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

_NOTHING: Final = re.compile(r"(?!)")


class WordScan:
    """A fixed set of words, looked for in one pass over the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[0]].add(len(word))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}
        self._first = one_of(lengths)

    def found(self, text: str) -> Iterator[tuple[int, str]]:
        """Each hit with its position. A longer word hides the shorter ones inside it."""
        end, sizes, words = 0, self._lengths, self._words
        for hit in self._first.finditer(text):
            at = hit.start()
            if at < end:
                continue
            for size in sizes[hit[0]]:
                word = text[at : at + size]
                if word in words:
                    yield at, word
                    end = at + size
                    break


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Any of these characters: most of a text is passed over by the machine's own search."""
    known = "".join(map(re.escape, characters))
    return re.compile(f"[{known}]") if known else _NOTHING
