"""What was worked out once and is asked for again and again: kept, up to a number."""

from collections.abc import Callable


class Kept(dict[str, int]):
    """A number for each word. When there are too many all are forgotten: the common ones are soon
    back, and asking costs a third of what it does where the least used must be known.
    """

    def __init__(self, make: Callable[[str], int], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, word: str) -> int:
        if len(self) >= self._most:
            self.clear()
        self[word] = number = self._make(word)
        return number
