"""照片: is it really a picture, and its copy without hidden data; decoding is the only proof."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from hotline.errors import StepRefused
from hotline.rules.attachments.exif import hint_of
from hotline.rules.attachments.found import LARGEST_PICTURE, Found, check_size

# decoding more is how a small file eats the memory; a JPEG is shrunk as it is decoded
MOST_PIXELS: Final = 50_000_000
MOST_OF_JPEG: Final = 89_000_000
LONGEST_SIDE: Final = 2048
QUALITY: Final = 80
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP")

register_heif_opener()


def picture(content: bytes) -> Found:
    """Decode and copy; StepRefused names what is wrong with the file."""
    check_size(content, LARGEST_PICTURE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _decoded(content)


def _decoded(content: bytes) -> Found:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            most = MOST_OF_JPEG if image.format == "JPEG" else MOST_PIXELS
            if image.width * image.height > most:
                raise StepRefused("file.too_many_pixels")
            return Found(
                media_type=Image.MIME.get(image.format or "", "image/jpeg"),
                width=image.width,
                height=image.height,
                hint=hint_of(image),
                copy=_copy(image),
            )
    except UnidentifiedImageError as error:
        raise StepRefused("file.not_accepted") from error
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
