"""What relay keeps of a picture: real files, as cameras, scanners and strangers make them."""

import io
import struct
import zlib
from collections.abc import Sequence

import pytest
from PIL import Image, ImageCms

from relay.core.pictures.rendition import HEAVIEST, Rendition
from relay.intake.pictures import rendition as module
from relay.intake.pictures.rendition import Unusable, renditions
from tests.fakes.drawings import camera_file, drawn, opened, photograph, saved


def made(body: bytes) -> Sequence[Rendition]:
    found = renditions(body)
    assert not isinstance(found, Unusable), found.why
    return found


def why(body: bytes) -> str:
    found = renditions(body)
    assert isinstance(found, Unusable)
    return found.why


def test_there_is_one_for_the_page_and_a_small_one() -> None:
    page, small = made(saved(photograph(2400, 1600)))

    assert (page.need, page.type, page.width, page.height) == ("page", "image/jpeg", 1600, 1067)
    assert (small.need, small.width, small.height) == ("small", 480, 320)
    for one in (page, small):
        assert opened(one.body).size == (one.width, one.height)
        assert one.length == len(one.body)


def test_a_picture_is_never_made_larger() -> None:
    page, small = made(saved(photograph(400, 240)))
    assert (page.width, small.width) == (400, 400)


def test_nothing_is_left_of_who_made_it_where_and_by_what() -> None:
    body = camera_file()
    assert (b"Exif" in body, b"written by hand" in body) == (True, True)

    for one in made(body):
        kept = opened(one.body)
        assert kept.getexif() == {}
        assert {"exif", "comment", "xmp", "icc_profile"} & set(kept.info) == set()
        assert b"Exif" not in one.body
        assert b"written by hand" not in one.body


def test_nothing_is_left_of_the_words_in_a_png() -> None:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    words = PngInfo()
    words.add_text("Author", "Anne Martin")
    words.add_itxt("XML:com.adobe.xmp", "<x>48.86 N</x>")
    for one in made(saved(drawn(), "PNG", pnginfo=words)):
        assert one.type == "image/png"
        assert b"Anne" not in one.body
        assert b"48.86" not in one.body


def test_a_picture_that_was_taken_on_its_side_stands_upright() -> None:
    page, _ = made(camera_file(1200, 800, orientation=6))
    assert (page.width, page.height) == (800, 1200)


def test_a_picture_that_is_a_banner_only_once_it_is_upright_is_none() -> None:
    assert "800 × 200" not in why(camera_file(200, 900, orientation=8))
    assert "900 × 200" in why(camera_file(200, 900, orientation=8))


def test_colours_of_another_space_become_those_of_the_web() -> None:
    body = saved(drawn(colour=(200, 40, 40)), "JPEG", icc_profile=_linear_profile(), quality=95)
    page, _ = made(body)
    plain, _ = made(saved(drawn(colour=(200, 40, 40)), "JPEG", quality=95))
    kept, numbers = (opened(one.body).convert("RGB").getpixel((100, 100)) for one in (page, plain))

    assert "icc_profile" not in opened(page.body).info
    assert isinstance(kept, tuple)
    assert isinstance(numbers, tuple)
    assert kept[0] - numbers[0] > 20  # linear light is brighter than its numbers say


def _linear_profile() -> bytes:
    """An RGB profile with the primaries of sRGB and a straight curve (ICC.1:2010)."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = struct.unpack(">I", srgb[128:132])[0]
    tags = {
        srgb[132 + 12 * n : 136 + 12 * n]: struct.unpack(">II", srgb[136 + 12 * n : 144 + 12 * n]) for n in range(count)
    }
    body = bytearray(srgb)
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        start, size = tags[name]
        body[start : start + size] = (b"curv" + bytes(4) + struct.pack(">I", 0)).ljust(size, b"\0")
    return bytes(body)


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200, b"x" * 2_000_000])
def test_a_colour_profile_that_is_none_spoils_nothing(profile: bytes) -> None:
    page, _ = made(saved(drawn(), "JPEG", icc_profile=profile))
    assert page.length < 100_000


def test_a_drawing_stays_one_and_a_photograph_does_not_become_one() -> None:
    assert {one.type for one in made(saved(drawn(), "PNG"))} == {"image/png"}
    assert {one.type for one in made(saved(photograph(), "PNG"))} == {"image/jpeg"}


def test_what_is_transparent_stays_so_or_stands_on_white() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    page, _ = made(saved(clear, "PNG"))
    noise = photograph(400, 300).convert("RGBA")
    noise.putalpha(photograph(400, 300).convert("L"))
    heavy, _ = made(saved(noise, "PNG"))

    assert opened(page.body).convert("RGBA").getpixel((9, 9)) == (0, 0, 0, 0)
    assert heavy.type == "image/jpeg"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    frames = [drawn(colour=colour) for colour in ("red", "blue", "green")]
    page, _ = made(saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100))
    kept = opened(page.body)
    pixel = kept.convert("RGB").getpixel((100, 100))

    assert getattr(kept, "n_frames", 1) == 1
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 50


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("1", "PNG"), ("P", "GIF"), ("LA", "PNG"), ("I;16", "PNG"), ("CMYK", "JPEG")],
)
def test_whatever_its_colours_are_stored_as_it_is_kept(mode: str, kind: str) -> None:
    page, _ = made(saved(Image.new(mode, (400, 300)), kind))
    assert opened(page.body).mode in {"RGB", "RGBA"}


def test_sixteen_bits_a_pixel_are_shown_as_eight() -> None:
    page, _ = made(saved(Image.new("I;16", (400, 300), 40_000), "PNG"))
    assert opened(page.body).convert("RGB").getpixel((5, 5)) == (156, 156, 156)


def test_the_same_file_gives_the_same_bytes() -> None:
    body = camera_file()
    assert made(body) == made(body)


def test_no_rendition_is_too_heavy_for_a_network() -> None:
    noise = Image.effect_noise((3000, 2400), 120).convert("RGB")
    page, small = made(saved(noise, quality=95))

    assert max(page.length, small.length) <= HEAVIEST
    assert opened(page.body).size == (page.width, page.height)


# What is refused


MOST = 1 << 28
"""Bytes of pixels that are really made: a header that says more is enough."""


def png_of(width: int, height: int, rows: int = 1) -> bytes:
    """A PNG that says that it is so large, with the pixels of a few rows: some bytes that unfold to much."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(min((4 * width + 1) * rows, MOST)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 5001), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_what_it_says_before_it_unfolds(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "load", unfolded)
    monkeypatch.setattr(module, "_clean", unfolded)
    told = why(png_of(*size))
    assert "pixels" in told or "cannot be read" in told


def unfolded(*_: object) -> None:
    raise AssertionError("it was decoded")


def test_a_webp_bomb_is_refused_before_its_decoder_asks_for_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    body = saved(Image.new("RGB", (8000, 6000)), "WEBP")
    monkeypatch.setattr(Image, "open", unfolded)
    assert "40 million" in why(body)


def test_as_many_pixels_as_a_camera_has_are_unfolded() -> None:
    page, _ = made(saved(Image.new("1", (8000, 5000)), "PNG"))
    assert page.width == 1600


@pytest.mark.parametrize(
    "body",
    [
        camera_file()[:3000],
        saved(drawn(), "PNG")[:200],
        saved(drawn(), "WEBP")[:60],
        saved(drawn(), "GIF")[:40],
        b"\xff\xd8\xff\xe0" + b"\0" * 500,
        b"GIF89a",
        b"RIFF\xff\xff\xff\xffWEBPVP8X",
    ],
)
def test_a_damaged_file_is_refused_in_a_sentence(body: bytes) -> None:
    assert "damaged" in why(body)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM", "ICO", "AVIF"])
def test_other_kinds_are_refused_whoever_can_read_them(kind: str) -> None:
    assert "no JPEG" in why(saved(drawn(), kind))


def test_svg_is_refused() -> None:
    assert "no JPEG" in why(b"<svg xmlns='http://www.w3.org/2000/svg' width='960' height='504'/>")


def test_an_operators_own_picture_may_be_of_any_shape() -> None:
    logo = saved(drawn(90, 90), "PNG")
    assert "90 × 90" in why(logo)
    assert not isinstance(renditions(logo, is_chosen=True), Unusable)


def test_the_file_of_a_kept_picture_is_complete() -> None:
    for one in made(camera_file()):
        with Image.open(io.BytesIO(one.body)) as kept:
            kept.load()
