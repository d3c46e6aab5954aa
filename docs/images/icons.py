"""Draws the icons of relay as an app, in the shape of static/icon.svg: `.venv/bin/python docs/images/icons.py`."""

from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).parents[2] / "src" / "relay" / "web" / "static"
PAPER, INK = "#fbfaf6", "#135e63"
FINE = 4
"""Drawn so many times as large, then made small: edges are smooth."""


def icon(side: int, inset: float) -> Image.Image:
    """The mark on paper; ``inset`` is the part of the side that is left free around it."""
    whole = side * FINE
    image = Image.new("RGB", (whole, whole), PAPER)
    draw, unit, edge = ImageDraw.Draw(image), whole * (1 - 2 * inset) / 32, whole * inset

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * unit, edge + y * unit

    def dot(x: float, y: float, radius: float) -> None:
        draw.ellipse((*at(x - radius, y - radius), *at(x + radius, y + radius)), fill=INK)

    width = round(2.5 * unit)
    draw.line((at(4, 10), at(16, 10)), fill=INK, width=width)
    draw.arc((*at(8.5, 8.5), *at(23.5, 23.5)), 270, 360, fill=INK, width=width)
    draw.arc((*at(20.5, 8.5), *at(35.5, 23.5)), 90, 180, fill=INK, width=width)
    for x, y in ((4, 10), (16, 10), (22, 16), (28, 22), (24, 18), (24, 26)):
        dot(x, y, 1.25)
    dot(4, 10, 4.5)
    draw.line((at(24, 18), at(28, 22), at(24, 26)), fill=INK, width=width, joint="curve")
    return image.resize((side, side), Image.Resampling.LANCZOS)


for name, side, inset in (("192", 192, 0.12), ("512", 512, 0.12), ("mask-512", 512, 0.22)):
    icon(side, inset).save(STATIC / f"icon-{name}.png", optimize=True)
