"""The bytes of a picture → what relay keeps of it: no word of where it was taken, no more pixels than a need asks for.

Pillow decodes; it is loaded only when there is a picture to look at.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relay.core.pictures.kinds import kind, webp_size
from relay.core.pictures.ranking import misfit
from relay.core.pictures.rendition import HEAVIEST, NEEDS, WIDEST, Need, Rendition

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
"""Of a picture that is decoded: a camera's. It is told by the file's header, before anything is unfolded."""
MOST_PASSES = 100
"""Of a JPEG that is drawn in passes, each over all its pixels: a progressive one has about ten, and one of ten
megabytes has room for a quarter of a million."""
LARGEST_PROFILE = 1_000_000
"""Bytes of a colour profile that is believed."""
_PASS = b"\xff\xda"
"""Start of scan (ISO/IEC 10918-1 §B.2.3); within a scan 0xFF is never followed by this."""
_QUALITIES = (82, 74, 66, 58, 50)
_SHRINK = 0.8
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_LOSSLESS = frozenset({"PNG", "GIF", "WEBP"})
"""Formats of drawings, which a PNG keeps as they are."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why nothing can be kept of a picture, in a sentence."""

    why: str


def digest(body: bytes) -> str:
    """What names a picture and its renditions."""
    return hashlib.sha256(body).hexdigest()[:32]


def renditions(body: bytes, *, is_chosen: bool = False) -> tuple[Rendition, ...] | Unusable:
    """One rendition for every need, always the same bytes for the same ``body``.

    A picture that somebody has chosen, as an operator does, may be of any size and shape.
    """
    if kind(body) is None:
        return Unusable("It is no JPEG, PNG, GIF or WebP picture.")
    if (size := webp_size(body) if kind(body) == "image/webp" else None) and (why := _too_large(*size)):
        return Unusable(why)
    if kind(body) == "image/jpeg" and body.count(_PASS) > MOST_PASSES:
        return Unusable(f"It is drawn in more than {MOST_PASSES} passes, which takes too long.")
    try:
        return _made(body, is_chosen=is_chosen)
    except MemoryError:
        return Unusable("It needs more memory than there is.")
    except Exception as error:  # noqa: BLE001  # decoders are fed by strangers: whatever they raise is about the file
        return Unusable(f"It cannot be read: it is damaged ({type(error).__name__}).")


def chosen(body: bytes) -> tuple[Rendition, ...] | Unusable:
    """The same of a picture that somebody has chosen."""
    return renditions(body, is_chosen=True)


def _made(body: bytes, *, is_chosen: bool) -> tuple[Rendition, ...] | Unusable:
    from PIL import Image  # noqa: PLC0415  # see above

    with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
        width, height = _upright_size(opened)
        why = _too_large(width, height) or ("" if is_chosen else misfit(width, height))
        if why:
            return Unusable(why)
        is_drawing = opened.format in _LOSSLESS
        whole = _clean(opened)
    name = digest(body)
    return tuple(_rendition(whole, name, need, is_drawing=is_drawing) for need in NEEDS)


def _too_large(width: int, height: int) -> str:
    if width * height <= MOST_PIXELS:
        return ""
    return f"It has {width} × {height} pixels; {MOST_PIXELS // 1_000_000} million are the most that relay unfolds."


_ORIENTATION = 0x0112
"""The tag of EXIF (TIFF 6.0 §8); from 5 on the picture lies on its side."""


def _upright_size(opened: "Image") -> tuple[int, int]:
    lies = opened.getexif().get(_ORIENTATION, 1)
    width, height = opened.size
    return (height, width) if isinstance(lies, int) and 5 <= lies <= 8 else (width, height)


def _clean(opened: "Image") -> "Image":
    """The first frame, upright, in sRGB, as RGB or RGBA, with nothing beside its pixels."""
    from PIL import ImageOps  # noqa: PLC0415

    opened.draft("RGB", (WIDEST["page"], WIDEST["page"]))  # a JPEG of a camera is decoded at a part of its size
    upright = ImageOps.exif_transpose(opened)
    has_alpha = upright.has_transparency_data
    found = _in_srgb(upright, "RGBA" if has_alpha else "RGB")
    found.info = {}
    return found


def _in_srgb(picture: "Image", mode: str) -> "Image":
    """By its colour profile, if it has one that can be used."""
    from PIL import ImageCms  # noqa: PLC0415

    profile = picture.info.get("icc_profile")
    if profile and len(profile) <= LARGEST_PROFILE and picture.mode in {"RGB", "RGBA", "CMYK"}:
        own = mode if picture.mode == "RGBA" else "RGB"
        try:
            target = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, io.BytesIO(profile), target, outputMode=own)
            return picture.convert(mode) if done is None else done.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert(mode)
    if picture.mode.startswith(("I;16", "I")):  # sixteen bits a pixel, of which screens show eight
        return picture.convert("I").point([value // 256 for value in range(65536)], "L").convert(mode)
    return picture.convert(mode)


def _rendition(whole: "Image", name: str, need: Need, *, is_drawing: bool) -> Rendition:
    picture = _narrowed(whole, WIDEST[need])
    body = _as_png(picture) if is_drawing or picture.mode == "RGBA" else b""
    photograph = _as_jpeg(picture, _QUALITIES[0])
    if body and len(body) <= min(len(photograph), HEAVIEST):
        return Rendition(name, need, "image/png", picture.width, picture.height, len(body), body)
    picture, body = _light(picture)
    return Rendition(name, need, "image/jpeg", picture.width, picture.height, len(body), body)


def _light(picture: "Image") -> tuple["Image", bytes]:
    """As good as ``HEAVIEST`` allows: first of less quality, then with fewer pixels."""
    while True:
        for quality in _QUALITIES:
            body = _as_jpeg(picture, quality)
            if len(body) <= HEAVIEST:
                return picture, body
        picture = _narrowed(picture, int(picture.width * _SHRINK))


def _narrowed(picture: "Image", width: int) -> "Image":
    from PIL import Image  # noqa: PLC0415

    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _as_jpeg(picture: "Image", quality: int) -> bytes:
    from PIL import Image  # noqa: PLC0415

    flat = picture
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def _as_png(picture: "Image") -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=6)
    return written.getvalue()
