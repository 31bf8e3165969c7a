"""JPEG 去除隐含信息: the same pixels, bit by bit, without Exif, comments and maker's notes."""

from typing import Final

_START, _SCAN, _COMMENT = 0xD8, 0xDA, 0xFE
# JFIF, ICC profile and Adobe's colour marker change how the picture looks; the rest of APPn talks
_LOOKS: Final = frozenset({0xE0, 0xE2, 0xEE})
_APPS: Final = range(0xE0, 0xF0)


def bare_jpeg(content: bytes) -> bytes:
    """What is no JPEG, or a broken one, comes back empty: nobody knows what it holds."""
    if content[:2] != bytes((0xFF, _START)):
        return b""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return b"".join((*kept, _scans(content[at:])))
        if length < 2:
            return b""
        if not (marker == _COMMENT or (marker in _APPS and marker not in _LOOKS)):
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    return b""


def _scans(content: bytes) -> bytes:
    """Up to the end of the picture: what a telephone hangs behind it is not part of it."""
    end = content.rfind(b"\xff\xd9")
    first = content.find(b"\xff\xd9\xff\xd8")  # a second picture behind the first
    cut = first if first != -1 else end
    return content[: cut + 2] if cut != -1 else content
