"""附件鉴别结果: what a file was proved to be."""

from dataclasses import dataclass, field
from typing import Final

from hotline.errors import StepRefused

MEGABYTE: Final = 1024 * 1024
LARGEST_PICTURE: Final = 20 * MEGABYTE
LARGEST_DOCUMENT: Final = 20 * MEGABYTE
LARGEST_RECORDING: Final = 50 * MEGABYTE
LARGEST_FILE: Final = LARGEST_RECORDING
PDF_START: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Hint:
    """What a file says of itself: when (ISO 8601) and where (WGS-84). Never used unasked."""

    taken_at: str = ""
    longitude: float | None = field(default=None, repr=False)
    latitude: float | None = field(default=None, repr=False)

    @property
    def has_place(self) -> bool:
        """Both halves of a position."""
        return self.longitude is not None and self.latitude is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a kind that is taken.

    `copy` is what may be handed on: no author, no position, no camera. None where these cannot be
    taken out: then only those who may see who reported may have the original.
    """

    media_type: str
    copy: bytes | None = field(repr=False)
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    seconds: float | None = None
    macros: bool = False
    hint: Hint = Hint()


def check_size(content: bytes, most: int) -> None:
    """StepRefused for an empty file and for one that is too large for its kind."""
    if not content:
        raise StepRefused("file.empty")
    if len(content) > most:
        raise StepRefused("file.too_big", most=most // MEGABYTE)
