"""Photographs for the demonstration: drawn, so that nobody's place is in them."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from hotline.commands.demonstration.book import Lots

SIZE: Final = (1280, 960)
SKIES: Final = ((176, 196, 210), (150, 160, 168), (208, 206, 190), (70, 78, 98))
Colour = tuple[int, int, int]


def photograph(lots: Lots, kind: str) -> bytes:
    """A hillside with a chimney, or for water a river with something in it, as a JPEG."""
    picture = Image.new("RGB", SIZE, lots.choice(SKIES))
    draw = ImageDraw.Draw(picture)
    _hills(draw, lots)
    if kind.startswith("water"):
        _river(draw, lots)
    else:
        picture = _chimney(picture, lots)
    ImageDraw.Draw(picture).text((24, SIZE[1] - 48), "DEMO", fill=(255, 255, 255), font_size=32)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _hills(draw: ImageDraw.ImageDraw, lots: Lots) -> None:
    width, height = SIZE
    for layer in range(3):
        base = height * (0.42 + 0.12 * layer)
        steps = range(0, width + 161, 160)
        ridge = [(x, base - lots.uniform(20, 150 - 35 * layer)) for x in steps]
        green = 120 - 28 * layer
        draw.polygon([(0, height), *ridge, (width, height)], fill=(green - 40, green, green - 30))


def _chimney(picture: Image.Image, lots: Lots) -> Image.Image:
    draw, x, y = ImageDraw.Draw(picture), lots.randint(300, 800), lots.randint(300, 420)
    draw.rectangle((x - 240, 620, x + 320, 800), fill=(134, 128, 122))
    draw.rectangle((x, y, x + 54, 640), fill=(150, 92, 78))
    smoke = Image.new("L", SIZE, 0)
    puffs, grey = ImageDraw.Draw(smoke), lots.randint(40, 120)
    for step in range(14):
        cx, cy, r = x + 27 + step * lots.randint(18, 34), y - step * 22, 34 + step * 9
        puffs.ellipse((cx - r, cy - r, cx + r, cy + r), fill=220 - step * 11)
    smoke = smoke.filter(ImageFilter.GaussianBlur(16))
    return Image.composite(Image.new("RGB", SIZE, (grey, grey, grey)), picture, smoke)


def _river(draw: ImageDraw.ImageDraw, lots: Lots) -> None:
    width, height = SIZE
    water: Colour = lots.choice([(94, 84, 60), (60, 64, 66), (120, 128, 120)])
    draw.polygon([(480, 520), (640, 520), (width, height), (0, height)], fill=water)
    for _ in range(60):
        y = lots.uniform(600, height - 20)
        half = 80 + (y - 520) * 1.2
        x, r = lots.uniform(560 - half, 560 + half), lots.uniform(4, 22)
        draw.ellipse((x - r * 2, y - r / 2, x + r * 2, y + r / 2), fill=(214, 212, 204))
