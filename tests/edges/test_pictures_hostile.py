"""Pictures that are made to hold relay up: each is refused before it is unfolded, and in no time."""

import struct
from time import monotonic

from relay.intake.pictures import rendition
from relay.intake.pictures.rendition import Unusable, renditions
from tests.fakes.drawings import photograph, saved

_SIDES = 6000, 4000


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def drawn_in_passes(passes: int) -> bytes:
    """A progressive JPEG, grey all over, that says so again in every pass (ISO/IEC 10918-1 §G.1.2)."""
    width, height = _SIDES
    blocks = (width // 8) * (height // 8)
    runs = "0" + "1" * 14  # the code of a run, and its length: 32,767 blocks
    bits = runs * -(-blocks // 32767)
    bits += "1" * (-len(bits) % 8)
    again = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xDB, b"\0" + b"\1" * 64),
            segment(0xC2, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
            segment(0xC4, b"\x00\1" + b"\0" * 15 + b"\0"),
            segment(0xC4, b"\x10\1\1" + b"\0" * 14 + b"\xe0\0"),
            segment(0xDA, b"\1\1\0\0\0\0") + b"\0" * -(-blocks // 8),
            *([segment(0xDA, b"\1\1\0\1\x3f\0") + again] * passes),
            b"\xff\xd9",
        ]
    )


def test_a_picture_that_is_drawn_a_hundred_thousand_times_over_is_not_begun() -> None:
    body = drawn_in_passes(100_000)
    before = monotonic()
    found = renditions(body)

    assert monotonic() - before < 1
    assert isinstance(found, Unusable)
    assert "more than 100 passes" in found.why


def test_one_that_is_drawn_in_passes_as_many_are_is_kept() -> None:
    assert not isinstance(renditions(drawn_in_passes(rendition.MOST_PASSES - 1)), Unusable)
    assert not isinstance(renditions(saved(photograph(1200, 800), progressive=True)), Unusable)
