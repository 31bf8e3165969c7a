"""Hostile pictures: what decodes to more than a machine holds is refused before it is decoded."""

import io
import tracemalloc

import pytest
from PIL import Image

from hotline.errors import StepRefused
from hotline.rules.attachments.pictures import MOST_OF_JPEG, MOST_PIXELS, picture


def blank(kind: str, side: int, mode: str = "L") -> bytes:
    """A small file of very many pixels."""
    out = io.BytesIO()
    Image.new(mode, (side, side)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "most"), [("PNG", MOST_PIXELS), ("JPEG", MOST_OF_JPEG)])
def test_more_pixels_than_a_telephone_takes_are_refused_undecoded(kind: str, most: int) -> None:
    bomb = blank(kind, int(most**0.5) + 10)

    tracemalloc.start()
    with pytest.raises(StepRefused, match="too_many_pixels"):
        picture(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 10 * 1024 * 1024


def test_a_turned_picture_stands_upright_and_small() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    out = io.BytesIO()
    Image.new("RGB", (3000, 1000), "red").save(out, "JPEG", exif=exif)

    found = picture(out.getvalue())

    with Image.open(io.BytesIO(found.copy)) as copy:
        assert copy.height == 2048
        assert copy.width < copy.height
        assert not copy.getexif()
