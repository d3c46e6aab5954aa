"""The bytes of an RSS, RDF or Atom document → what stands before, in and behind its entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST = 1_000_000
"""Bytes of a body. Below, no bound of a reader that counts over a whole document is met by well-formed XML."""
MOST_ENTRIES = 1000

_ENTRY_OF = {b"rss": b"item", b"RDF": b"item", b"feed": b"entry"}
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|RDF|feed)(?=[\s>])")
_PREFACE = re.compile(rb"\s*(<\?|<!--)")
_OPENING = re.compile(rb"<!--|<!\[CDATA\[|<[!?]|<((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s>/])")
_NAME = rb"(?:[A-Za-z_][\w.-]{0,40}+:)?+(?:item|entry)"
_TAG = re.compile(
    rb"<(?:!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>|())|!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|())"
    rb"|(" + _NAME + rb")(?=[\s>/])|/(" + _NAME + rb")(?:\s{0,100}+>|())|([!?]))"
)
"""A section that has an end, or, as its last group: 3 the start tag of an entry, 4 an end tag; else what is unusual.

A section without an end is all the rest: a search from each of its beginnings would take the square of the time.
"""
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Split:
    """``entries`` from start tag to end tag, in their order; ``root`` is where the root element begins in ``head``.

    What stands between two entries is the first of the ``tail``, unless it is white space.
    """

    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes
    root: int


def split(body: bytes) -> Split | None:
    """The parts, or ``None`` for whatever is unusual: it is to be read whole.

    XML 1.0 §2.4, §2.5, §2.7: within a comment or a CDATA section there are no tags.
    """
    root = _root(body) if len(body) <= MOST else None
    first = _first(body, root) if root else -1
    spans = _spans(body, first) if first >= 0 and _is_utf8(body) else ()
    if root is None or not spans:
        return None
    gaps = (body[end:start].strip() for (_, end), (start, _) in pairwise(spans))
    tail = b"".join((*gaps, body[spans[-1][1] :]))
    return Split(body[:first], tuple(body[start:end] for start, end in spans), tail, root.start())


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _root(body: bytes) -> re.Match[bytes] | None:
    """The root's start tag, behind the XML declaration and comments; a document type is unusual."""
    at = len(_BOM) if body.startswith(_BOM) else 0
    while before := _PREFACE.match(body, at):
        close = _ENDS.get(before[1], b"?>")
        end = body.find(close, before.end())
        if end < 0:
            return None
        at = end + len(close)
    start = body.find(b"<", at)
    return _ROOT.match(body, start) if start >= 0 and not body[at:start].strip() else None


def _first(body: bytes, root: re.Match[bytes]) -> int:
    """Where the first entry begins; -1 where there is none of the document's format."""
    at = root.end()
    while found := _OPENING.search(body, at):
        if found[1]:
            return found.start() if found[1].rpartition(b":")[2] == _ENTRY_OF[root[1]] else -1
        close = _ENDS.get(found[0])
        end = body.find(close, found.end()) if close else -1
        if close is None or end < 0:
            return -1
        at = end + len(close)
    return -1


def _spans(body: bytes, first: int) -> Sequence[tuple[int, int]]:
    """Where each entry begins and ends, by tags of one name; none where anything is unusual."""
    tags = [tag for tag in _TAG.finditer(body, first) if tag.lastindex]
    count, names = len(tags) // 2, {tag[tag.lastindex or 0] for tag in tags}
    if [tag.lastindex for tag in tags] != [3, 4] * count or len(names) != 1 or count > MOST_ENTRIES:
        return ()
    return [(tag.start(), end.end()) for tag, end in zip(tags[::2], tags[1::2], strict=True)]
