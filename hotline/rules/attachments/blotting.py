"""遮盖: regions of a picture are destroyed; nothing of their pixels is left under a cover."""

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image

from hotline.errors import StepRefused

Region = tuple[int, int, int, int]  # left, top, width, height in ‰ of the picture
WHOLE: Final = 1000
MOST: Final = 20
QUALITY: Final = 85


def checked(regions: Sequence[Sequence[int]]) -> tuple[Region, ...]:
    """StepRefused for one that lies outside the picture or has no size, and for too many."""
    if len(regions) > MOST:
        raise StepRefused("photo.too_many_regions", most=MOST)
    for left, top, width, height in regions:
        inside = 0 <= left < WHOLE and 0 <= top < WHOLE and left + width <= WHOLE
        if not inside or top + height > WHOLE or width < 1 or height < 1:
            raise StepRefused("photo.bad_region")
    return tuple((left, top, width, height) for left, top, width, height in regions)


def blotted(copy: bytes, regions: Sequence[Region]) -> bytes:
    """The picture anew, each region one colour: the average of what stood there."""
    with Image.open(io.BytesIO(copy), formats=("JPEG",)) as opened:
        image = opened.convert("RGB")
    for region in regions:
        box = _box(image.size, region)
        average = image.crop(box).resize((1, 1), Image.Resampling.BOX)
        image.paste(average.resize((box[2] - box[0], box[3] - box[1])), box)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _box(size: tuple[int, int], region: Region) -> tuple[int, int, int, int]:
    """In pixels, rounded outwards."""
    left, top, width, height = region
    wide, high = size
    return (
        left * wide // WHOLE,
        top * high // WHOLE,
        -(-(left + width) * wide // WHOLE),
        -(-(top + height) * high // WHOLE),
    )
