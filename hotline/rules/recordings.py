"""录音录像: what kind of sound or film it is, by its first bytes alone."""

from typing import Final

from hotline.errors import StepRefused

LARGEST_FILE: Final = 20 * 1024 * 1024
_STARTS: Final = (
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)


def recording(content: bytes) -> str:
    """Its media type. StepRefused for anything else."""
    if not content:
        raise StepRefused("file.empty")
    if len(content) > LARGEST_FILE:
        raise StepRefused("file.too_big", most=LARGEST_FILE // 1024 // 1024)
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    if content[4:8] == b"ftyp":
        return "video/mp4"
    raise StepRefused("file.not_recording")
