"""The body of an answer, inflated and counted while it arrives: a bomb never unfolds in memory."""

import zlib
from collections.abc import Iterable, Iterator

import httpx

LIMIT = 10 * 1024 * 1024
"""Bytes of one answer, on the wire as well as inflated."""
_CHUNK = 64 * 1024
_GZIP = 31
_GZIP_MAGIC = b"\x1f\x8b"


class TooLarge(httpx.DecodingError):
    """An answer beyond ``LIMIT``."""


def inflated(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """``parts`` of a body without their ``Content-Encoding``: none or gzip, since nothing else is asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return _counted(parts)
        case "gzip" | "x-gzip":
            return _counted(_gunzipped(_counted(parts)))
        case _:
            raise httpx.DecodingError(f"the answer is encoded as {encoding!r}, which relay did not ask for")


def _counted(parts: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > LIMIT:
            raise TooLarge(f"the answer is larger than {LIMIT // 1024**2} MiB")
        yield part


def _gunzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    """One gzip member after another (RFC 1952 §2.2), wherever the parts are cut; what follows the last is ignored."""
    inflater, half, seen = zlib.decompressobj(_GZIP), b"", False
    for part in parts:
        data, half = half + part, b""
        while data:
            if inflater.eof and len(data) < len(_GZIP_MAGIC):
                data, half = b"", data
                continue
            if inflater.eof and not data.startswith(_GZIP_MAGIC):
                return
            inflater = zlib.decompressobj(_GZIP) if inflater.eof else inflater
            seen = True
            yield from _pieces(inflater, data)
            data = inflater.unused_data
    if seen and not inflater.eof:
        raise httpx.DecodingError("the compressed answer is cut short")


def _pieces(inflater: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    piece = b""
    while data or len(piece) == _CHUNK:
        try:
            piece = inflater.decompress(data, _CHUNK)
        except zlib.error as error:
            raise httpx.DecodingError("the answer is not the gzip that it says it is") from error
        yield piece
        data = inflater.unconsumed_tail
