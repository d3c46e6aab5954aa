"""Pictures as files: what cameras, scanners and strangers send."""

import io
from typing import Any

from PIL import Image, ImageDraw

GPS = {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 3.0)}
ORIENTATION, GPS_BLOCK, MAKER = 0x0112, 0x8825, 0x010F


def drawn(width: int = 800, height: int = 500, mode: str = "RGB", colour: Any = "teal") -> Image.Image:
    """A plain picture with a frame, so that it is not of one colour."""
    picture = Image.new(mode, (width, height), colour)
    ImageDraw.Draw(picture).rectangle((20, 20, width - 20, height - 20), outline=255 if mode in {"L", "P"} else None)
    return picture


def photograph(width: int = 1200, height: int = 800) -> Image.Image:
    """A picture that compresses as badly as a photograph does, always the same."""
    coarse = Image.new("RGB", (width // 8, height // 8))
    coarse.putdata([(n * 7919 % 256, n * 104729 % 256, n * 1299709 % 256) for n in range(coarse.width * coarse.height)])
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of the file."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def camera_file(width: int = 1200, height: int = 800, orientation: int = 1) -> bytes:
    """A JPEG that tells where it was taken, by what, and how it was held."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[GPS_BLOCK], exif[MAKER] = orientation, GPS, "Maker"
    return saved(photograph(width, height), exif=exif, comment=b"written by hand", quality=90)


def opened(body: bytes) -> Image.Image:
    """What a file shows."""
    return Image.open(io.BytesIO(body))
