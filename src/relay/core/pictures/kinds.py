"""What a file is, by its first bytes: what a server calls it is believed in nothing."""

LONGEST_MAGIC = 48
"""Bytes by which a kind is told."""

_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def kind(body: bytes) -> str | None:
    """Its media type, ``None`` for what is no JPEG, PNG, GIF or WebP.

    SVG is a program, and refused; so is AVIF, whose decoder unfolds a picture before it tells how large it is.
    """
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((type_ for magic, type_ in _KINDS if body.startswith(magic)), None)


def webp_size(body: bytes) -> tuple[int, int] | None:
    """Width and height of a WebP file by its header (RFC 9649 §2): its decoder asks for memory before it tells."""
    match body[12:16]:
        case b"VP8X":
            return _number(body[24:27], 0xFFFFFF) + 1, _number(body[27:30], 0xFFFFFF) + 1
        case b"VP8 ":
            return _number(body[26:28], 0x3FFF), _number(body[28:30], 0x3FFF)
        case b"VP8L":
            bits = _number(body[21:25], 0xFFFFFFFF)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return None


def _number(octets: bytes, mask: int) -> int:
    return int.from_bytes(octets, "little") & mask
