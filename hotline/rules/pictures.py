"""照片: is it really a picture, and its copy without hidden data; decoding is the only proof."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from hotline.errors import StepRefused

LARGEST_FILE: Final = 20 * 1024 * 1024
# decoding more is how a small file eats the memory; a JPEG is shrunk as it is decoded
MOST_PIXELS: Final = 50_000_000
MOST_OF_JPEG: Final = 89_000_000
LONGEST_SIDE: Final = 2048
QUALITY: Final = 80
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")
_TAKEN_AT: Final = (0x8769, 0x9003)  # Exif block, DateTimeOriginal

register_heif_opener()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that decodes: its kind, its size, a copy that carries no Exif."""

    media_type: str
    width: int
    height: int
    taken_at: str
    copy: bytes


def picture(content: bytes) -> Picture:
    """Decode and copy; StepRefused names what is wrong with the file."""
    if not content:
        raise StepRefused("file.empty")
    if len(content) > LARGEST_FILE:
        raise StepRefused("file.too_big", most=LARGEST_FILE // 1024 // 1024)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _decoded(content)


def _decoded(content: bytes) -> Picture:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            most = MOST_OF_JPEG if image.format == "JPEG" else MOST_PIXELS
            if image.width * image.height > most:
                raise StepRefused("file.too_many_pixels")
            return Picture(
                media_type=Image.MIME.get(image.format or "", "image/jpeg"),
                width=image.width,
                height=image.height,
                taken_at=_taken_at(image),
                copy=_copy(image),
            )
    except UnidentifiedImageError as error:
        raise StepRefused("file.not_picture") from error
    except Image.DecompressionBombError as error:
        raise StepRefused("file.too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise StepRefused("file.broken") from error


def _copy(image: Image.Image) -> bytes:
    """Upright, at most 2048 pixels a side, pixels only."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first: turning makes another copy
    upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=_opaque(upright))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _opaque(image: Image.Image) -> Image.Image | None:
    return image.convert("RGBA").getchannel("A") if image.has_transparency_data else None


def _taken_at(image: Image.Image) -> str:
    block, tag = _TAKEN_AT
    return str(image.getexif().get_ifd(block).get(tag, ""))[:40]
