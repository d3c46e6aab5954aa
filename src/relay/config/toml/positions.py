"""Where each key and value of a TOML document stands: ``tomllib`` gives the values, this gives the places.

The document is one that ``tomllib`` has accepted, so nothing is verified here (TOML 1.0, https://toml.io/en/v1.0.0).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from relay.config.toml.strings import STRING, decoded

KeyPath = tuple[str | int, ...]
"""``("sources", "cget", "every")``, ``("routes", 0, "to", 1)``: names of tables, places in arrays."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document, in code points, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A key and its value. A table has its header for both; an item of an array has itself for both."""

    key: Span
    value: Span


Spots = dict[KeyPath, Spot]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_HEADER = re.compile(r"\[{1,2}[ \t]*")
_CLOSING = re.compile(r"[ \t]*\]{1,2}")
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[ Tt][0-9:.+Zz-]+|[^\s,\]}#]+")


def spots_of(text: str) -> Spots:
    """The spot of every key, table and item of ``text``, whose line ends are line feeds alone."""
    scan = _Scan(text)
    at = _skip(_BLANK, text, 0)
    table: KeyPath = ()
    while at < len(text):
        if text[at] == "[":
            at, table = _header(scan, at)
        else:
            at = _pair(scan, at, table)
        at = _skip(_BLANK, text, at)
    return scan.spots


@dataclass(frozen=True, slots=True)
class _Scan:
    """One reading: the text, what was found, and how many tables each array of tables has so far."""

    text: str
    spots: Spots = field(default_factory=dict)
    arrays: dict[KeyPath, int] = field(default_factory=dict)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _header(scan: _Scan, at: int) -> tuple[int, KeyPath]:
    """``[a.b]`` or ``[[a.b]]``: its end, and the path of the table that follows."""
    is_array = scan.text.startswith("[[", at)
    parts = list(_key(scan.text, _skip(_HEADER, scan.text, at)))
    table: KeyPath = ()
    for name, span in parts[:-1]:
        table = _inside_array(scan, (*table, name))
        scan.spots.setdefault(table, Spot(span, span))
    name, last = parts[-1]
    whole = Span(parts[0][1].start, last.end)
    table = (*table, name)
    if is_array:
        scan.spots.setdefault(table, Spot(whole, whole))
        scan.arrays[table] = scan.arrays.get(table, 0) + 1
        table = (*table, scan.arrays[table] - 1)
    scan.spots[table] = Spot(whole, whole)
    return _skip(_CLOSING, scan.text, whole.end), table


def _inside_array(scan: _Scan, table: KeyPath) -> KeyPath:
    """A name on the way of a header means the latest table where it is an array of tables."""
    count = scan.arrays.get(table)
    return table if count is None else (*table, count - 1)


def _key(text: str, at: int) -> Iterator[tuple[str, Span]]:
    """The parts of a dotted key, each with its place (quotes included)."""
    while True:
        match = STRING.match(text, at) or _BARE.match(text, at)
        if match is None:
            return
        raw = match.group()
        yield decoded(raw) if raw[0] in "\"'" else raw, Span(*match.span())
        dot = _DOT.match(text, match.end())
        if dot is None:
            return
        at = dot.end()


def _pair(scan: _Scan, at: int, table: KeyPath) -> int:
    """``key = value``: its end."""
    parts = list(_key(scan.text, at))
    path = table
    for name, span in parts:
        path = (*path, name)
        scan.spots.setdefault(path, Spot(span, span))
    value, end = _value(scan, _skip(_EQUALS, scan.text, parts[-1][1].end), path)
    scan.spots[path] = Spot(parts[-1][1], value)
    return end


def _value(scan: _Scan, at: int, path: KeyPath) -> tuple[Span, int]:
    match scan.text[at]:
        case "[":
            end = _array(scan, at, path)
        case "{":
            end = _inline_table(scan, at, path)
        case '"' | "'":
            end = _skip(STRING, scan.text, at)
        case _:
            end = _skip(_SCALAR, scan.text, at)
    return Span(at, end), end


def _array(scan: _Scan, at: int, path: KeyPath) -> int:
    at = _skip(_BLANK, scan.text, at + 1)
    index = 0
    while scan.text[at] != "]":
        span, at = _value(scan, at, (*path, index))
        scan.spots[*path, index] = Spot(span, span)
        index += 1
        at = _after_comma(scan.text, at)
    return at + 1


def _inline_table(scan: _Scan, at: int, path: KeyPath) -> int:
    at = _skip(_BLANK, scan.text, at + 1)
    while scan.text[at] != "}":
        at = _after_comma(scan.text, _pair(scan, at, path))
    return at + 1


def _after_comma(text: str, at: int) -> int:
    at = _skip(_BLANK, text, at)
    return _skip(_BLANK, text, at + 1) if text[at] == "," else at
