"""工作量: a sum that takes a browser a second or two and us a moment; asked for only in a flood.

A hurdle, not a lock: whoever writes a program for it pays less than a browser does, and more than
nothing. It needs no HTTPS, which `crypto.subtle` would.
"""

from typing import Final

BITS: Final = 20  # a million tries: a second on a desk, three on a telephone
MOST_BITS: Final = 23
WORD: Final = 0xFFFFFFFF


def bits_for(count: int, most: int) -> int:
    """Each doubling beyond what is allowed doubles the work."""
    return min(MOST_BITS, BITS + max(0, count // max(1, most)).bit_length() - 1)


def is_proved(challenge: str, answer: str, bits: int) -> bool:
    """Whether the word made of both begins with so many zeros."""
    if not answer.isascii() or not answer.isdigit() or len(answer) > 12:
        return False
    return word_of(f"{challenge}.{answer}") >> (32 - bits) == 0


def word_of(text: str) -> int:
    """FNV-1a over the characters, stirred at the end; `work.js` does the same."""
    word = 0x811C9DC5
    for sign in text:
        word = (word ^ ord(sign)) * 0x01000193 & WORD
    word = (word ^ word >> 16) * 0x85EBCA6B & WORD
    word = (word ^ word >> 13) * 0xC2B2AE35 & WORD
    return word ^ word >> 16
