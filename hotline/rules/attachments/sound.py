"""录音: AMR, MP3, WAV and Ogg, proved frame by frame; the copy has no tags."""

from typing import Final

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found
from hotline.rules.attachments.ogg import ogg

LONGEST_SOUND: Final = 3600.0  # seconds

_AMR: Final = {b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5)}
_AMR_WIDE: Final = {b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)}
_LOST: Final = (14, 15)  # frame types without a payload
_FRAME_SECONDS: Final = 0.02
_RATES: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1, kbit/s
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5
}
_HERTZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LEAST_FRAMES: Final = 3  # fewer may be chance
_PADDING: Final = 64 * 1024  # between a tag and the first frame
_SOUND_CHUNKS: Final = (b"fmt ", b"fact", b"data")


def sound(content: bytes) -> Found | None:
    """None when the first bytes are of no sound we know; StepRefused when the rest is not."""
    if content.startswith(b"#!AMR"):
        found = _amr(content)
    elif content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        found = _wav(content)
    elif content.startswith(b"OggS"):
        found = ogg(content)
    elif content[:3] == b"ID3" or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"):
        found = _mp3(content)
    else:
        return None
    if (found.seconds or 0) > LONGEST_SOUND:
        raise StepRefused("file.too_long", minutes=int(LONGEST_SOUND) // 60)
    return found


def _amr(content: bytes) -> Found:
    """It has no room for tags: the copy is the original."""
    for magic, sizes in (_AMR | _AMR_WIDE).items():
        if content.startswith(magic):
            frames = _amr_frames(content, len(magic), sizes)
            return Found("audio/amr", content, seconds=round(frames * _FRAME_SECONDS, 2))
    raise StepRefused("file.broken")


def _amr_frames(content: bytes, at: int, sizes: tuple[int, ...]) -> int:
    """The last may be cut: a call ends when it ends."""
    frames = 0
    while at < len(content):
        kind = content[at] >> 3 & 15
        if kind >= len(sizes) and kind not in _LOST:
            raise StepRefused("file.broken")
        at += 1 + (sizes[kind] if kind < len(sizes) else 0)
        frames += 1
    if not frames:
        raise StepRefused("file.broken")
    return frames


def _wav(content: bytes) -> Found:
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name in _SOUND_CHUNKS:
            chunks.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    rate = int.from_bytes(chunks.get(b"fmt ", b"")[8:12], "little")
    if not rate or not chunks.get(b"data"):
        raise StepRefused("file.broken")
    body = b"".join(
        name
        + len(chunks[name]).to_bytes(4, "little")
        + chunks[name]
        + b"\0" * (len(chunks[name]) % 2)
        for name in _SOUND_CHUNKS
        if name in chunks
    )
    copy = b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body
    return Found("audio/wav", copy, seconds=round(len(chunks[b"data"]) / rate, 2))


def _mp3(content: bytes) -> Found:
    """Tags stand before the first frame and behind the last: the copy is what lies between."""
    begin = _after_tag(content)
    first = next(
        (at for at in range(begin, min(begin + _PADDING, len(content))) if _frame(content, at)), -1
    )
    at, frames, seconds = first, 0, 0.0
    while at >= 0 and (frame := _frame(content, at)):
        at, seconds, frames = at + frame[0], seconds + frame[1], frames + 1
    if frames < _LEAST_FRAMES:
        raise StepRefused("file.broken" if content[:3] == b"ID3" else "file.not_accepted")
    return Found("audio/mpeg", content[first:at], seconds=round(seconds, 2))


def _after_tag(content: bytes) -> int:
    if content[:3] != b"ID3":
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame(content: bytes, at: int) -> tuple[int, float] | None:
    """Length and seconds of the layer III frame that begins here."""
    head = int.from_bytes(content[at : at + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    rate, hertz = head >> 12 & 15, head >> 10 & 3
    right = head >> 21 == 0x7FF and version != 1 and layer == 1 and 0 < rate < 15 and hertz < 3
    if not right:
        return None
    samples = 1152 if version == 3 else 576
    per_second = _HERTZ[version][hertz]
    bits = _RATES[3 if version == 3 else 2][rate] * 1000
    return samples // 8 * bits // per_second + (head >> 9 & 1), samples / per_second
