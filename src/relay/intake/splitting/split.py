"""The bytes of an RSS, RDF or Atom document → what stands before, in and behind its entries."""

import re
from dataclasses import dataclass

MOST = 1_000_000
"""Bytes of a body. Below, no bound of a reader that counts over a whole document is met by well-formed XML."""
MOST_ENTRIES = 1000

_ENTRY_OF = {b"rss": b"item", b"RDF": b"item", b"feed": b"entry"}
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|RDF|feed)(?=[\s>])")
_PREFACE = re.compile(rb"\s*(<\?|<!--)")
_OPENING = re.compile(rb"<!--|<!\[CDATA\[|<[!?]|<((?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry))(?=[\s>/])")
_SECTION = re.compile(rb"<!--|<!\[CDATA\[|<[!?]")
_CLOSED = re.compile(rb"\s{0,100}>")
_ENDS = {b"<?": b"?>", b"<!--": b"-->", b"<![CDATA[": b"]]>"}
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


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an entry begins, and what its element is called there, with its prefix."""

    at: int
    name: bytes


def split(body: bytes) -> Split | None:
    """The parts, or ``None`` for whatever is unusual: it is to be read whole.

    XML 1.0 §2.4, §2.5, §2.7: within a comment or a CDATA section there are no tags.
    """
    root = _root(body) if len(body) <= MOST else None
    first = _start(body, root.end()) if root else None
    if root is None or first is None or first.name.rpartition(b":")[2] != _ENTRY_OF[root[1]] or not _is_utf8(body):
        return None
    cut = _cut(body, first)
    if cut is None:
        return None
    entries, between, end = cut
    return Split(body[: first.at], entries, b"".join((*between, body[end:])), root.start())


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
        end = body.find(_ENDS[before[1]], before.end())
        if end < 0:
            return None
        at = end + len(_ENDS[before[1]])
    start = body.find(b"<", at)
    return _ROOT.match(body, start) if start >= 0 and not body[at:start].strip() else None


def _start(body: bytes, since: int) -> _Start | None:
    """The next start tag of an entry, of whatever name; nothing where a section has no end, or is of another kind."""
    at = since
    while found := _OPENING.search(body, at):
        if found[1]:
            return _Start(found.start(), found[1])
        at = _section_end(body, found)
        if at < 0:
            return None
    return None


def _section_end(body: bytes, opening: re.Match[bytes]) -> int:
    """Where a comment or a CDATA section is over; -1 where it never is, and for all else that begins so."""
    close = _ENDS.get(opening[0]) if opening[0] != b"<?" else None
    end = body.find(close, opening.end()) if close else -1
    return end + 3 if end >= 0 else -1


def _cut(body: bytes, first: _Start) -> tuple[tuple[bytes, ...], list[bytes], int] | None:
    """Every entry, what is between two that is not white space, and where the last ends."""
    entries: list[bytes] = []
    between: list[bytes] = []
    start: _Start | None = first
    end = first.at
    while start:
        if gap := body[end : start.at].strip():
            between.append(gap)
        end = _end(body, start)
        if end < 0 or start.name != first.name or len(entries) == MOST_ENTRIES:
            return None
        entries.append(body[start.at : end])
        start = _start(body, end)
    return tuple(entries), between, end


def _end(body: bytes, start: _Start) -> int:
    """Where the entry ends, by the first end tag that is one; -1 where there is none."""
    close, at = b"</" + start.name, start.at + 1
    end = body.find(close, at)
    while end >= 0 and (section := _SECTION.search(body, at, end)):
        at = _section_end(body, section)
        if at < 0:
            return -1
        if at > end:
            end = body.find(close, at)
    closed = _CLOSED.match(body, end + len(close)) if end >= 0 else None
    return closed.end() if closed else -1
