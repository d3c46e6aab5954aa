"""Documents compressed once, when they are written: whoever serves them sends what is there (RFC 9110 §8.4.1)."""

import gzip
from collections.abc import Callable, Mapping

import brotli
import zstandard

from relay.publish.format import Document

SMALLEST = 256
"""Bytes; what is smaller fits into one packet anyway."""
SUFFIXES: Mapping[str, str] = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
"""The ending of each content coding's file, the best coding first."""

_TEXT = ("text/", "application/atom+xml", "application/rss+xml", "application/feed+json", "application/json")


def _brotli(body: bytes) -> bytes:
    """Quality 9: 11 takes twenty times as long for a tenth less."""
    packed: bytes = brotli.compress(body, quality=9)
    return packed


def _zstandard(body: bytes) -> bytes:
    """Level 15 keeps its window within the 8 MB that every reader must have (RFC 9659)."""
    return zstandard.ZstdCompressor(level=15).compress(body)


def _gzip(body: bytes) -> bytes:
    """Without the time: the same text gives the same bytes."""
    return gzip.compress(body, 9, mtime=0)


_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "zstd": _zstandard, "gzip": _gzip}


def is_text(media_type: str) -> bool:
    """Whether documents of this type grow smaller: pictures are compressed already."""
    return media_type.startswith(_TEXT)


def compressed(body: bytes) -> dict[str, bytes]:
    """The body in each content coding that makes it smaller."""
    if len(body) <= SMALLEST:
        return {}
    packed = {coding: compress(body) for coding, compress in _CODINGS.items()}
    return {coding: short for coding, short in packed.items() if len(short) < len(body)}


def twins(document: Document) -> dict[str, bytes]:
    """The files to stand beside a document: their paths, and their bytes."""
    if not is_text(document.media_type):
        return {}
    return {document.path + SUFFIXES[coding]: short for coding, short in compressed(document.body).items()}
